// The time budget in the window: the applications never stop, and what was set before the gate is taken back. In Chromium alone,
// since the application's own time runs faster here.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
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

let app: AppUnderTest;
let page: Page;
let wizard: WizardByMouse;
beforeAll(async () => {
  app = await openInChromium({
    scenario: "sql2019-cutover",
    pace: 10,
  });
  page = app.page;
  wizard = wizardByMouse(page);
});
afterAll(() => app.close());

const asynchronous = { box: "ASYNCHRONOUS_COMMIT", instance: "ASYNCHRONOUS_COMMIT" };

test("the budget is ten minutes, and Next is closed by anything that is no time from one minute to a day", async () => {
  await wizard.open("SQLBOX01");
  await wizard.to(typePage, signInPage);
  await signInInWizard(app);
  await wizard.to(readinessPage, operationsPage);
  await page.getByRole("checkbox", { name: "I understand" }).check();
  const budget = page.getByRole("textbox", { name: "Time budget for what can be taken back" });
  expect(await budget.inputValue()).toBe("10");
  await page
    .getByText(/everything done so far is undone; FAILOVER or DELETE is never undone/)
    .waitFor(patience);
  for (const typed of ["0", "1441", "", "1.5"]) {
    await budget.fill(typed);
    await wizard.says(
      "Next is closed: the time budget is not a whole number of minutes from 1 to 1440.",
      "closed",
    );
  }
  await budget.fill("1");
  await wizard.to(summaryPage);
  await page
    .getByText(/has not begun 1 min after the start, the run ends and everything/)
    .waitFor(patience);
});

test("past it the commit modes are set back and read back, and no DELETE was asked for", async () => {
  const before = truth(app.estate.world.state);
  expect([before.box.linkAvailabilityMode, before.instance.linkAvailabilityMode]).toEqual([
    asynchronous,
    asynchronous,
  ]);
  await finish(page);
  await heading(page, "Results").waitFor(patience);
  for (const said of [
    /Not ready after \d+ s, and nothing was sent\./,
    /Taken back and read back/,
  ]) {
    await page.getByText(said).first().waitFor(patience);
  }
  const { box, instance, primaries, linkOperations, changes, workloadRunning } = truth(
    app.estate.world.state,
  );
  expect({
    workloadRunning,
    primaries,
    roles: [box.role, instance.role],
    modes: [box.linkAvailabilityMode, instance.linkAvailabilityMode],
    links: [box.linkDropped, instance.linkDropped],
    asked: linkOperations.map(({ text, outcomes }) => [text, outcomes]),
    sent: changes.map(({ server, text, count }) => [server, text, count]),
  }).toEqual({
    workloadRunning: true,
    primaries: ["box"],
    roles: ["PRIMARY", "SECONDARY"],
    modes: [asynchronous, asynchronous],
    links: [false, false],
    asked: [
      ["PATCH replicationMode Sync", ["done"]],
      ["PATCH replicationMode Async", ["done"]],
    ],
    sent: [
      ["box", expect.stringContaining("= SYNCHRONOUS_COMMIT"), 1],
      ["box", expect.stringContaining("= ASYNCHRONOUS_COMMIT"), 1],
    ],
  });
});
