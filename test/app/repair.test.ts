// A split brain repaired in the window, SQL Server given up: found, explained, chosen, typed, done. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import type { RepairWindow } from "./repair-window.ts";
import { repairWindow } from "./repair-window.ts";

// Faster, and a busy machine looks like a server that does not answer.
const speed = 4;
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let repair: RepairWindow;
  beforeAll(async () => {
    app = await openApp({ scenario: "split-brain", speed, clock: scaledClock(speed) });
    page = app.page;
    repair = repairWindow(page);
  });
  afterAll(() => app.close());

  const told = () => truth(app.estate.world.state);
  const button = (name: string | RegExp) => repair.button(name);

  test("it is found by itself: which servers, since when, and that both accept writes", async () => {
    await repair.banner
      .getByText(
        /^LINK_Adatum has two primaries since .+ UTC: SQLBOX01 and sqlmi1\.\S+ both accept writes\./u,
      )
      .waitFor(patience);
    expect(told().primaries).toEqual(["box", "instance"]);
  });

  test("nothing is chosen beforehand, and no plan is made before a side and a place are named", async () => {
    await repair.open();
    await page.getByText(/^Nothing is proposed: both hold commits/u).waitFor(patience);
    const forks = page.getByRole("row", { name: /^Recovery fork of Adatum/u });
    await expect
      .poll(() => forks.textContent(), patience)
      .toMatch(/([0-9A-F]{8}-[0-9A-F-]{27}).*[0-9A-F]{8}-/u);
    const survivors = page.getByRole("radiogroup", { name: "Side that stays primary" });
    expect(await survivors.getByRole("radio", { checked: true }).count()).toBe(0);
    expect(await button("Check and plan").isEnabled()).toBe(false);
    await repair.survivor(/^sqlmi1/u).check(patience);
    expect(await button("Check and plan").isEnabled()).toBe(false);
    await repair.place(/^Folder on SQLBOX01/u).fill("D:\\save");
    await expect.poll(() => button("Check and plan").isEnabled(), patience).toBe(true);
    expect(await graveFindings(page)).toEqual([]);
  });

  test("Enter confirms nothing, and only the link's exact name opens the button", async () => {
    await repair.plan();
    const deed = button("Make SQLBOX01 secondary");
    expect(await deed.isEnabled()).toBe(false);
    await linkNameField(page).fill("link_adatum");
    expect(await deed.isEnabled()).toBe(false);
    await linkNameField(page).fill("LINK_Adatum");
    await expect.poll(() => deed.isEnabled(), patience).toBe(true);
    for (const place of [linkNameField(page), page.locator("#wizard-heading"), deed]) {
      await place.focus();
      await page.keyboard.press("Enter");
      // A run that begins closes the button at once.
      expect(await deed.isEnabled()).toBe(true);
    }
    expect(await graveFindings(page)).toEqual([]);
    expect(told()).toMatchObject({ primaries: ["box", "instance"], changes: [] });
  });

  test("a commit after the backup stops the run before anything is given up, and the link stays to be repaired", async () => {
    app.estate.world.setWorkload(false);
    app.estate.world.fault({
      kind: "commitAfterBackup",
      server: "box",
      times: "each",
      afterMs: 200,
    });
    await button("Make SQLBOX01 secondary").click(patience);
    await repair.resultsStand();
    // When the commit is seen depends on the moment: by the log, or by the session that writes.
    expect(await repair.verdict()).toMatch(
      /^SQLBOX01 is not given up: (a session writes there again|the log of Adatum (moved|has moved) )/u,
    );
    expect(told()).toMatchObject({ primaries: ["box", "instance"], discarded: [] });
    expect(
      told()
        .changes.map(({ text }) => text)
        .filter((text) => /ROLE/u.test(text)),
    ).toEqual([]);
    await page.getByText(/^The link is not repaired\./u).waitFor(patience);
    await repair.close();
    await repair.banner.getByText("has two primaries").waitFor(patience);
    app.estate.world.fault({
      kind: "commitAfterBackup",
      server: "box",
      times: "never",
      afterMs: 0,
    });
  });

  test("by keyboard: saved, made secondary by the space bar, and nothing is lost but in our file", async () => {
    await repair.open();
    await repair.survivor(/^sqlmi1/u).press(" ");
    await repair.place(/^Folder on SQLBOX01/u).fill("D:\\save");
    await button("Check and plan").press("Enter");
    await linkNameField(page).fill("LINK_Adatum", patience);
    await expect.poll(() => button("Make SQLBOX01 secondary").isEnabled(), patience).toBe(true);
    await button("Make SQLBOX01 secondary").press(" ");
    await repair.resultsStand();
    const { primaries, gone, box, instance } = told();
    expect({ primaries, lost: gone.lost, updateability: instance.updateability }).toEqual({
      primaries: ["instance"],
      lost: [],
      updateability: "READ_WRITE",
    });
    expect(box.isSuspended).toBe(false);
    expect(gone.saved.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^D:\\save\\Adatum-1-\w+-[12]\.bak$/u),
    );
    await page
      .getByRole("region", { name: "Still to do" })
      .getByText(/^Keep D:\\save\\Adatum-1-/u)
      .waitFor(patience);
    expect(await graveFindings(page)).toEqual([]);
    await repair.close();
    await repair.banner.waitFor({ state: "detached", ...patience });
  });
});
