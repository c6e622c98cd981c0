// What Results offers once the role has moved: who still connects to the old side, the rows of both, and the evidence as a folder.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { connect } from "../practice/server/practice-estate.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { pathWindow } from "./path-window.ts";
import { patience } from "./patience.ts";
import { whereverSecretsCouldBe } from "./secrets-left.ts";
import { finish, heading, outcome, toSummary } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
onEachHost((openApp, host) => {
  let app: AppUnderTest;
  let page: Page;
  let home: string;
  beforeAll(async () => {
    app = await openApp({ speed: 10 });
    page = app.page;
    // Below the data folder, so that what is saved is searched for secrets with it.
    home = path.join(app.dataDir, "home");
    mkdirSync(home);
    vi.stubEnv("HOME", home);
    vi.stubEnv("USERPROFILE", home);
    app.estate.world.setWorkload(false);
    await toSummary(page);
    await finish(page);
    await heading(page, "Results").waitFor(patience);
  });
  afterAll(async () => {
    await app.close();
    vi.unstubAllEnvs();
  });

  const connected = (): Locator =>
    page.getByRole("region", { name: "Who still connects to SQLBOX01" });

  test("nobody and somebody in the old side's database are told apart, as often as it is read", async () => {
    expect(outcome(app).primaries).toEqual(["instance"]);
    await connected().getByRole("button", { name: "Read who connects" }).click(patience);
    await connected().getByText("No user session works in Adatum on SQLBOX01.").waitFor(patience);
    const late = await connect(app.estate, "sqlServer", {
      database: "Adatum",
      appName: "Old report",
    });
    try {
      // The pool opens its connection with the first query.
      await late.request().query("SELECT 1 AS one");
      await connected().getByRole("button", { name: "Read again" }).click();
      await connected()
        .getByText("1 user session works in Adatum on SQLBOX01: point them to the new primary.")
        .waitFor(patience);
      const row = connected().getByRole("row", { name: /practice_dba .*Old report Adatum/u });
      expect(await row.count()).toBe(1);
    } finally {
      await late.close();
    }
  });

  test("the rows of both sides are counted when they are asked for", async () => {
    const rows = page.getByRole("region", { name: "Rows on both sides" });
    await rows.getByRole("button", { name: "Count rows on both sides" }).click();
    const table = rows.getByRole("table", { name: "Rows of Adatum" });
    await table.waitFor(patience);
    const { box, instance } = truth(app.estate.world.state);
    const cells = (await table.getByRole("row").allTextContents()).join("\n");
    expect(cells).toContain(String(box.rows.count));
    expect(box.rows.count).toBe(instance.rows.count);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  });

  // The system's own window cannot be driven from here.
  if (host === "electron") return;

  test("the evidence is one folder with both readings in it, true to its manifest", async () => {
    await page.getByRole("button", { name: "Save report" }).click(patience);
    await page.getByRole("menuitem", { name: "Evidence folder…" }).click();
    const { dialog, button, saved } = pathWindow(page, home);
    const name = await dialog.getByRole("textbox", { name: "Folder name" }).inputValue();
    await button("Save").click(patience);
    const folder = path.join(home, name);
    await saved(folder);
    const read = (file: string) => readFileSync(path.join(folder, file));
    const report = read("report.md").toString("utf8");
    expect(report).toContain("## Who still connects to SQLBOX01");
    expect(report).toContain("Old report");
    expect(report).toContain("## Rows on both sides: Adatum");
    const { files } = JSON.parse(read("manifest.json").toString("utf8")) as {
      readonly files: readonly { readonly path: string; readonly sha256: string }[];
    };
    for (const one of files) {
      expect(createHash("sha256").update(read(one.path)).digest("hex")).toBe(one.sha256);
    }
    expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThan(files.length);
  });

  test("neither it nor anything else holds a password, and it is not written over", async () => {
    const places = await whereverSecretsCouldBe(app, []);
    expect(Object.keys(places).some((place) => place.includes("manifest.json"))).toBe(true);
    for (const { password } of app.estate.servers) {
      expect(Object.entries(places).filter(([, text]) => text.includes(password))).toEqual([]);
    }
    await page.getByRole("button", { name: "Save report" }).click(patience);
    await page.getByRole("menuitem", { name: "Evidence folder…" }).click();
    const { dialog, button } = pathWindow(page, home);
    await button("Save").click(patience);
    await dialog.getByText(/exists already\. It was left as it is\.$/u).waitFor(patience);
    await button("Cancel").click();
  });
});
