// Fail back asked of Azure in the window: a right that is lost during the run is refused with 403, and T-SQL does it.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { askedOf, azureFault } from "./azure-in-window.ts";
import { signInInWizard } from "./azure-in-wizard.ts";
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
import { finish, heading } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  beforeAll(async () => {
    app = await openApp({ scenario: "instance-primary", pace: 10 });
    page = app.page;
    wizard = wizardByMouse(page);
  });
  afterAll(() => app.close());

  const askAzure = () => page.getByRole("checkbox", { name: "Ask Azure to fail over" });

  test("Azure can be asked only once somebody is signed in", async () => {
    await wizard.open("sqlmi1");
    await wizard.to(typePage, signInPage, readinessPage, operationsPage);
    await page.getByRole("textbox", { name: /^Time budget/ }).waitFor(patience);
    expect(await askAzure().count()).toBe(0);
    for (const name of [readinessPage, signInPage]) {
      await page.getByRole("button", { name: "< Previous" }).click();
      await wizard.at(name);
    }
    await signInInWizard(app);
    await wizard.to(readinessPage, operationsPage);
    await askAzure().check(patience);
    await page
      .getByText(/no right to ask for it \(403\), FAILOVER is sent to sqlmi1 by T-SQL/)
      .waitFor(patience);
  });

  test("the plan shows the request, and the statement where Azure refuses it", async () => {
    await wizard.to(summaryPage);
    await page.getByRole("button", { name: "Show all statements" }).click(patience);
    await page.getByText(/^POST \/subscriptions\/.*LINK_Adatum\/failover\?/).waitFor(patience);
    await page.getByText("Where Azure refuses it", { exact: true }).waitFor(patience);
    const told = truth(app.estate.world.state);
    expect([told.changes, told.linkOperations]).toEqual([[], []]);
  });

  test("where the right is lost during the run Azure refuses the one POST, and one FAILOVER is sent by T-SQL", async () => {
    await finish(page);
    await page
      .getByText(/still writing on sqlmi1/)
      .first()
      .waitFor(patience);
    azureFault(app, "armFault", {
      kind: "role",
      upn: "dana@adatum.example",
      role: "linkOperator",
    });
    app.estate.world.setWorkload(false);
    await heading(page, "Results").waitFor(patience);
    await page
      .getByText(/Azure refused it \(.*\), so FAILOVER was sent to sqlmi1\S* by T-SQL/)
      .first()
      .waitFor(patience);
    const posted = askedOf(app).arm.filter(({ path }) => path.endsWith("/LINK_Adatum/failover"));
    expect(posted.map(({ method, status }) => [method, status])).toEqual([["POST", 403]]);
    const { primaries, box, instance, changes, linkOperations } = truth(app.estate.world.state);
    expect({
      primaries,
      updateability: box.updateability,
      hasEveryRow: box.rows.hasEveryAcknowledged,
      health: [box.health, instance.health],
      asked: linkOperations,
      sent: changes.map(({ server, text, count }) => [server, text, count]),
    }).toEqual({
      primaries: ["box"],
      updateability: "READ_WRITE",
      hasEveryRow: true,
      health: ["HEALTHY", "HEALTHY"],
      asked: [],
      sent: [["instance", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", 1]],
    });
  });
});
