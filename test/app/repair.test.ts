// A split brain and a link without a primary repaired in the window: found, explained, chosen, typed, done. The world is asked.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";

// Faster, and a busy machine looks like a server that does not answer.
const speed = 4;
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  const opened = async (scenario: string) => {
    app = await openApp({ scenario, speed, clock: scaledClock(speed) });
    page = app.page;
  };
  const told = () => truth(app.estate.world.state);
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name });
  const banner = () => page.getByRole("region", { name: "To repair" });
  const openPage = async () => {
    await button("Repair LINK_Adatum…").click(patience);
    await page.getByRole("dialog", { name: "Repair LINK_Adatum" }).waitFor(patience);
  };
  const planned = async () => {
    await button(/^Check/u).click(patience);
    await page.getByRole("alert", { name: "What will be lost" }).waitFor(patience);
  };
  const resultsStand = () => page.getByRole("heading", { name: "Results" }).waitFor(patience);

  describe("SQL Server came back as a second primary", () => {
    beforeAll(() => opened("split-brain"));
    afterAll(() => app.close());

    test("it is found by itself: which servers, since when, and that both accept writes", async () => {
      await banner()
        .getByText(
          /^LINK_Adatum has two primaries since .+ UTC: SQLBOX01 and sqlmi1\.\S+ both accept writes\./u,
        )
        .waitFor(patience);
      expect(told().primaries).toEqual(["box", "instance"]);
    });

    test("nothing is chosen beforehand, and no plan is made before a side and a place are named", async () => {
      await openPage();
      await page.getByText(/^Nothing is proposed: both hold commits/u).waitFor(patience);
      const forks = page.getByRole("row", { name: /^Recovery fork of Adatum/u });
      await expect
        .poll(() => forks.textContent(), patience)
        .toMatch(/([0-9A-F]{8}-[0-9A-F-]{27}).*[0-9A-F]{8}-/u);
      expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
      expect(await button("Check and plan").isEnabled()).toBe(false);
      await page.getByRole("radio", { name: /^sqlmi1/u }).check(patience);
      expect(await button("Check and plan").isEnabled()).toBe(false);
      await page.getByRole("textbox", { name: "Folder on SQLBOX01" }).fill("D:\\save");
      await expect.poll(() => button("Check and plan").isEnabled(), patience).toBe(true);
      expect(await graveFindings(page)).toEqual([]);
    });

    test("Enter confirms nothing, and only the link's exact name opens the button", async () => {
      await planned();
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
      await resultsStand();
      // When the commit is seen depends on the moment: by the log, or by the session that writes.
      expect(await page.locator(".wizard-body").getByRole("status").first().textContent()).toMatch(
        /^SQLBOX01 is not given up: (a session writes there again|the log of Adatum (moved|has moved) )/u,
      );
      expect(told()).toMatchObject({ primaries: ["box", "instance"], discarded: [] });
      expect(
        told()
          .changes.map(({ text }) => text)
          .filter((text) => /ROLE/u.test(text)),
      ).toEqual([]);
      await page.getByText(/^The link is not repaired\./u).waitFor(patience);
      await button("Close").click();
      await banner().getByText("has two primaries").waitFor(patience);
      app.estate.world.fault({
        kind: "commitAfterBackup",
        server: "box",
        times: "never",
        afterMs: 0,
      });
    });

    test("by keyboard: saved, made secondary by the space bar, and nothing is lost but in our file", async () => {
      await openPage();
      await page.getByRole("radio", { name: /^sqlmi1/u }).press(" ");
      await page.getByRole("textbox", { name: "Folder on SQLBOX01" }).fill("D:\\save");
      await button("Check and plan").press("Enter");
      await linkNameField(page).fill("LINK_Adatum", patience);
      await expect.poll(() => button("Make SQLBOX01 secondary").isEnabled(), patience).toBe(true);
      await button("Make SQLBOX01 secondary").press(" ");
      await resultsStand();
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
      await button("Close").click();
      await banner().waitFor({ state: "detached", ...patience });
    });
  });

  describe("nobody is primary, and nothing was forced", () => {
    beforeAll(() => opened("no-primary-planned"));
    afterAll(() => app.close());

    test("the operator names the survivor, and that side becomes the only primary", async () => {
      await banner()
        .getByText(/^LINK_Adatum has no primary since /u)
        .waitFor(patience);
      await page
        .getByRole("treeitem", { name: /^LINK_Adatum/u })
        .first()
        .click({ button: "right" });
      await page.getByRole("menuitem", { name: /link$/u }).click(patience);
      await page.getByRole("menuitem", { name: "Repair…" }).click(patience);
      await page.getByText(/^(Proposed|Nothing is proposed): /u).waitFor(patience);
      expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
      await page.getByRole("radio", { name: "SQLBOX01" }).check(patience);
      await planned();
      await linkNameField(page).fill("LINK_Adatum");
      expect(told().primaries).toEqual([]);
      await button("Make SQLBOX01 primary").click(patience);
      await resultsStand();
      const { primaries, gone, box } = told();
      expect({ primaries, lost: gone.lost, updateability: box.updateability }).toEqual({
        primaries: ["box"],
        lost: [],
        updateability: "READ_WRITE",
      });
      await button("Close").click();
      await banner().waitFor({ state: "detached", ...patience });
    });
  });
});
