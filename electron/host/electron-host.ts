// The product's window: one BrowserWindow that shows our page from the package and nothing else. Beside preload.ts the only file that sees Electron.
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from "electron";
import type { IpcMainInvokeEvent, MenuItemConstructorOptions, Session } from "electron";
import type { Notice } from "../../shared/run/notice.ts";
import type { SafeStore } from "../services/host-needs.ts";
import { channels } from "./channels.ts";
import type { Beside, Host, HostSystem, HostWeb } from "./host.ts";
import { leastSize, practiceArguments, productName } from "./host.ts";
import { isOfOrigin, readPageFile } from "./page-files.ts";
import { createSafeFile } from "./safe-file.ts";
import { webAddress } from "./web-address.ts";
import { keepWindowState, readWindowState } from "./window-state.ts";

const pageOrigin = "app://window";

export interface ElectronHostOptions {
  /** The built page: a folder with index.html. Absolute. */
  readonly pageFolder: string;
  /** The built preload script. Absolute. */
  readonly preloadFile: string;
}

/** What identifies a sender: the event's own page and frame. */
export type ElectronSender = Pick<IpcMainInvokeEvent, "sender" | "senderFrame">;

/** Opens the window, hidden until it has something to show. Undefined: another one is open, and it has been brought forward. */
export async function openElectronHost(
  options: ElectronHostOptions,
): Promise<Host<ElectronSender> | undefined> {
  // Before the lock, which lies there: a source checkout would otherwise share the folder of every unpackaged program.
  app.setPath("userData", join(app.getPath("appData"), "mi-link-failover"));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return undefined;
  }
  // Has to be said before Electron is ready.
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.enableSandbox();
  await app.whenReady();
  lockSession(session.defaultSession, options.pageFolder);
  Menu.setApplicationMenu(Menu.buildFromTemplate(hiddenMenu));
  const window = openWindow(options.preloadFile);
  // A run ends with its step, and the program after it: a window that closes must not end the program by itself.
  app.on("window-all-closed", () => undefined);
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  return hostOf(window);
}

/** Files of our page, and nothing from anywhere else: no permission, no download, no request that leaves. */
function lockSession(own: Session, pageFolder: string): void {
  own.protocol.handle("app", async ({ url }) => {
    const { status, headers, body } = await readPageFile(pageFolder, url);
    return new Response(new Uint8Array(body), { status, headers });
  });
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOfOrigin(url, pageOrigin) && !/^(data|devtools):/.test(url) });
  });
  const isGranted = (permission: string): boolean => permission === "clipboard-sanitized-write";
  own.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isGranted(permission));
  });
  own.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  own.on("will-download", (event) => {
    event.preventDefault();
  });
}

/** The page draws the menu and its own size; this one gives the keys for editing, and is never shown. */
const hiddenMenu: MenuItemConstructorOptions[] = [
  { role: "editMenu" },
  {
    label: "View",
    submenu: [{ role: "togglefullscreen" }],
  },
];

function openWindow(preload: string): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const { x, y, width, height, isMaximized } = readWindowState(stateFile(), screens);
  const window = new BrowserWindow({
    ...(x === undefined || y === undefined ? {} : { x, y }),
    width,
    height,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: productName,
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.setMenuBarVisibility(false);
  if (isMaximized) window.maximize();
  window.once("ready-to-show", () => {
    window.show();
  });
  window.on("close", () => {
    keepPlace(window);
  });
  lockContents(window);
  return window;
}

function stateFile(): string {
  return join(app.getPath("userData"), "window.json");
}

function keepPlace(window: BrowserWindow): void {
  keepWindowState(stateFile(), window.getNormalBounds(), window.isMaximized());
}

/** Other places and other windows are refused. */
function lockContents({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  const refuseElsewhere = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isOfOrigin(event.url, pageOrigin)) event.preventDefault();
  };
  webContents.on("will-navigate", refuseElsewhere);
  webContents.on("will-redirect", refuseElsewhere);
  webContents.on("will-frame-navigate", refuseElsewhere);
  webContents.on("will-attach-webview", (event) => {
    event.preventDefault();
  });
}

function systemOf(): HostSystem {
  const signInStore = safeFile("sign-in");
  return {
    async openInBrowser(url) {
      await shell.openExternal(webAddress(url));
    },
    startBeside: startUtility,
    web: createWeb(),
    ...(signInStore === undefined ? {} : { signInStore }),
  };
}

/** "basic_text" is Linux without a key store: no encryption worth the name. */
function safeFile(name: string): SafeStore | undefined {
  const encrypts =
    process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
  return encrypts ? createSafeFile(join(app.getPath("userData"), name), safeStorage) : undefined;
}

function createWeb(): HostWeb {
  let proxy: string | null = null;
  let asked = 0;
  const outside = (partition: string) => outsideOf(partition, () => proxy);
  const azure = outside("azure");
  return {
    fetch: azure.fetch,
    freshFetch: () => outside(`azure change ${String(++asked)}`).fetch,
    witnessedFetch(host) {
      let issuer: string | undefined;
      const { own, fetch } = outside(`azure test ${String(++asked)}`);
      own.setCertificateVerifyProc(({ hostname, certificate }, decide) => {
        if (hostname === host) issuer = certificate.issuerName;
        // Chromium's own decision.
        decide(-3);
      });
      return { fetch, issuer: () => issuer };
    },
    useProxy: (given) => void (proxy = given),
    async resolveProxy(url) {
      await azure.ready();
      return azure.own.resolveProxy(url);
    },
  };
}

/** A session apart from the page's, which reaches nothing outside; in memory, with connections of its own. */
function outsideOf(partition: string, wanted: () => string | null) {
  const own = session.fromPartition(partition);
  let used: string | null = null;
  let set = Promise.resolve();
  const take = async (proxy: string | null): Promise<void> => {
    await own.setProxy(
      proxy === null ? { mode: "system" } : { mode: "fixed_servers", proxyRules: proxy },
    );
    // An open one would go on through the proxy of before.
    await own.closeAllConnections();
  };
  const ready = (): Promise<void> => {
    const proxy = wanted();
    if (proxy !== used) set = take((used = proxy));
    return set;
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    await ready();
    return own.fetch(input instanceof URL ? input.href : input, init);
  };
  return { own, ready, fetch };
}

function startUtility(script: string): Beside {
  const child = utilityProcess.fork(script, [...practiceArguments], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { stdout } = child;
  // Absent only for another choice of stdio than the one above.
  if (stdout === null) throw new Error(`${script} has no output.`);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  return {
    output: Readable.from(stdout),
    // A utility process has no standard input; it takes a line as a message.
    send: (line) => {
      child.postMessage(line);
    },
    end: () => void child.kill(),
    ended,
  };
}

/** A click on it brings the window forward. */
function showNotice(window: BrowserWindow, { title, body }: Notice): void {
  if (!Notification.isSupported()) return;
  const shown = new Notification({ title, body });
  shown.on("click", () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  shown.show();
}

function hostOf(window: BrowserWindow): Host<ElectronSender> {
  const { webContents } = window;
  const passwordStore = safeFile("passwords");
  const load = (): Promise<void> => window.loadURL(`${pageOrigin}/index.html`);
  const closed = new Promise<void>((resolve) => {
    window.once("closed", resolve);
  });
  return {
    system: systemOf(),
    needs: {
      kind: "electron",
      ...(passwordStore === undefined ? {} : { passwordStore }),
      async pickSavePath(suggestedName) {
        const choice = await dialog.showSaveDialog(window, { defaultPath: suggestedName });
        return choice.canceled ? null : choice.filePath;
      },
      notify(notice) {
        if (!window.isDestroyed() && !window.isFocused()) showNotice(window, notice);
      },
      closeWindow() {
        if (window.isDestroyed()) return;
        keepPlace(window);
        // Unlike close(), this asks nobody.
        window.destroy();
      },
    },
    transport: {
      onRequest(answer) {
        ipcMain.handle(channels.request, (event, message: unknown) => answer(message, event));
      },
      onCancel(cancel) {
        ipcMain.on(channels.cancel, (event, requestId: unknown) => {
          cancel(requestId, event);
        });
      },
      isAllowed: ({ sender, senderFrame }) =>
        sender === webContents &&
        senderFrame !== null &&
        senderFrame === webContents.mainFrame &&
        isOfOrigin(senderFrame.url, pageOrigin),
    },
    send(message) {
      if (!window.isDestroyed()) webContents.send(channels.event, message);
    },
    async show({ mayClose, pageGone }) {
      window.on("close", (event) => {
        if (!mayClose()) event.preventDefault();
      });
      webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) pageGone();
      });
      webContents.on("render-process-gone", () => {
        pageGone();
        // A page that cannot be loaded again leaves an empty window, which can be closed.
        load().catch(() => undefined);
      });
      await load();
    },
    closed,
  };
}
