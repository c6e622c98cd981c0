// A migration from SQL Server 2022 and 2025 in the window: FAILOVER first, the removal only after the instance's first full backup.
import { describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { askedOf } from "./azure-in-window.ts";
import { signInInWizard } from "./azure-in-wizard.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";
import { finish, heading } from "./wizard-steps.ts";

/** From the main window to Summary, the removal ticked on the way. */
async function toSummaryWithRemoval(app: AppUnderTest): Promise<void> {
  const { page } = app;
  const wizard = wizardByMouse(page);
  await wizard.open("SQLBOX01");
  await wizard.to(typePage, signInPage);
  await signInInWizard(app);
  await wizard.to(readinessPage, operationsPage);
  const removal = page.getByRole("checkbox", { name: /^Remove the link after/ });
  expect([await removal.isChecked(), await removal.isDisabled()]).toEqual([false, false]);
  await removal.check();
  await page.getByText(/can be written and are independent/).waitFor(patience);
  app.estate.world.setWorkload(false);
  await wizard.to(summaryPage);
}

/** Where the link, the roles and the copies stand, and what was asked of Azure and sent to the servers. */
function told({ estate }: AppUnderTest) {
  const { box, instance, primaries, linkOperations, changes } = truth(estate.world.state);
  return {
    primaries,
    linksDropped: [box.linkDropped, instance.linkDropped],
    hasLocalGroup: !box.localGroupDropped,
    hasEveryRow: instance.rows.hasEveryAcknowledged,
    updateability: instance.updateability,
    fullBackups: instance.backups.full,
    asked: linkOperations.map(({ text, outcomes }) => [text, outcomes]),
    sent: changes.map(({ server, text, count }) => [server, text, count]),
  };
}

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  describe.each(["healthy", "sql2025-policy2025"])("%s", (scenario) => {
    test("fails over, keeps the link until the first full backup is there, and removes it then", async () => {
      const app = await openApp({ scenario, pace: 10 });
      const { page } = app;
      try {
        await toSummaryWithRemoval(app);
        await finish(page);
        await page
          .getByText(/first full backup of Adatum/)
          .first()
          .waitFor(patience);
        const atTheWait = told(app);
        app.estate.world.advance(6 * 60_000);
        await heading(page, "Results").waitFor(patience);
        const shared = {
          hasLocalGroup: true,
          hasEveryRow: true,
          primaries: ["instance"],
          updateability: "READ_WRITE",
        };
        const failover = ["box", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", 1];
        expect(atTheWait).toMatchObject({
          ...shared,
          linksDropped: [false, false],
          fullBackups: 0,
          asked: [],
        });
        expect(told(app)).toEqual({
          ...shared,
          linksDropped: [true, true],
          fullBackups: 1,
          asked: [["DELETE", ["done"]]],
          sent: [failover, ["box", "DROP AVAILABILITY GROUP [LINK_Adatum]", 1]],
        });
        const ofLink = askedOf(app).arm.filter(({ path }) => path.endsWith("/LINK_Adatum"));
        expect(ofLink.at(-1)).toMatchObject({ method: "GET", status: 404 });
        await page
          .getByText(/NOT SYNCHRONIZING/)
          .first()
          .waitFor(patience);
      } finally {
        await app.close();
      }
    });
  });
});
