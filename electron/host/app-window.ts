// One browser with one window that shows our page and nothing else; what the page sends is handed on with its sender.
import { tmpdir } from "node:os";
import type { BrowserContext, BrowserType, Frame, Page, Request, Route } from "playwright-core";
import { AppError } from "../../shared/errors/app-error.ts";
import type { BrowserChoice } from "./browser-arguments.ts";
import { launchOptions } from "./browser-arguments.ts";
import { makeProfile, removeProfile } from "./browser-profile.ts";
import { noAnswer } from "./no-answer.ts";
import { bridgeNames, pageBridge } from "./page-bridge.ts";
import { isOfOrigin, readPageFile } from "./page-files.ts";

/** A name that is on no network ever (RFC 2606), and a secure context to the browser. */
export const pageOrigin = "https://app.invalid";

export interface AppWindowOptions extends BrowserChoice {
  /** The built page: a folder with index.html. Absolute. */
  readonly pageFolder: string;
}

export interface PageSender {
  readonly page: Page;
  readonly frame: Frame;
}

/** What happens in the window. */
export interface AppWindowEvents {
  readonly onRequest: (message: unknown, sender: PageSender) => Promise<unknown>;
  readonly onCancel: (requestId: unknown, sender: PageSender) => void;
  /** Asked when somebody closes the window. */
  readonly mayClose: () => boolean;
  /** Our page is about to be loaded, for the first time or anew. */
  readonly onLoad: () => void;
  /** The page's process died; the browser still runs. */
  readonly onCrash: () => void;
  /** The browser is gone. */
  readonly onGone: () => void;
}

export interface AppWindow {
  readonly page: Page;
  load(): Promise<void>;
  /** Without asking anybody; resolves when the browser is gone. */
  close(): Promise<void>;
}

/** Throws AppError `browserNotStarted`. */
export async function openAppWindow(
  chromium: BrowserType,
  options: AppWindowOptions,
  events: AppWindowEvents,
): Promise<AppWindow> {
  const profile = makeProfile(tmpdir());
  let isClosing = false;
  try {
    const context = await chromium.launchPersistentContext(
      profile,
      launchOptions(options, process.getuid?.()),
    );
    const page = context.pages()[0] ?? (await context.newPage());
    context.on("close", () => {
      removeProfile(profile);
      events.onGone();
    });
    await guard(context, page, options, events);
    page.on("crash", events.onCrash);
    page.on("dialog", (dialog) => {
      const mayGo = dialog.type() === "beforeunload" && (isClosing || events.mayClose());
      // The page may be gone before its answer arrives: then there is nothing left to answer.
      (mayGo ? dialog.accept() : dialog.dismiss()).catch(() => undefined);
    });
    const close = async (): Promise<void> => {
      isClosing = true;
      await context.close();
    };
    // Without a screen the browser outlives its last page.
    page.on("close", () => void close());
    const load = async (): Promise<void> => {
      try {
        await loadInto(page);
      } catch (error) {
        // A window that is closed while its page is loaded is closed, and no failure.
        if (!isClosing && !page.isClosed()) throw error;
      }
    };
    return { page, close, load };
  } catch (error) {
    removeProfile(profile);
    throw notStarted(options.executablePath, error);
  }
}

async function loadInto(page: Page): Promise<void> {
  await page.goto(`${pageOrigin}/index.html`, { waitUntil: "commit" });
}

/** Everything that is not our page is refused: requests, other pages, other places for this one, permissions. */
async function guard(
  context: BrowserContext,
  page: Page,
  options: AppWindowOptions,
  events: AppWindowEvents,
): Promise<void> {
  context.on("page", (other) => {
    // It may have closed itself meanwhile.
    other.close().catch(() => undefined);
  });
  await context.exposeBinding(bridgeNames.request, ({ page: from, frame }, message: unknown) =>
    events.onRequest(message, { page: from, frame }),
  );
  await context.exposeBinding(bridgeNames.cancel, ({ page: from, frame }, requestId: unknown) => {
    events.onCancel(requestId, { page: from, frame });
  });
  await context.addInitScript(pageBridge, { names: bridgeNames, noAnswer });
  // Whatever is not granted here is refused without a question.
  await context.grantPermissions(["clipboard-write", "notifications"], { origin: pageOrigin });
  await context.route("**/*", async (route) => {
    try {
      await answerRequest(route, page, options, events);
    } catch {
      // The page that asked is gone, and nobody waits for the answer.
    }
  });
  page.on("framenavigated", (frame) => {
    const isElsewhere = frame === page.mainFrame() && !isOfOrigin(frame.url(), pageOrigin);
    // Places that need no request, such as about:blank. The next such event tells whether it helped.
    if (isElsewhere) loadInto(page).catch(() => undefined);
  });
}

async function answerRequest(
  route: Route,
  page: Page,
  { pageFolder }: AppWindowOptions,
  { onLoad }: AppWindowEvents,
): Promise<void> {
  const request = route.request();
  const isOurWindow = request.isNavigationRequest() && frameOf(request) === page.mainFrame();
  if (isOfOrigin(request.url(), pageOrigin)) {
    if (isOurWindow) onLoad();
    const { status, headers, body } = await readPageFile(pageFolder, request.url());
    await route.fulfill({ status, headers: { ...headers }, body });
    return;
  }
  // "No content" leaves the page where it is; an aborted navigation would show an error page instead.
  if (isOurWindow) await route.fulfill({ status: 204 });
  else await route.abort("blockedbyclient");
}

/** Undefined for a page that is only just being opened: the driver throws then. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

function notStarted(executablePath: string, error: unknown): AppError {
  return new AppError(
    {
      code: "browserNotStarted",
      class: "fatal",
      summary: `${executablePath} did not open a window.`,
      ...(error instanceof Error ? { detail: error.message } : {}),
      remedy: "Start that browser by itself to see whether it runs, or install another one.",
    },
    error,
  );
}
