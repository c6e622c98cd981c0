// Nobody is primary: after a planned failover that died a side is proposed, after a forced one the operator names it. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startPracticeEstate } from "../../practice/estate.ts";
import { noPrimaryPlanned } from "../../practice/scenarios/split-brain.ts";
import { truth } from "../../practice/world/truth.ts";
import { onInstance } from "../fakes/on-instance.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import type { DrillByMenu } from "./drill-by-menu.ts";
import { drillByMenu, repairedLines } from "./drill-by-menu.ts";
import { linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";
import type { RepairWindow } from "./repair-window.ts";
import { repairWindow } from "./repair-window.ts";

const speed = 4;
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const container = "https://store.blob.core.windows.net/save";
/** It died after SQL Server had given up its role, with log that had not reached the instance. */
const died = {
  ...noPrimaryPlanned,
  events: [
    { atMs: -50_000, fault: { kind: "linkDisconnected", on: true } },
    { atMs: -30_000, fault: { kind: "demoted", server: "box" } },
    { atMs: -25_000, fault: { kind: "linkDisconnected", on: false } },
  ],
} as const;

let app: AppUnderTest;
let page: Page;
let repair: RepairWindow;
let drill: DrillByMenu;
const told = () => truth(app.estate.world.state);
const row = (name: RegExp) => page.getByRole("row", { name }).getByRole("cell").allInnerTexts();

beforeAll(async () => {
  // Whether a copy that follows nobody can be saved is not known of a link: here it can.
  const settings = { secondaryBackup: "always" } as const;
  const estate = await startPracticeEstate({ scenario: died, clock: { speed }, settings });
  app = await openInChromium({ estate, speed, clock: scaledClock(speed) });
  page = app.page;
  repair = repairWindow(page);
  drill = drillByMenu(page, "Nobody is primary");
  await repair.banner.getByText("has no primary").waitFor(patience);
});
afterAll(() => app.close());

describe("a planned failover died", () => {
  test("the side that hardened more is proposed with both positions, and not chosen", async () => {
    await page
      .getByRole("treeitem", { name: /^LINK_Adatum/u })
      .first()
      .click({ button: "right" });
    await page.getByRole("menuitem", { name: /link$/u }).click(patience);
    await page.getByRole("menuitem", { name: "Repair…" }).click(patience);
    await page
      .getByText(
        "Proposed: SQLBOX01. Its own log is hardened further, and nothing is known to have been forced.",
      )
      .waitFor(patience);
    const [box = "", instance = ""] = await row(/^last_hardened_lsn of Adatum/u);
    expect([box, instance]).toEqual([
      expect.stringMatching(/^\d{10,25}$/u),
      expect.stringMatching(/^\d{10,25}$/u),
    ]);
    expect(BigInt(box) > BigInt(instance)).toBe(true);
    expect(told().box.rows.onlyHere).toBeGreaterThan(0);
    expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
    expect(await page.getByRole("radio", { name: /^It is removed/u }).count()).toBe(0);
    expect(await graveFindings(page, ".repair")).toEqual([]);
  });

  test("named and typed, it becomes the only primary with every row", async () => {
    await repair.survivor(/^SQLBOX01/u).check();
    await repair.plan();
    expect(await repair.button("Make SQLBOX01 primary").isEnabled()).toBe(false);
    expect(told().primaries).toEqual([]);
    await repair.run("Make SQLBOX01 primary");
    const { primaries, gone, box, discarded } = told();
    expect({
      primaries,
      gone,
      discarded,
      writes: box.takesWrites,
      all: box.rows.hasEveryAcknowledged,
    }).toEqual({
      primaries: ["box"],
      gone: { lost: [], saved: [] },
      discarded: [],
      writes: true,
      all: true,
    });
    await page
      .getByRole("region", { name: "Offered now" })
      .getByText("Planned failover back…")
      .waitFor(patience);
    await repair.close();
    await repair.banner.waitFor({ state: "detached", ...patience });
  });
});

describe("a repair was broken off after a forced failover: a drill, by keyboard alone", () => {
  test("nothing is proposed: the copies are on different recovery forks, and the operator names the side", async () => {
    await drill.start();
    await onInstance(
      app.estate,
      `CREATE CREDENTIAL [${container}] WITH IDENTITY = 'MANAGED IDENTITY';`,
    );
    await repair.banner.getByText("has no primary").waitFor(patience);
    const keys = keyboardOf(page);
    await keys.press("F7", /^main/u);
    await keys.tabTo(/^button "Repair LINK_Adatum…"/u);
    await keys.press("Enter", /^heading "Repair"/u);
    await page
      .getByText(
        "Nothing is proposed: The two copies are on different recovery forks. You name the side.",
      )
      .waitFor(patience);
    await keys.tabTo(/^radio "SQLBOX01/u);
    await keys.press("ArrowDown", /^radio "sqlmi1.*\[checked\]/u);
    await keys.tabTo(/^textbox "Folder on SQLBOX01/u);
    await page.keyboard.type("D:\\save");
    await keys.press("Tab", /^textbox "Container URL for sqlmi1/u);
    await page.keyboard.type(container);
    await keys.tabTo(/^button "Check and plan"/u);
    await page.keyboard.press("Enter");
    await linkNameField(page).waitFor(patience);
  });

  test("both are saved first, Enter gives nothing up, and the space bar does", async () => {
    const keys = keyboardOf(page);
    const onlyBox = told().box.rows.onlyHere;
    await keys.tabTo(/^textbox "Type the name of the link/u);
    await page.keyboard.type("LINK_Adatum");
    await keys.tabTo(/^button "Make sqlmi1/u);
    await page.keyboard.press("Enter");
    expect(await repair.button(/^Make sqlmi1/u).isEnabled()).toBe(true);
    expect(told().primaries).toEqual([]);
    await page.keyboard.press(" ");
    await repair.resultsStand();
    const { primaries, gone, instance } = told();
    expect({ primaries, lost: gone.lost, writes: instance.takesWrites }).toEqual({
      primaries: ["instance"],
      lost: [],
      writes: true,
    });
    expect(onlyBox).toBeGreaterThan(0);
    expect(gone.saved).toEqual([
      expect.objectContaining({
        server: "box",
        path: expect.stringMatching(/^D:\\save\\Adatum-1-\w+-1\.bak$/u) as string,
      }),
    ]);
    expect(gone.saved[0]?.rows).toHaveLength(onlyBox);
    await keys.tabTo(/^button "Close"/u);
    await page.keyboard.press("Enter");
  });

  test("the drill ends by itself, and says where what was given up is", async () => {
    await drill.ended.waitFor(patience);
    expect(await drill.ended.getByRole("listitem").allInnerTexts()).toEqual(
      repairedLines(told(), {
        primary: "sqlmi1",
        savedBy: "SQLBOX01",
        closed: /^For .+ of that, applications could write nowhere\.$/u,
      }),
    );
  });
});
