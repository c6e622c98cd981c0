// The Electron window is locked to our page: what it is opened with, what it refuses, who may ask, and when it closes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ElectronSender } from "../../../electron/host/electron-host.ts";
import { openElectronHost } from "../../../electron/host/electron-host.ts";
import type { Host } from "../../../electron/host/host.ts";
import { serve } from "../../../electron/ipc/serve.ts";
import { cancellable, electron, FakeWindow } from "../../fakes/fake-electron.ts";
import { fakeHandlers } from "../../fakes/fake-handlers.ts";

vi.mock("electron", async () => (await import("../../fakes/fake-electron.ts")).electronModule);

const pageFolder = mkdtempSync(join(tmpdir(), "mi-link-page-"));
writeFileSync(join(pageFolder, "index.html"), "<title>Page</title>");
const stateFile = join(electron.userData, "window.json");

async function open(): Promise<Host<ElectronSender>> {
  const host = await openElectronHost({ pageFolder, preloadFile: "/out/preload.cjs" });
  if (host === undefined) throw new Error("There is no other instance.");
  return host;
}

beforeEach(() => {
  rmSync(stateFile, { force: true });
  electron.isFirstInstance = true;
  electron.keyStore = "gnome_libsecret";
  electron.did.length = 0;
  FakeWindow.opened.length = 0;
  electron.appEvents.removeAllListeners();
  electron.sessionEvents.removeAllListeners();
});

describe("the Electron window", () => {
  test("is opened isolated and in the sandbox, with our own scheme said before", async () => {
    await open();
    expect(electron.did).toEqual([
      `userData ${join("/appData", "mi-link-failover")}`,
      "scheme app",
      "sandbox",
      "menu",
    ]);
    expect(electron.window().options.webPreferences).toMatchObject({
      preload: "/out/preload.cjs",
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test("is not opened a second time: the first one comes forward", async () => {
    await open();
    electron.appEvents.emit("second-instance");
    expect(electron.window().did.slice(-2)).toEqual(["restored", "focused"]);
    electron.isFirstInstance = false;
    expect(await openElectronHost({ pageFolder, preloadFile: "/x" })).toBeUndefined();
    expect(FakeWindow.opened).toHaveLength(1);
    expect(electron.did.at(-1)).toBe("quit");
  });

  test("serves files of the page with the strict policy, and nothing outside its folder", async () => {
    await open();
    const page = await electron.files?.({ url: "app://window/index.html" });
    expect([page?.status, await page?.text()]).toEqual([200, "<title>Page</title>"]);
    expect(page?.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    const outside = await electron.files?.({ url: "app://window/..%2f..%2fetc%2fpasswd" });
    expect(outside?.status).toBe(404);
  });

  test.each([
    ["app://window/main.js", false],
    ["data:image/png;base64,AA==", false],
    ["https://elsewhere.invalid/", true],
    ["http://127.0.0.1:1433/", true],
    ["file:///etc/passwd", true],
    ["app://other/main.js", true],
  ])("lets a request for %s through unless it leaves: cancelled = %s", async (url, cancel) => {
    await open();
    const answer = vi.fn();
    electron.filter?.({ url }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel });
  });

  test("refuses every permission but writing text to the clipboard", async () => {
    await open();
    const asked = ["media", "geolocation", "notifications", "clipboard-read", "openExternal"];
    for (const name of [...asked, "clipboard-sanitized-write"]) {
      const answer = vi.fn();
      electron.permission?.(null, name, answer);
      expect(answer).toHaveBeenCalledExactlyOnceWith(name === "clipboard-sanitized-write");
      expect(electron.permissionCheck?.(null, name)).toBe(name === "clipboard-sanitized-write");
    }
  });

  test("refuses other windows, downloads, views inside the page and other places", async () => {
    await open();
    const { webContents } = electron.window();
    expect(webContents.openHandler?.()).toEqual({ action: "deny" });
    const download = cancellable({});
    electron.sessionEvents.emit("will-download", download);
    const view = cancellable({});
    webContents.emit("will-attach-webview", view);
    const elsewhere = ["will-navigate", "will-redirect", "will-frame-navigate"].map((name) => {
      const event = cancellable({ url: "https://elsewhere.invalid/app://window/" });
      webContents.emit(name, event);
      return event;
    });
    expect([download, view, ...elsewhere].map((event) => event.isPrevented)).toEqual(
      Array(5).fill(true),
    );
    const ours = cancellable({ url: "app://window/index.html" });
    webContents.emit("will-navigate", ours);
    expect(ours.isPrevented).toBe(false);
  });

  test("answers our page's main frame and nobody else", async () => {
    const host = await open();
    serve(fakeHandlers({ "connection.list": () => [] }), host.transport);
    const { webContents } = electron.window();
    const ours = { sender: webContents, senderFrame: webContents.mainFrame };
    const message = { name: "connection.list", input: {} };
    expect(await electron.requestFrom(ours, message)).toEqual({ ok: true, value: [] });
    for (const sender of [
      { ...ours, sender: {} },
      { ...ours, senderFrame: { url: "app://window/index.html" } },
      { ...ours, senderFrame: null },
    ]) {
      expect(await electron.requestFrom(sender, message)).toMatchObject({
        ok: false,
        error: { code: "notOurPage" },
      });
    }
    webContents.mainFrame.url = "https://elsewhere.invalid/";
    expect(await electron.requestFrom(ours, message)).toMatchObject({ ok: false });
  });

  test("asks before it closes, stays where the answer is no, and closes unasked when told to", async () => {
    const host = await open();
    const answers = [false, true];
    await host.show({ mayClose: () => answers.shift() ?? false, pageGone: () => undefined });
    electron.window().close();
    expect(electron.window().isGone).toBe(false);
    electron.window().close();
    await host.closed;
    const other = await open();
    await other.show({ mayClose: () => false, pageGone: () => undefined });
    other.needs.closeWindow();
    await other.closed;
    expect(electron.window().isGone).toBe(true);
  });

  test("tells when the page is gone, and loads it again when its process died", async () => {
    const host = await open();
    let gone = 0;
    await host.show({ mayClose: () => true, pageGone: () => void (gone += 1) });
    const { webContents, loaded } = electron.window();
    webContents.emit("did-start-navigation", { isMainFrame: true, isSameDocument: true });
    webContents.emit("did-start-navigation", { isMainFrame: false, isSameDocument: false });
    expect(gone).toBe(0);
    webContents.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
    webContents.emit("render-process-gone");
    expect(gone).toBe(2);
    expect(loaded).toEqual(["app://window/index.html", "app://window/index.html"]);
  });

  test("asks for a path in the system's dialog, and null says that none was chosen", async () => {
    const host = await open();
    electron.savePath = "/home/dba/report.html";
    expect(await host.needs.pickSavePath?.("report.html")).toBe("/home/dba/report.html");
    electron.savePath = "";
    expect(await host.needs.pickSavePath?.("report.html")).toBeNull();
  });

  test("opens only web addresses in the system's browser, and asks the network apart from the page", async () => {
    const { system } = await open();
    await system.openInBrowser("https://microsoft.com/devicelogin");
    expect(electron.did.at(-1)).toBe("browser https://microsoft.com/devicelogin");
    await expect(system.openInBrowser("file:///etc/passwd")).rejects.toThrow("Only web addresses");
    const answer = await system.web?.fetch("https://management.azure.com/");
    expect(await answer?.text()).toBe("azure https://management.azure.com/");
    const fresh = async () =>
      (await system.web?.freshFetch()("https://management.azure.com/"))?.text();
    expect(await fresh()).toContain("change 1 ");
    expect(await fresh()).toContain("change 2 ");
  });

  test("asks the network by the proxy that is given, from the next request on, and by the system's again", async () => {
    const { web } = (await open()).system;
    const told = () => electron.did.filter((one) => /proxy|closed/u.test(one));
    await web?.fetch("https://one.invalid/");
    expect(told()).toEqual([]);
    web?.useProxy("http://proxy.adatum.example:8080");
    expect(await web?.resolveProxy("https://one.invalid/")).toBe("DIRECT");
    await Promise.all([web?.fetch("https://one.invalid/"), web?.fetch("https://one.invalid/")]);
    const given = "proxy fixed_servers http://proxy.adatum.example:8080";
    expect(told()).toEqual([`azure ${given}`, "azure connections closed"]);
    await web?.freshFetch()("https://one.invalid/");
    expect(told().slice(2)).toEqual([
      `azure change 1 ${given}`,
      "azure change 1 connections closed",
    ]);
    web?.useProxy(null);
    await web?.fetch("https://one.invalid/");
    expect(told().slice(4)).toEqual(["azure proxy system", "azure connections closed"]);
  });

  test("tells whose certificate was shown, and leaves the decision to Chromium", async () => {
    const { web } = (await open()).system;
    const witness = web?.witnessedFetch("login.microsoftonline.com");
    await witness?.fetch("https://login.microsoftonline.com/");
    expect(witness?.issuer()).toBeUndefined();
    const decided = ["proxy.adatum.example", "login.microsoftonline.com"].map((hostname) =>
      electron.showCertificate(hostname, `Issuer for ${hostname}`),
    );
    expect(decided).toEqual([-3, -3]);
    expect(witness?.issuer()).toBe("Issuer for login.microsoftonline.com");
  });

  test("keeps a sign-in and passwords only where the system has a key store", async () => {
    const withStore = await open();
    expect(withStore.system.signInStore).toBeDefined();
    expect(withStore.needs.passwordStore).toBeDefined();
    electron.keyStore = "basic_text";
    const without = await open();
    for (const store of [without.system.signInStore, without.needs.passwordStore]) {
      expect(store === undefined).toBe(process.platform === "linux");
    }
  });

  test("encrypts a remembered password with the system's key store, in a file of its own", async () => {
    const store = (await open()).needs.passwordStore;
    expect(await store?.isAvailable()).toBe(true);
    await store?.save("a password");
    const file = readFileSync(join(electron.userData, "passwords"));
    expect(file.toString()).toBe("drowssap a");
    expect(await store?.load()).toBe("a password");
    await store?.clear();
    expect(await store?.load()).toBeNull();
  });

  test("starts the practice estate beside itself, sends it lines as messages, and ends it", async () => {
    const { system } = await open();
    const estate = system.startBeside("/out/practice/main.js");
    expect(electron.did.at(-1)).toBe(
      "fork /out/practice/main.js --control --workload-stops-after 60",
    );
    estate.send('{"ask":"truth"}');
    expect(electron.did.at(-1)).toBe('to the process: {"ask":"truth"}');
    estate.end();
    await estate.ended;
  });

  test("tells by the system only while nobody looks at it, and a click brings it forward", async () => {
    const { needs } = await open();
    const notice = { title: "LINK_Adatum: the run has ended", body: "sqlmi1 is primary." };
    electron.isLookedAt = true;
    needs.notify(notice);
    expect(electron.did.filter((one) => one.startsWith("notice"))).toEqual([]);
    electron.isLookedAt = false;
    needs.notify(notice);
    expect(electron.did.at(-1)).toBe(`notice ${notice.title} | ${notice.body}`);
    electron.clickNotice();
    expect(electron.window().did.slice(-2)).toEqual(["restored", "focused"]);
    needs.closeWindow();
    needs.notify(notice);
    expect(electron.did.filter((one) => one.startsWith("notice"))).toHaveLength(1);
  });

  test("comes back where it was, unless no screen shows that place any more", async () => {
    (await open()).needs.closeWindow();
    expect(JSON.parse(readFileSync(stateFile, "utf8"))).toMatchObject({ x: 10, width: 1300 });
    await open();
    expect(electron.window().options).toMatchObject({ x: 10, y: 20, width: 1300, height: 900 });
    const far = { x: 9000, y: 0, width: 1300, height: 900, isMaximized: false };
    for (const kept of [JSON.stringify(far), "not JSON"]) {
      writeFileSync(stateFile, kept);
      await open();
      expect(electron.window().options).toMatchObject({ width: 1280, height: 800 });
      expect(electron.window().options.x).toBeUndefined();
    }
  });
});
