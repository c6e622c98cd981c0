// Forced in the window while the primary is gone, in both directions: watched, stated, typed, sent once. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Side } from "../../shared/estate/estate.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { chooseForced, forcedOutcome, forcingButton, linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import type { WizardByMouse } from "./wizard-by-mouse.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

const nothingSent = { primaries: ["box"], sent: [] };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  const opened = async (scenario: string) => {
    app = await openApp({ scenario, pace: 5 });
    page = app.page;
    wizard = wizardByMouse(page);
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  };
  /** Nobody reaches that server any more, and the link neither. */
  const lose = (server: Side) => {
    app.estate.world.fault({ kind: "linkDisconnected", on: true });
    app.estate.world.fault({ kind: "unreachable", server, on: true });
    app.estate.world.advance(30_000);
  };

  describe("SQL Server is gone and nobody is signed in to it", () => {
    beforeAll(async () => {
      await opened("healthy");
      lose("box");
      await page.getByRole("treeitem", { name: /^SQLBOX01/u }).click({ button: "right" });
      await page.getByRole("menuitem", { name: "Disconnect" }).click();
      await page.getByRole("treeitem", { name: /^SQLBOX01/u }).waitFor({ state: "detached" });
    });
    afterAll(() => app.close());

    test("the wizard asks for nothing of it, and what is lost has to be understood", async () => {
      await chooseForced(page, "sqlmi1");
      expect(await graveFindings(page)).toEqual([]);
      await wizard.to(signInPage);
      await page.getByText("10.0.0.4 is not asked, whether it answers or not.").waitFor(patience);
      await wizard.says("Nothing has been changed.", "open");
    });

    test("the instance is watched for 10 s before Next opens", async () => {
      await wizard.to(readinessPage);
      await wizard.says("sqlmi1 is being watched", "closed");
      await page.getByText(/^Silent for \d of 10 s\.$/u).waitFor(patience);
      await wizard.says("Next is open. The run watches once more", "open");
      await page.getByText(/^Silent for \d\d s\.$/u).waitFor(patience);
      await page.getByRole("row", { name: /^last_received_lsn .* no$/u }).waitFor(patience);
      expect(await graveFindings(page)).toEqual([]);
    });

    test("Summary states the loss, and only the link's exact name opens the button", async () => {
      await wizard.to(operationsPage, summaryPage);
      await page
        .getByRole("alert", { name: "What will be lost" })
        .getByText(/^Adatum: everything committed on 10\.0\.0\.4 after .+ is lost\./u)
        .waitFor(patience);
      const force = forcingButton(page);
      for (const typed of ["", "link_adatum", "LINK_Adatum_2", "LINK_Adatu"]) {
        await linkNameField(page).fill(typed);
        await expect.poll(() => force.isEnabled(), patience).toBe(false);
      }
      await linkNameField(page).fill("LINK_Adatum");
      await expect.poll(() => force.isEnabled(), patience).toBe(true);
      expect(await graveFindings(page)).toEqual([]);
    });

    test("Enter confirms neither in the field, nor on the page, nor on the button", async () => {
      const places = [linkNameField(page), page.locator("#wizard-heading"), forcingButton(page)];
      for (const place of places) {
        await place.focus();
        await page.keyboard.press("Enter");
        // A run that begins closes the button at once, whatever else is still to be read.
        expect(await forcingButton(page).isEnabled()).toBe(true);
      }
      await wizard.at(summaryPage);
      expect(forcedOutcome(app)).toEqual(nothingSent);
    });

    test("forces once, proves it, and says what was given up and what is to be done later", async () => {
      await forcingButton(page).click();
      await wizard.at("Results");
      expect(forcedOutcome(app)).toEqual({
        primaries: ["box", "instance"],
        sent: [
          "instance: 1 x ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS",
        ],
      });
      expect(truth(app.estate.world.state).instance.updateability).toBe("READ_WRITE");
      const [givenUp, toDo] = ["What was given up", "Still to do"].map((name) =>
        page.getByRole("region", { name }),
      );
      await givenUp
        ?.getByText(/^Adatum: everything committed on 10\.0\.0\.4 after/u)
        .waitFor(patience);
      await toDo?.getByText(/SET \(ROLE = SECONDARY\)/u).waitFor(patience);
      expect(await graveFindings(page)).toEqual([]);
    });
  });

  describe("the instance is gone", () => {
    beforeAll(async () => {
      await opened("instance-primary");
      lose("instance");
    });
    afterAll(() => app.close());

    test("SQL Server is forced by T-SQL, by the space bar, and its log backups are to be resumed", async () => {
      await chooseForced(page, "SQLBOX01");
      await wizard.to(signInPage, readinessPage);
      await wizard.says("Next is open.", "open");
      await wizard.to(operationsPage);
      await page.getByText(/its log backups must run again at once/u).waitFor(patience);
      await wizard.to(summaryPage);
      await linkNameField(page).fill("LINK_Adatum");
      await expect.poll(() => forcingButton(page).isEnabled(), patience).toBe(true);
      await forcingButton(page).press(" ");
      await wizard.at("Results");
      expect(forcedOutcome(app)).toEqual({
        primaries: ["box", "instance"],
        sent: ["box: 1 x ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS"],
      });
      expect(truth(app.estate.world.state).box.updateability).toBe("READ_WRITE");
    });
  });
});
