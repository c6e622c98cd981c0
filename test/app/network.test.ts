// The way to Azure in the window for real servers: a proxy that looks into TLS is named, trusted and used, by mouse and by keyboard.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { askedOf, azureInWindow } from "./azure-in-window.ts";
import { copiedText } from "./clipboard.ts";
import type { FakeProxy } from "../fakes/fake-proxy.ts";
import { startFakeProxy } from "../fakes/fake-proxy.ts";
import { graveFindings } from "./grave-findings.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const hosts = { signIn: "login.microsoftonline.com:443", arm: "management.azure.com:443" };

onEachHost((openApp, host) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "mi-link-app-"));
  let app: AppUnderTest;
  let page: Page;
  let proxy: FakeProxy;
  beforeAll(async () => {
    app = await openApp({ connect: true, dataDir });
    page = app.page;
    const { arm, entra, caFile } = app.estate;
    proxy = await startFakeProxy({
      origins: { [hosts.signIn]: entra.address, [hosts.arm]: arm.endpoint },
      upstreamPem: readFileSync(caFile, "utf8"),
    });
    proxy.behave({ kind: "inspects" });
  });
  afterAll(async () => {
    await Promise.all([app.close(), proxy.stop()]);
  });

  const dialog = () => page.getByRole("dialog", { name: "Network test" });
  const button = (name: string) => dialog().getByRole("button", { name, exact: true });
  const service = (name: string) => dialog().getByRole("region", { name });
  const layer = (within: Locator, name: string, outcome: string) =>
    within.getByRole("listitem", { name: `${name}: ${outcome}` });
  const both = () => [service("Sign-in"), service("Azure Resource Manager")] as const;
  /** Each service at once has that outcome of the layer. */
  const outcome = async (name: string, wanted: string) => {
    for (const one of both()) await layer(one, name, wanted).waitFor(patience);
  };
  const openNetwork = async () => {
    await azureInWindow(app).menu("Network test…");
    await dialog().getByLabel("Certificate authority").waitFor(patience);
  };
  const nothingGrave = async () => {
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  };

  test("a proxy's address with a login is not taken, and one without is kept and shown as the way", async () => {
    await openNetwork();
    await dialog().getByLabel("Proxy", { exact: true }).selectOption("This one");
    const address = dialog().getByLabel("Proxy address");
    await address.fill("http://gate:secret@127.0.0.1:3128");
    await dialog().getByText("Save first: the test uses what is saved.").waitFor(patience);
    await button("Save").click();
    await dialog()
      .getByText(/without a login\.$/u)
      .waitFor(patience);
    await nothingGrave();
    await address.fill(proxy.address);
    await button("Save").click();
    const name = proxy.address.replace("http://", "");
    for (const one of both()) {
      await one.getByText(`Through the proxy ${name}, set here.`).waitFor(patience);
    }
  });

  test("Test names who issued the certificate that is not trusted, in both rows, and nothing is sent behind it", async () => {
    await button("Test").click(patience);
    await outcome("TLS", "failed");
    for (const one of both()) await one.getByText(/Adatum Web Gateway/u).waitFor(patience);
    await outcome("Way", "passed");
    await outcome("Answer", "not reached");
    expect(askedOf(app)).toEqual({ entra: [], arm: [] });
    await nothingGrave();
  });

  const explains = async (code: string, words: RegExp) => {
    await button(`Explain: ${code}`).first().click(patience);
    const help = page.getByRole("dialog", { name: "Help", exact: true });
    await help.getByRole("article").getByText(words).first().waitFor(patience);
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached", ...patience });
  };

  test("the failed layer explains itself by its row of the help", async () => {
    await explains("webCertificate", /ERR_CERT_AUTHORITY_INVALID/u);
  });

  // What Electron trusts is the operating system's, and no test touches that.
  test.runIf(host === "chromium")(
    "the file of its authority is kept, and both services answer through it",
    async () => {
      const file = dialog().getByLabel("Certificate authority");
      await file.fill(`${proxy.authorityFile}.gone`);
      await button("Save").click(patience);
      await dialog()
        .getByText(/is no certificate authority's file that can be read here/u)
        .waitFor(patience);
      await explains("authorityFileNotRead", /^Nothing goes on before it is mended/u);
      await file.fill(proxy.authorityFile);
      await button("Save").click(patience);
      await dialog()
        .getByRole("alert")
        .waitFor({ state: "detached", ...patience });
      await button("Test").click(patience);
      await outcome("Answer", "passed");
      expect(askedOf(app)).toMatchObject({
        entra: [{ path: "/organizations/v2.0/.well-known/openid-configuration", status: 200 }],
        arm: [{ status: 401 }],
      });
      expect(new Set(proxy.tunnels)).toEqual(new Set(Object.values(hosts)));
      await nothingGrave();
    },
  );

  test("a proxy that asks for a login is told as what it is, and one that refuses one address fails that row alone", async () => {
    proxy.behave({ kind: "wantsLogin", login: "gate:secret" });
    await button("Test").click(patience);
    for (const one of both()) {
      await one.getByText(/The proxy .* asks for a sign-in of its own/u).waitFor(patience);
    }
    proxy.behave({ kind: "refuses", only: hosts.signIn });
    await button("Test").click(patience);
    const [signIn, arm] = both();
    await signIn.getByText(/The proxy did not open the way/u).waitFor(patience);
    await layer(arm, "Way", "passed").waitFor(patience);
    proxy.behave({ kind: "inspects" });
  });

  test("all of it by keyboard, in the next start: what was set is there, and Test and Copy are reached", async () => {
    await app.closeWindow();
    app = await openApp({ connect: true, dataDir, estate: app.estate });
    page = app.page;
    const keys = keyboardOf(page);
    await keys.tabTo(/^button "File"/u);
    for (let at = 0; at < 8 && !(await keys.focus()).startsWith('button "Azure"'); at += 1) {
      await page.keyboard.press("ArrowRight");
    }
    await keys.press("Enter", /^menuitem "Sign in/u);
    await keys.press(["End"], /^menuitem "Network test…"/u);
    await page.keyboard.press("Enter");
    await dialog().waitFor(patience);
    await keys.tabTo(/^textbox "Proxy address"/u);
    expect(await dialog().getByLabel("Proxy address").inputValue()).toBe(proxy.address);
    await keys.tabTo(/^button "Test"/u);
    await page.keyboard.press("Enter");
    await outcome("TLS", host === "chromium" ? "passed" : "failed");
    await keys.tabTo(/^button "Copy result"/u);
    await page.keyboard.press("Enter");
    expect(await copiedText(page)).toMatch(
      host === "chromium" ? /^ {2}TLS: passed\./mu : /^ {2}TLS: failed/mu,
    );
    await keys.press("Escape", /^(treeitem|button|main)/u);
    const kept: unknown = JSON.parse(readFileSync(path.join(dataDir, "settings.json"), "utf8"));
    expect(kept).toMatchObject({
      network: {
        proxy: proxy.address,
        caFile: host === "chromium" ? proxy.authorityFile : null,
      },
    });
  });
});
