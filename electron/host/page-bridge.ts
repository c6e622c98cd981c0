// The Chromium host's half of `window.api` that runs in the page; what preload.ts is to Electron.
import type { Answer, Api, EventName } from "../../shared/ipc.ts";
import type { EventMessage } from "../ipc/tell.ts";

/** The names under which Node's functions stand in the page, and ours for Node. */
export const bridgeNames = { request: "appRequest", cancel: "appCancel", tell: "appTell" } as const;

export interface BridgeInput {
  readonly names: typeof bridgeNames;
  readonly noAnswer: Answer<never>;
}

/** What this file needs of the browser; the room knows no DOM. */
interface PageGlobals {
  readonly top: unknown;
  readonly self: unknown;
  readonly location: { reload(): void };
  readonly navigation: Listening<{ readonly navigationType: string }>;
  readonly addEventListener: Listening<PageEvent>["addEventListener"];
  [binding: string]: unknown;
}

interface Listening<E> {
  addEventListener(name: string, listener: (event: E) => void): void;
}

interface PageEvent {
  readonly key?: string;
  readonly ctrlKey?: boolean;
  readonly defaultPrevented?: boolean;
  preventDefault(): void;
}

/** Sent to the page as text, so it refers to nothing outside itself. Runs in every frame; only the main one gets the api. */
export function pageBridge({ names, noAnswer }: BridgeInput): void {
  const page = globalThis as unknown as PageGlobals;
  if (page.top !== page.self) return;
  // The host puts these two into the page before any script of it runs.
  const request = page[names.request] as (message: unknown) => Promise<Answer<never>>;
  const cancel = page[names.cancel] as (requestId: string) => Promise<void>;
  const heard = new Map<EventName, Set<(payload: never) => void>>();
  const api: Api = {
    async invoke(name, input, requestId) {
      try {
        return await request({ name, input, ...(requestId === undefined ? {} : { requestId }) });
      } catch {
        return noAnswer;
      }
    },
    cancel(requestId) {
      cancel(requestId).catch(() => undefined);
    },
    on(name, listener) {
      const listeners = heard.get(name) ?? new Set();
      heard.set(name, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  };
  const tell = ({ name, payload }: EventMessage): void => {
    // A name has one type of payload, so what its listeners take is what is told.
    for (const listener of [...(heard.get(name) ?? [])]) listener(payload as never);
  };
  Object.defineProperty(page, "api", { value: Object.freeze(api) });
  Object.defineProperty(page, names.tell, { value: tell });

  // Closing is always asked about, and the host decides; loading our own page anew is no closing. The browser's own
  // reload tells the page nothing beforehand, so its keys become the page's: they reload what has no use for them itself.
  let isReload = false;
  page.navigation.addEventListener("navigate", ({ navigationType }) => {
    isReload = navigationType === "reload";
  });
  page.addEventListener("keydown", (event) => {
    const isReloadKey = event.key === "F5" || (event.ctrlKey && event.key?.toLowerCase() === "r");
    // F5 reads again wherever the page uses it; only what nobody has used loads it anew.
    if (!isReloadKey || event.defaultPrevented === true) return;
    event.preventDefault();
    page.location.reload();
  });
  page.addEventListener("beforeunload", (event) => {
    if (!isReload) event.preventDefault();
  });
}
