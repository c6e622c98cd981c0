// The log in its window, and the support bundle of a run: every file shown before it is written, no name and no secret in any of them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { copiedText } from "./clipboard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import { whereverSecretsCouldBe } from "./secrets-left.ts";
import { finish, heading, toSummary } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const planted = "Pl4nted-s3cret!";

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ speed: 10 });
    page = app.page;
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
    // A login that is refused, with a password that must be nowhere; then a run.
    await fromMenu("File", "Connect…");
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.getByLabel("Server type").selectOption("SQL Server");
    await connect.getByLabel("Server name").fill(boxAddress());
    await connect.getByLabel("Login").fill("planted_login");
    await connect.getByLabel("Password", { exact: true }).fill(planted);
    await connect.getByRole("button", { name: "Connect", exact: true }).click();
    await connect
      .getByText(/Login failed|18456/u)
      .first()
      .waitFor(patience);
    await page.keyboard.press("Escape");
    await connect.waitFor({ state: "detached", ...patience });
    await toSummary(page);
    app.estate.world.setWorkload(false);
    await finish(page);
    await heading(page, "Results").waitFor(patience);
    await page.getByRole("button", { name: "Close", exact: true }).last().click(patience);
  });
  afterAll(() => app.close());

  const fromMenu = async (menu: string, item: string) => {
    await page.getByRole("button", { name: menu, exact: true }).click(patience);
    await page.getByRole("menuitem", { name: item }).click(patience);
  };
  const dialog = (name: string) => page.getByRole("dialog", { name, exact: true });
  const closed = async (window: Locator) => {
    await page.keyboard.press("Escape");
    await window.waitFor({ state: "detached", ...patience });
  };
  const boxAddress = () => {
    const box = app.estate.servers.find(({ kind }) => kind === "sqlServer");
    return `${box?.host ?? ""},${String(box?.port)}`;
  };

  test("the log tells of the start, the refused login and the run, without a finding of axe", async () => {
    await fromMenu("Help", "Log…");
    const log = dialog("Log");
    await log.getByText(/start {2}MI Link Failover/u).waitFor(patience);
    await log
      .getByText(/request {2}connection\.open: loginFailed/u)
      .first()
      .waitFor(patience);
    await log.getByText(/run {2}Run ended, succeeded/u).waitFor(patience);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  });

  test("its lines are found by level and by words", async () => {
    const log = dialog("Log");
    await log.getByLabel("Level").selectOption("Warnings and errors");
    await log.getByText(/Run ended, succeeded/u).waitFor({ state: "detached", ...patience });
    await log
      .getByText(/loginFailed/u)
      .first()
      .waitFor(patience);
    await log.getByRole("button", { name: "Copy", exact: true }).click();
    expect((await copiedText(page)).split("\n")).toContainEqual(
      expect.stringMatching(/ warning .*connection\.open: loginFailed/u),
    );
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error())");
    await log.getByRole("button", { name: "Copy", exact: true }).click();
    await log.getByRole("button", { name: /^Not copied: select it/u }).waitFor(patience);
    await page.evaluate("delete navigator.clipboard.writeText");
    await log.getByLabel("Find").fill("no line has these words");
    await log.getByText(/^0 of \d+ lines\.$/u).waitFor(patience);
    await closed(log);
  });

  const files = (folder: string) =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
    );

  test("the bundle shows each file, writes what it showed, and holds neither names nor the password", async () => {
    await fromMenu("Help", "Support bundle…");
    const bundle = dialog("Support bundle");
    await bundle.getByRole("group").getByRole("checkbox").first().check(patience);
    await bundle.getByRole("button", { name: "Show the files" }).click();
    await bundle.getByText(/^\d+ files\. \d+ names have a stand-in\.$/u).waitFor(patience);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    const shown = await bundle.locator(".bundle-file pre").evaluateAll((all) =>
      // The room knows no DOM; a text node is all that stands in each.
      all.map((one) => (one as unknown as { readonly textContent: string }).textContent),
    );
    await bundle.getByRole("button", { name: "Write the bundle" }).click();
    await bundle.getByText(/^Written to /u).waitFor(patience);
    const [folder = ""] = readdirSync(path.join(app.dataDir, "bundles"));
    const written = files(path.join(app.dataDir, "bundles", folder));
    expect(
      Object.keys(written)
        .map((name) => name.replace(/^\d+T\w+-\w+?-/u, ""))
        .sort(),
    ).toEqual(["about.json", "journal.jsonl", "log.jsonl", "report.md"]);
    expect(Object.values(written).sort()).toEqual([...shown].sort());
    const names = [
      "SQLBOX01",
      "sqlmi1",
      "LINK_Adatum",
      "AG_Adatum",
      "Adatum",
      "practice_dba",
      "planted_login",
    ];
    for (const [name, text] of Object.entries(written)) {
      for (const wanted of [...names, "127.0.0.1", planted]) {
        expect(text.includes(wanted), `${wanted} in ${name}`).toBe(false);
      }
    }
  });

  test("with the tick away the names stand in it, and no secret all the same", async () => {
    const bundle = dialog("Support bundle");
    await bundle.getByRole("checkbox", { name: /^Replace names/u }).uncheck();
    await bundle.getByRole("button", { name: "Show the files" }).click();
    await bundle.getByText("Names stand in them as they are.").waitFor(patience);
    await bundle
      .getByText(/SQLBOX01/u)
      .first()
      .waitFor({ state: "attached", ...patience });
    expect(await bundle.innerText()).not.toContain(planted);
    await closed(bundle);
  });

  test("the planted password is nowhere in the window and in none of its files", async () => {
    const places = await whereverSecretsCouldBe(app, []);
    expect(Object.keys(places)).toContain("file log.jsonl");
    for (const [place, text] of Object.entries(places)) {
      expect(text.includes(planted), place).toBe(false);
    }
  });
});
