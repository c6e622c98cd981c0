// A drill from the menu Practice to the world's own account: started by keyboard, forced in the wizard, ended by itself. The world is asked.
import type { Page } from "playwright-core";
import { readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { durationText } from "../../renderer/run/step-times.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { drillByMenu } from "./drill-by-menu.ts";
import { chooseForced, forcedOutcome, forcingButton, linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { pathWindow } from "./path-window.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

const speed = 4;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let app: AppUnderTest;
let page: Page;
const drill = "SQL Server is lost";
const world = () => truth(app.estate.world.state);
/** For how long applications could write nowhere when the drill had just begun. */
let closedAtStartMs = 0;
const dialog = (name: string) => page.getByRole("dialog", { name, exact: true });
const ended = () => drillByMenu(page, drill).ended;

beforeAll(async () => {
  app = await openInChromium({ speed, clock: scaledClock(speed) });
  page = app.page;
  await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
});
afterAll(() => app.close());

test("by keyboard alone: the menu names each disaster, and nothing strikes before it is started", async () => {
  // The world is no longer the first one: a drill puts it back.
  app.estate.world.fault({ kind: "rolesMoved" });
  await page.getByRole("button", { name: "Practice", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitem]:focus", { hasText: `${drill}…` }).waitFor(patience);
  await page.keyboard.press("Enter");
  await dialog(drill).getByText("What you are to do").waitFor(patience);
  expect(await graveFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog(drill).waitFor({ state: "detached", ...patience });
  await vi.waitFor(() => {
    expect(world().primaries).toEqual(["instance"]);
  }, patience);
});

test("started, SQL Server is gone with rows that it alone has, and the band still says PRACTICE", async () => {
  await drillByMenu(page, drill).start();
  const { primaries, box, instance, failovers, closedMs } = world();
  closedAtStartMs = closedMs;
  expect([primaries, failovers]).toEqual([["box"], []]);
  expect(box.takesWrites || instance.takesWrites).toBe(false);
  expect(box.rows.onlyHere).toBeGreaterThanOrEqual(12);
  await page.getByText("SQLBOX01 does not answer").first().waitFor(patience);
  await page.getByText("PRACTICE", { exact: true }).first().waitFor(patience);
  await page.getByRole("button", { name: "Practice", exact: true }).click(patience);
  const other = page.getByRole("menuitem", { name: "Nobody is primary…", exact: true });
  expect(await other.isDisabled()).toBe(true);
  await page.keyboard.press("Escape");
});

test("forced in the wizard, it ends by itself, and the figures are the world's own", async () => {
  const wizard = wizardByMouse(page);
  await chooseForced(page, "sqlmi1");
  await wizard.to(signInPage, readinessPage);
  await wizard.says("Next is open.", "open");
  await wizard.to(operationsPage, summaryPage);
  await linkNameField(page).fill("LINK_Adatum");
  await expect.poll(() => forcingButton(page).isEnabled(), patience).toBe(true);
  await forcingButton(page).click();
  await wizard.at("Results");
  // Not over the wizard: what it says is read first.
  await vi.waitFor(() => {
    expect(world().instance.takesWrites).toBe(true);
  }, patience);
  expect(await ended().count()).toBe(0);
  await page.getByRole("button", { name: "Close", exact: true }).last().click(patience);
  await ended().waitFor(patience);
  expect(forcedOutcome(app)).toEqual({
    primaries: ["box", "instance"],
    sent: ["instance: 1 x ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS"],
  });
  const { box, gone, closedMs } = world();
  expect(gone).toEqual({ lost: [], saved: [] });
  const lines = await ended().getByRole("listitem").allInnerTexts();
  expect(lines).toEqual([
    "The goal is reached.",
    "sqlmi1 is primary now. Applications can write on sqlmi1. SQLBOX01 still takes itself for the primary too.",
    expect.stringMatching(/^Lost: nothing so far\./u),
    expect.stringContaining(`At risk: ${String(box.rows.onlyHere)} rows on SQLBOX01 alone.`),
    expect.stringMatching(/^It took .+, from the start of the drill until the goal was seen\.$/u),
    expect.toBeOneOf(
      // The half minute before the operator is called is not the operator's; the drill read it before this test did.
      durationsBetween(closedMs - closedAtStartMs, closedMs - 30_000).map(
        (duration) => `For ${duration} of that, applications could write nowhere.`,
      ),
    ),
    expect.stringContaining("the practice world's own account"),
  ]);
  expect(await graveFindings(page)).toEqual([]);
});

/** How each length of time between the two is shown, which are a second or two apart. */
function durationsBetween(leastMs: number, mostMs: number): readonly string[] {
  const texts = new Set([durationText(mostMs)]);
  for (let ms = leastMs; ms < mostMs; ms += 500) texts.add(durationText(ms));
  return [...texts];
}

test("what it says can be saved, and is not shown again", async () => {
  const paths = pathWindow(page, homedir());
  await ended().getByRole("button", { name: "Save…" }).click(patience);
  const field = paths.dialog.getByRole("textbox", { name: "File name" });
  expect(await field.inputValue()).toBe("drill-1-sql-server-is-lost.txt");
  const file = `${app.dataDir}-drill.txt`.split("/").at(-1) ?? "";
  await field.fill(file);
  await paths.button("Save").click(patience);
  await paths.saved(`${homedir()}/${file}`);
  expect(readFileSync(`${homedir()}/${file}`, "utf8")).toMatch(
    /^PRACTICE\. Drill 1: SQL Server is lost\n[^]+At risk: \d+ rows on SQLBOX01 alone/u,
  );
  rmSync(`${homedir()}/${file}`);
  await ended().getByRole("button", { name: "Close" }).click(patience);
  await ended().waitFor({ state: "detached", ...patience });
});

test("the next one starts over, and is ended by hand from the menu", async () => {
  const next = drillByMenu(page, "SQL Server comes back after a forced failover");
  await next.start();
  await page
    .getByText(/Split brain on LINK_Adatum/u)
    .first()
    .waitFor(patience);
  expect(world().failovers).toHaveLength(1);
  await next.choose("End the drill");
  const end = next.ended;
  await end.getByText("It was ended before its goal was reached.").waitFor(patience);
  const { box, instance } = world();
  const lines = (await end.getByRole("listitem").allInnerTexts()).filter((line) =>
    line.startsWith("At risk"),
  );
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`${String(instance.rows.onlyHere)} rows on sqlmi1 alone`);
  expect(box.rows.onlyHere).toBeGreaterThan(0);
});
