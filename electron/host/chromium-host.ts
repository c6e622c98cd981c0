// Shows the window in an installed Chromium, Edge or Chrome, driven over a pipe. For source checkouts; never packaged.
import { tmpdir } from "node:os";
import type { Page } from "playwright-core";
import type { Notice } from "../../shared/run/notice.ts";
import type { EventMessage } from "../ipc/tell.ts";
import type { Transport } from "../ipc/serve.ts";
import type { AppWindow, AppWindowEvents, AppWindowOptions, PageSender } from "./app-window.ts";
import { openAppWindow, pageOrigin } from "./app-window.ts";
import { sweepProfiles } from "./browser-profile.ts";
import type { Attendant, Host } from "./host.ts";
import { loadPlaywright } from "./load-playwright.ts";
import { noAnswer } from "./no-answer.ts";
import { nodeSystem } from "./node-system.ts";
import { bridgeNames } from "./page-bridge.ts";
import { isOfOrigin } from "./page-files.ts";

export type ChromiumHostOptions = AppWindowOptions;

export interface ChromiumHost extends Host<PageSender> {
  /** The page that is shown now; another one after its process died. For tests. */
  page(): Page;
}

type Served = Transport<PageSender>;

/** Opens an empty window; `show` loads the page. Throws AppError `browserNotStarted`. */
export async function openChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  let answer: Parameters<Served["onRequest"]>[0] = () => Promise.resolve(noAnswer);
  let cancel: Parameters<Served["onCancel"]>[0] = () => undefined;
  let attendant: Attendant = { mayClose: () => true, pageGone: () => undefined };
  let end: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const chromium = await loadPlaywright();
  sweepProfiles(tmpdir());
  const open = (): Promise<AppWindow> => {
    let isReplaced = false;
    const events: AppWindowEvents = {
      onRequest: (message, sender) => answer(message, sender),
      onCancel: (requestId, sender) => {
        cancel(requestId, sender);
      },
      mayClose: () => attendant.mayClose(),
      onLoad: () => {
        attendant.pageGone();
      },
      onCrash() {
        isReplaced = true;
        // A window that cannot be opened again is a window that is gone.
        replace().catch(end);
      },
      onGone() {
        if (!isReplaced) end();
      },
    };
    return openAppWindow(chromium, options, events);
  };
  let shown = await open();
  // The driver gives a page up once its process died, so a new browser takes its place.
  const replace = async (): Promise<void> => {
    attendant.pageGone();
    const crashed = shown;
    shown = await open();
    await Promise.all([crashed.close(), shown.load()]);
  };
  return {
    system: nodeSystem,
    needs: {
      kind: "chromium",
      notify: (notice) => void showNotice(shown.page, notice),
      closeWindow: () => void shown.close(),
    },
    transport: {
      onRequest: (handler) => void (answer = handler),
      onCancel: (handler) => void (cancel = handler),
      isAllowed: (sender) => isOurPage(shown.page, sender),
    },
    send: (message) => void tell(shown.page, message),
    async show(given) {
      attendant = given;
      await shown.load();
    },
    closed,
    page: () => shown.page,
  };
}

/** Node's functions stand in every frame, so each call is looked at: our page's main frame, showing our page. */
function isOurPage(shown: Page, { page, frame }: PageSender): boolean {
  return page === shown && frame === page.mainFrame() && isOfOrigin(frame.url(), pageOrigin);
}

async function tell(page: Page, message: EventMessage): Promise<void> {
  try {
    await page.evaluate(runTell, [bridgeNames.tell, message] as const);
  } catch {
    // The page went away or is being loaded: a new one asks for what it missed.
  }
}

/** The driver lets every page believe that it is looked at, so this one is always told. */
async function showNotice(page: Page, notice: Notice): Promise<void> {
  try {
    await page.evaluate(runNotice, notice);
  } catch {
    // The page went away or is being loaded: nobody is told of what it shows when it is there again.
  }
}

/** Runs in the page. */
function runNotice({ title, body }: Notice): void {
  const page = globalThis as unknown as {
    readonly Notification: new (title: string, options: { readonly body: string }) => unknown;
  };
  new page.Notification(title, { body });
}

/** Runs in the page. */
function runTell([name, message]: readonly [string, EventMessage]): void {
  const page = globalThis as unknown as Readonly<
    Record<string, ((told: EventMessage) => void) | undefined>
  >;
  page[name]?.(message);
}
