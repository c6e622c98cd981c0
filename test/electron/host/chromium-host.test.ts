// The Chromium host keeps its window to our page: no port, no other place, no other caller, no question left out.
import { createServer } from "node:net";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChromiumHost } from "../../../electron/host/chromium-host.ts";
import { openChromiumHost } from "../../../electron/host/chromium-host.ts";
import { serve } from "../../../electron/ipc/serve.ts";
import { fakeHandlers } from "../../fakes/fake-handlers.ts";
import { browserPath, openTestHost } from "./chromium-page.ts";
import { descendantsOf, openPorts } from "./process-tree.ts";

const isLinux = process.platform === "linux";

/** The page's globals that these tests use; they run in the page. */
interface Globals {
  readonly document: {
    readonly title: string;
    readonly body: { append(child: unknown): void };
    createElement(name: string): { contentWindow: Globals; [property: string]: unknown };
  };
  readonly navigator: { readonly mediaDevices: { getUserMedia(of: object): Promise<unknown> } };
  Notification: unknown;
  told: readonly string[];
  location: { href: string; reload(): void };
  appRequest(message: unknown): Promise<unknown>;
  open(url: string): unknown;
  fetch(url: string): Promise<unknown>;
}
declare const window: Globals;

/** An open window with its page loaded, and what its attendant saw. */
interface Opened {
  readonly host: ChromiumHost;
  readonly page: Page;
  mayClose: () => boolean;
  loads: number;
}

async function openWindow(): Promise<Opened> {
  const host = await openTestHost();
  serve(fakeHandlers({ "connection.list": () => [] }), host.transport);
  const opened: Opened = { host, page: host.page(), mayClose: () => true, loads: 0 };
  await host.show({
    mayClose: () => opened.mayClose(),
    pageGone: () => void (opened.loads += 1),
  });
  await opened.page.waitForLoadState();
  return opened;
}

async function close({ host }: Opened): Promise<void> {
  host.needs.closeWindow();
  await host.closed;
}

/** Resolves when the host has asked whether the window may close; answers it with `answer`. */
function nextQuestion(opened: Opened, answer: boolean): Promise<void> {
  return new Promise((resolve) => {
    opened.mayClose = () => {
      resolve();
      return answer;
    };
  });
}

const titleOf = (page: Page) => page.evaluate(() => window.document.title);

describe("the window of the Chromium host", () => {
  let opened: Opened;
  let page: Page;
  beforeAll(async () => {
    opened = await openWindow();
    ({ page } = opened);
  });
  afterAll(() => close(opened));

  test("shows our page and nothing of a browser around it", async () => {
    expect(page.url()).toBe("https://app.invalid/index.html");
    expect(await titleOf(page)).toBe("Test page");
    expect(opened.loads).toBe(1);
  });

  test.runIf(isLinux)("opens no port, neither the browser nor this process for it", async () => {
    const known = createServer();
    await new Promise<void>((resolve) => known.listen(0, "127.0.0.1", resolve));
    const own = openPorts([process.pid]);
    expect(own.length).toBeGreaterThan(0);
    const browser = descendantsOf(process.pid);
    expect(browser.length).toBeGreaterThan(2);
    expect(openPorts(browser)).toEqual([]);
    known.close();
  });

  test("stays on our page when a script goes elsewhere", async () => {
    const asked = page.waitForRequest("https://elsewhere.invalid/");
    await page.evaluate(() => {
      window.location.href = "https://elsewhere.invalid/";
    });
    await asked;
    expect(await titleOf(page)).toBe("Test page");
    expect(page.url()).toBe("https://app.invalid/index.html");
  });

  test("loads our page again when a script leaves it without a request", async () => {
    const again = page.waitForRequest("https://app.invalid/index.html");
    await page.evaluate(() => {
      window.location.href = "about:blank";
    });
    await again;
    await page.waitForURL("https://app.invalid/index.html");
    expect(await titleOf(page)).toBe("Test page");
  });

  test("closes every other page at once", async () => {
    const otherOpened = page.context().waitForEvent("page");
    await page.evaluate(() => {
      window.open("https://elsewhere.invalid/");
    });
    const other = await otherOpened;
    if (!other.isClosed()) await other.waitForEvent("close");
    expect(page.context().pages()).toEqual([page]);
  });

  test("refuses requests to anywhere else, and permissions", async () => {
    const answers = await page.evaluate(async () => [
      await window.fetch("https://elsewhere.invalid/").then(
        () => "answered",
        () => "refused",
      ),
      await window.navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => "granted",
        () => "denied",
      ),
    ]);
    expect(answers).toEqual(["refused", "denied"]);
  });

  test("tells by the system through the page", async () => {
    await page.evaluate(() => {
      window.Notification = function (title: string, { body }: { readonly body: string }) {
        window.told = [title, body];
      };
    });
    opened.host.needs.notify({ title: "LINK_Adatum", body: "The run has ended." });
    await expect
      .poll(() => page.evaluate(() => window.told))
      .toEqual(["LINK_Adatum", "The run has ended."]);
  });

  test("answers nothing to a frame inside the page", async () => {
    const [ours, framed] = await page.evaluate(async () => {
      const frame = window.document.createElement("iframe");
      window.document.body.append(frame);
      const message = { name: "connection.list", input: {} };
      return [await window.appRequest(message), await frame.contentWindow.appRequest(message)];
    });
    expect(ours).toEqual({ ok: true, value: [] });
    expect(framed).toMatchObject({ ok: false, error: { code: "notOurPage" } });
  });

  test("refuses a download", async () => {
    const download = page.waitForEvent("download");
    await page.evaluate(() => {
      const link = window.document.createElement("a");
      Object.assign(link, { href: "data:text/plain,x", download: "x.txt" });
      window.document.body.append(link);
      (link["click"] as () => void).call(link);
    });
    expect(await (await download).failure()).not.toBeNull();
  });

  test("loads anew without a question", async () => {
    let questions = 0;
    opened.mayClose = () => {
      questions += 1;
      return false;
    };
    await page.click("button");
    const again = page.waitForEvent("load");
    await page.keyboard.press("F5");
    await again;
    expect([questions, await titleOf(page)]).toEqual([0, "Test page"]);
  });

  test("stays as it is on F5 that the page has a use for itself", async () => {
    const loads = opened.loads;
    await page.evaluate(`document.addEventListener("keydown", (event) => event.preventDefault())`);
    await page.evaluate(`navigation.addEventListener("navigate", () => (window.isLeft = true))`);
    await page.keyboard.press("F5");
    expect([await page.evaluate("window.isLeft"), opened.loads]).toEqual([undefined, loads]);
  });
});

describe("closing the window of the Chromium host", () => {
  test("asks, stays where the answer is no, and ends where it is yes", async () => {
    const opened = await openWindow();
    const { page, host } = opened;
    await page.click("button");
    const refused = nextQuestion(opened, false);
    await page.close({ runBeforeUnload: true });
    await refused;
    expect(await titleOf(page)).toBe("Test page");
    const allowed = nextQuestion(opened, true);
    await page.close({ runBeforeUnload: true });
    await allowed;
    await host.closed;
  });

  test("does not happen when the page's process dies: our page comes back", async () => {
    const opened = await openWindow();
    const { page, host } = opened;
    const crashed = page.waitForEvent("crash");
    // Chromium's own address for this; the navigation itself never ends well.
    void page.goto("chrome://crash").catch(() => undefined);
    await crashed;
    await expect.poll(() => opened.loads, { timeout: 20_000 }).toBe(3);
    await host.page().waitForFunction(() => typeof window.appRequest === "function");
    expect(host.page()).not.toBe(page);
    expect(
      await host.page().evaluate(() => window.appRequest({ name: "connection.list", input: {} })),
    ).toEqual({ ok: true, value: [] });
    await close(opened);
  });
});

describe("opening the window", () => {
  test("sweeps the profile that a killed process left, and no other", async () => {
    // Process ids end at 4194304 on Linux (proc(5), pid_max), so nobody has this one.
    const left = mkdtempSync(join(tmpdir(), "mi-link-window-99999999-"));
    mkdirSync(join(left, "Default"));
    const other = mkdtempSync(join(tmpdir(), "mi-link-windows-99999999-"));
    const alive = mkdtempSync(join(tmpdir(), `mi-link-window-${String(process.pid)}-`));
    const opened = await openTestHost();
    opened.needs.closeWindow();
    await opened.closed;
    expect([left, other, alive].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  test("says which browser did not start", async () => {
    const options = { executablePath: "/nowhere/browser", headless: true, pageFolder: "/nowhere" };
    await expect(openChromiumHost(options)).rejects.toMatchObject({
      problem: { code: "browserNotStarted", summary: "/nowhere/browser did not open a window." },
    });
    expect(browserPath()).not.toBe(options.executablePath);
  });
});
