// The readiness of a link in the window: what is found, by name; run again after the world has changed; and saved.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { keyboardOf } from "./keyboard.ts";
import { pathWindow } from "./path-window.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const outside = "What the link does not carry";

onEachHost((openApp, host) => {
  const home = mkdtempSync(path.join(tmpdir(), "mi-link-home-"));
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    vi.stubEnv("HOME", home);
    vi.stubEnv("USERPROFILE", home);
    app = await openApp({ scenario: "unprepared", speed: 10 });
    page = app.page;
    await page
      .getByRole("treeitem", { name: /^LINK_Adatum/u })
      .first()
      .waitFor(patience);
  });
  afterAll(async () => {
    await app.close();
    vi.unstubAllEnvs();
  });

  const dialog = () => page.getByRole("dialog", { name: "Readiness" });
  const button = (name: string) => dialog().getByRole("button", { name, exact: true });
  const group = (title: string) => dialog().getByRole("region", { name: title, exact: true });
  const findings = (title: string) => group(title).getByRole("listitem").allInnerTexts();
  const verdict = () => dialog().getByRole("status").first();
  const asked = () => dialog().getByText(/^From .*, asked at/u);
  /** How often the instance was asked for its storage, which comes last. */
  const readings = () =>
    app.estate.world.state.statements.filter(({ text }) => text.includes("server_resource_stats"))
      .length;
  /** The answer before stays on screen with a note until the next one is there. */
  const again = async (ask: () => Promise<unknown>) => {
    const before = readings();
    await ask();
    await expect.poll(readings, patience).toBeGreaterThan(before);
    await expect.poll(() => asked().textContent(), patience).toMatch(/ UTC\.$/u);
  };
  const definitionsTaken = (on: boolean) =>
    app.estate.control({
      do: "fault",
      fault: { kind: "permissionTaken", server: "box", permission: "VIEW ANY DEFINITION", on },
    });
  const runAgain = () => again(() => button("Run again").click(patience));
  const instanceObjects = () => app.estate.world.state.instance.surroundings.objects;

  test("names what the instance lacks, and changes nothing", async () => {
    await page.getByRole("button", { name: "Link", exact: true }).click(patience);
    await page.getByRole("menuitem", { name: "Readiness…" }).click(patience);
    await group(outside).waitFor(patience);
    await dialog()
      .getByText(/^Nothing stands in the way of a failover\. To look at: 7 warnings/u)
      .waitFor(patience);
    const said = await findings(outside);
    for (const part of [
      "sqlmi1 has no login adatum_report,",
      "sqlmi1 has the login adatum_batch with another SID",
      "sqlmi1 has no job Adatum nightly close",
      "Disabled on sqlmi1: the job Adatum statistics.",
      "sqlmi1 has no linked server ERP01",
      "sqlmi1 has no credential Adatum file share",
    ]) {
      expect(said.filter((finding) => finding.startsWith(part))).toHaveLength(1);
    }
    expect((await findings("Log and disk space"))[0]).toContain("20.0 GB of 500.0 GB are free");
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  test("has nothing serious or critical for axe", async () => {
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  });

  test("shows, run again, what has been mended since, and a right that was taken by its name", async () => {
    const { world } = app.estate;
    const objects = instanceObjects();
    objects.strangerLogins = [];
    objects.jobs = world.state.box.surroundings.objects.jobs;
    definitionsTaken(true);
    await runAgain();
    const blind = await findings(outside);
    expect(blind.join(" ")).toContain("practice_dba has no VIEW ANY DEFINITION on SQLBOX01.");
    expect(blind.join(" ")).not.toContain("has no login");
    definitionsTaken(false);
    await runAgain();
    const said = (await findings(outside)).join(" ");
    expect(said).toContain("sqlmi1 has no login adatum_report,");
    expect(said).not.toMatch(/adatum_batch|has no job|Disabled on/u);
    expect(said).toContain("sqlmi1 has Adatum nightly close and Adatum statistics too");
  });

  test("is asked for the other direction too", async () => {
    await again(() => dialog().getByLabel("Failover to").selectOption("SQL Server"));
    expect(await verdict().textContent()).toMatch(/^Not ready: /u);
    expect(await asked().textContent()).toMatch(/^From sqlmi1 to SQLBOX01, /u);
    await again(() => dialog().getByLabel("Failover to").selectOption("the instance"));
  });

  // The system's own window cannot be driven from here.
  test.runIf(host === "chromium")("is saved as it is shown, with its script", async () => {
    const { button: inWindow, saved } = pathWindow(page, home);
    for (const [name, file] of [
      ["Save report…", "readiness.md"],
      ["Save logins script…", "logins-managed-instance.sql"],
    ] as const) {
      await button(name).click();
      await inWindow("Save").click(patience);
      await saved(path.join(home, file));
    }
    const report = readFileSync(path.join(home, "readiness.md"), "utf8");
    expect(report).toContain(
      `# PRACTICE: readiness of LINK\\_Adatum\n\n${(await verdict().textContent()) ?? "?"}\n`,
    );
    expect(report).toContain("has no login adatum\\_report");
    const script = readFileSync(path.join(home, "logins-managed-instance.sql"), "utf8");
    expect(script).toContain("N'CREATE LOGIN [adatum_report] WITH PASSWORD = N'");
    expect(script).toContain("N'<type the password>'");
  });

  test("goes by keyboard from the link's menu to its end", async () => {
    await button("Close").click();
    await dialog().waitFor({ state: "detached", ...patience });
    const keys = keyboardOf(page);
    await page
      .getByRole("treeitem", { name: /^LINK_Adatum/u })
      .first()
      .click();
    await keys.press("Shift+F10", /^menuitem "Azure SQL Managed Instance link"/u);
    await keys.press("ArrowRight", /^menuitem "Failover…"/u);
    await keys.press("ArrowDown", /^menuitem "Readiness…"/u);
    await keys.press("Enter", /^combobox "Failover to"/u);
    await group(outside).waitFor(patience);
    await keys.press("Tab", /^region "Findings"/u);
    await keys.tabTo(/^button "Run again"/u);
    await again(() => page.keyboard.press("Enter"));
    expect(await keys.focus()).toMatch(/^button "Run again"/u);
    await keys.press("Escape", /^treeitem "LINK_Adatum/u);
  });
});
