// Electron for tests of the files that see it: what they use and no more; anything else fails loudly. Messages cross as in Electron, cloned.
import { EventEmitter } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type Electron from "electron";
import type { Api } from "../../shared/ipc.ts";

type Handler = (event: unknown, message: unknown) => unknown;
type RequestFilter = (
  details: { url: string },
  answer: (told: { cancel: boolean }) => void,
) => void;

/** A member that nobody gave is an error, not undefined. */
function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, member, receiver) {
      if (!(member in target)) throw new Error(`The fake ${name} has no ${String(member)}.`);
      return Reflect.get(target, member, receiver) as unknown;
    },
  });
}

const handlers = new Map<string, Handler>();
const toRenderer = new EventEmitter();
const toMain = new EventEmitter();

class FakeContents extends EventEmitter {
  mainFrame = { url: "app://window/index.html" };
  openHandler: (() => { action: string }) | undefined;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, message: unknown): void {
    toRenderer.emit(channel, {}, structuredClone(message));
  }
}

export class FakeWindow extends EventEmitter {
  static opened: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly did: string[] = [];
  readonly loaded: string[] = [];
  isGone = false;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
    // The host gets a window that refuses what is not here.
    return strict("BrowserWindow", this);
  }
  setMenuBarVisibility(isVisible: boolean): void {
    this.did.push(`menu bar ${isVisible ? "shown" : "hidden"}`);
  }
  maximize(): void {
    this.did.push("maximized");
  }
  show(): void {
    this.did.push("shown");
  }
  restore(): void {
    this.did.push("restored");
  }
  focus(): void {
    this.did.push("focused");
  }
  isFocused(): boolean {
    return electron.isLookedAt;
  }
  isMinimized(): boolean {
    return true;
  }
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 10, y: 20, width: 1300, height: 900 };
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  destroy(): void {
    this.isGone = true;
    this.emit("closed");
  }
  /** As the operator does. */
  close(): void {
    const event = cancellable();
    this.emit("close", event);
    if (!event.isPrevented) this.destroy();
  }
}

/** What the system shows; a click on the newest is `electron.clickNotice`. */
class FakeNotification extends EventEmitter {
  static isSupported = () => true;
  readonly #words: string;
  constructor({ title, body }: Electron.NotificationConstructorOptions) {
    super();
    this.#words = `${title ?? ""} | ${body ?? ""}`;
    electron.clickNotice = () => void this.emit("click");
    return strict("Notification", this);
  }
  show = () => void electron.did.push(`notice ${this.#words}`);
}

/** What an event that can be refused became. */
export function cancellable<T extends object>(
  facts?: T,
): T & { isPrevented: boolean; preventDefault(): void } {
  const event = {
    ...facts,
    isPrevented: false,
    preventDefault() {
      event.isPrevented = true;
    },
  };
  // A spread of an absent object adds nothing; with one it adds its members.
  return event as T & typeof event;
}

/** What the host told Electron, and what the test answers for Electron. */
export const electron = {
  isFirstInstance: true,
  /** Whether the window has the focus. */
  isLookedAt: true,
  clickNotice: (): void => undefined,
  /** A certificate as Chromium's network shows it; answers what the newest session's verifier decided. */
  showCertificate: (() => NaN) as (hostname: string, issuerName: string) => number,
  savePath: "" as string,
  keyStore: "gnome_libsecret" as ReturnType<Electron.SafeStorage["getSelectedStorageBackend"]>,
  /** The process that `fork` answers. */
  utility: Object.assign(new EventEmitter(), {
    stdout: new PassThrough(),
    postMessage: (line: string) => void electron.did.push(`to the process: ${line}`),
    kill(): boolean {
      return electron.utility.emit("exit", 0);
    },
  }),
  userData: mkdtempSync(join(tmpdir(), "mi-link-electron-")),
  did: [] as string[],
  appEvents: new EventEmitter(),
  sessionEvents: new EventEmitter(),
  files: undefined as ((request: { url: string }) => Promise<Response>) | undefined,
  filter: undefined as RequestFilter | undefined,
  permission: undefined as
    ((contents: null, name: string, answer: (granted: boolean) => void) => void) | undefined,
  permissionCheck: undefined as ((contents: null, name: string) => boolean) | undefined,
  exposed: new Map<string, unknown>(),
  /** `window.api` as the page has it. */
  api(): Api {
    return electron.exposed.get("api") as Api;
  },
  /** A request as if it came from `sender`. */
  requestFrom(sender: unknown, message: unknown): unknown {
    return handlers.get("app:request")?.(sender, message);
  },
  window(): FakeWindow {
    const window = FakeWindow.opened.at(-1);
    if (window === undefined) throw new Error("No window was opened.");
    return window;
  },
};

const ownSender = () => {
  const { webContents } = electron.window();
  return { sender: webContents, senderFrame: webContents.mainFrame };
};

const app = {
  requestSingleInstanceLock: () => electron.isFirstInstance,
  quit: () => void electron.did.push("quit"),
  enableSandbox: () => void electron.did.push("sandbox"),
  whenReady: () => Promise.resolve(),
  getPath: (name) => (name === "userData" ? electron.userData : "/appData"),
  setPath: (name, path) => void electron.did.push(`${name} ${path}`),
} satisfies Partial<Electron.App>;

/** The module as the product imports it; parts are typed by electron.d.ts where that is not overloaded. Vitest refuses what it lacks. */
export const electronModule = {
  app: strict("app", {
    ...app,
    on: electron.appEvents.on.bind(electron.appEvents),
  }),
  BrowserWindow: FakeWindow,
  Menu: strict("Menu", {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: () => void electron.did.push("menu"),
  }),
  Notification: FakeNotification,
  dialog: strict("dialog", {
    showSaveDialog: () =>
      Promise.resolve({ canceled: electron.savePath === "", filePath: electron.savePath }),
  }),
  protocol: strict("protocol", {
    registerSchemesAsPrivileged: ([first]: Electron.CustomScheme[]) =>
      void electron.did.push(`scheme ${first?.scheme ?? ""}`),
  } satisfies Partial<Electron.Protocol>),
  screen: strict("screen", {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  }),
  session: strict("session", {
    fromPartition: (partition: string) =>
      strict("session outside", {
        fetch: (url: string) => Promise.resolve(new Response(`${partition} ${url}`)),
        setProxy({ mode, proxyRules = "" }: Electron.ProxyConfig) {
          electron.did.push(`${partition} proxy ${mode ?? ""} ${proxyRules}`.trim());
          return Promise.resolve();
        },
        closeAllConnections: () =>
          Promise.resolve(void electron.did.push(`${partition} connections closed`)),
        resolveProxy: () => Promise.resolve("DIRECT"),
        setCertificateVerifyProc(
          verify: (request: object, decide: (verdict: number) => void) => void,
        ) {
          electron.showCertificate = (hostname, issuerName) => {
            let decided = NaN;
            verify({ hostname, certificate: { issuerName } }, (verdict) => (decided = verdict));
            return decided;
          };
        },
      }),
    defaultSession: strict("defaultSession", {
      protocol: strict("protocol of the session", {
        handle: (_scheme: string, handler: NonNullable<typeof electron.files>) =>
          void (electron.files = handler),
      }),
      webRequest: strict("webRequest", {
        onBeforeRequest: (filter: RequestFilter) => void (electron.filter = filter),
      }),
      setPermissionRequestHandler: (handler: NonNullable<typeof electron.permission>) =>
        void (electron.permission = handler),
      setPermissionCheckHandler: (handler: NonNullable<typeof electron.permissionCheck>) =>
        void (electron.permissionCheck = handler),
      on: electron.sessionEvents.on.bind(electron.sessionEvents),
    }),
  }),
  safeStorage: strict("safeStorage", {
    getSelectedStorageBackend: () => electron.keyStore,
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
    decryptStringAsync: (encrypted: Buffer) =>
      Promise.resolve({
        result: Buffer.from(encrypted).reverse().toString(),
        shouldReEncrypt: false,
      }),
  } satisfies Partial<Electron.SafeStorage>),
  shell: strict("shell", {
    openExternal: (url: string) => Promise.resolve(void electron.did.push(`browser ${url}`)),
  } satisfies Partial<Electron.Shell>),
  utilityProcess: strict("utilityProcess", {
    fork(script: string, args: readonly string[]) {
      electron.did.push(`fork ${script} ${args.join(" ")}`);
      return electron.utility;
    },
  }),
  ipcMain: strict("ipcMain", {
    handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
    on: toMain.on.bind(toMain),
  }),
  ipcRenderer: strict("ipcRenderer", {
    async invoke(channel: string, message: unknown): Promise<unknown> {
      const sent: unknown = structuredClone(message);
      return structuredClone(await handlers.get(channel)?.(ownSender(), sent));
    },
    send: (channel: string, message: unknown) =>
      void toMain.emit(channel, ownSender(), structuredClone(message)),
    on: toRenderer.on.bind(toRenderer),
    removeListener: toRenderer.removeListener.bind(toRenderer),
  }),
  contextBridge: strict("contextBridge", {
    exposeInMainWorld: (name: string, value: unknown) => void electron.exposed.set(name, value),
  } satisfies Partial<Electron.ContextBridge>),
};
