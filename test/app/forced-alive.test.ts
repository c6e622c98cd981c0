// Forced in the window while the primary is alive: said at once, planned proposed, and only with a typed reason. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
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
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

const reason = "Drill of 21 November, agreed with the owner of Adatum.";
const alive =
  "SQLBOX01 (10.0.0.4) is alive: sqlmi1 is still receiving its log. Forcing now makes two primaries.";
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  beforeAll(async () => {
    app = await openApp({ pace: 10 });
    page = app.page;
    wizard = wizardByMouse(page);
  });
  afterAll(() => app.close());

  test("it is said at once, with who writes, and planned failover is one press away", async () => {
    await chooseForced(page, "sqlmi1");
    await wizard.to(signInPage, readinessPage);
    await wizard.says(`${alive} Choose planned, or type a reason.`, "closed");
    await page.getByRole("status").getByText(alive, { exact: true }).waitFor(patience);
    await page.getByText("Stop them first: what they commit on SQLBOX01").waitFor(patience);
    expect(await graveFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Choose planned failover" }).click();
    await wizard.at(typePage);
    expect(await page.getByRole("radio", { name: /Planned manual failover/u }).isChecked()).toBe(
      true,
    );
  });

  test("a reason counts once it is accepted, not while it is typed, and Enter accepts nothing", async () => {
    await page.getByRole("radio", { name: /Forced failover/u }).check();
    await wizard.to(signInPage, readinessPage);
    const field = page.getByRole("textbox", { name: /^Why it is forced although SQLBOX01/u });
    await field.fill(reason);
    await field.press("Enter");
    await wizard.says("Choose planned, or type a reason.", "closed");
    await page.getByRole("button", { name: "Accept with this reason" }).click();
    await wizard.says("Next is open.", "open");
  });

  test("it is forced with that reason, and both take themselves for the primary: the drill begins", async () => {
    await wizard.to(operationsPage, summaryPage);
    const lost = page.getByRole("alert", { name: "What will be lost" });
    await lost.getByText(/is alive and goes on committing/u).waitFor(patience);
    await lost.getByText(reason).waitFor(patience);
    expect(forcedOutcome(app)).toEqual({ primaries: ["box"], sent: [] });
    await linkNameField(page).fill("LINK_Adatum");
    await forcingButton(page).click(patience);
    await wizard.at("Results");
    expect(forcedOutcome(app)).toEqual({
      primaries: ["box", "instance"],
      sent: ["instance: 1 x ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS"],
    });
    await page.getByRole("region", { name: "What was given up" }).getByText(reason).waitFor();
  });
});
