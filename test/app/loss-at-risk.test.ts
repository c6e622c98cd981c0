// An application that starts again right after the DELETE writes to the old copy: said first of all, and nothing more is dropped.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { linkOf } from "../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../practice/scenarios/scenario.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
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

/** Somebody always has a transaction open: who writes is looked for once a second, which short ones can fall between each time. */
const cutover = linkOf({ name: "cutover", summary: "One way only.", build: "2019 CU20" });
const scenario: Scenario = {
  ...cutover,
  workload: {
    ...cutover.workload,
    sessions: cutover.workload.sessions.map((one) => ({ ...one, openForMs: 5_000 })),
  },
};

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ scenario, speed: 10 });
    page = app.page;
    const wizard = wizardByMouse(page);
    await wizard.open("SQLBOX01");
    await wizard.to(typePage, signInPage);
    await signInInWizard(app);
    await wizard.to(readinessPage, operationsPage);
    await page.getByRole("checkbox", { name: /^Delete availability group 'AG_Adatum'/ }).check();
    await page.getByRole("checkbox", { name: "I understand" }).check();
    app.estate.world.setWorkload(false);
    await wizard.to(summaryPage);
  });
  afterAll(() => app.close());

  const told = () => truth(app.estate.world.state);

  test("the plan drops the group and closes the old copy, once it was looked at", async () => {
    await wizardByMouse(page).says(/^Plan /, "open");
    const steps = await page.getByRole("row").allTextContents();
    const at = (title: string) => steps.findIndex((row) => row.includes(title));
    const order = [
      at("End replication on SQL Managed Instance"),
      at("Look for writes on the old copy"),
      at("Drop availability group ('AG_Adatum')"),
      at("Keep the old copy of Adatum from being written"),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test("writes after the DELETE are in Results as loss at risk, with the session that made them", async () => {
    await finish(page);
    const isDeleted = () =>
      app.estate.world.state.linkOperations.some(
        ({ request, outcome }) => request.kind === "delete" && outcome === "done",
      );
    await expect.poll(isDeleted, { timeout: 120_000, interval: 20 }).toBe(true);
    app.estate.world.setWorkload(true);
    await heading(page, "Results").waitFor(patience);
    await page
      .getByText(
        /^Loss at risk: Adatum on SQLBOX01 was written after the move, by .*\bsession \d+ \(adatum_\w+, /,
      )
      .first()
      .waitFor(patience);
    await page
      .getByRole("region", { name: "Still to do" })
      .getByText(/^Stop the applications that still write to SQLBOX01/)
      .waitFor(patience);
  });

  test("and the world agrees: rows that only the old copy has, whose group and state are left as they are", () => {
    const { box, instance, changes, linkOperations } = told();
    expect(instance.rows.hasEveryAcknowledged).toBe(false);
    expect({
      hasEveryRow: box.rows.hasEveryAcknowledged,
      hasLocalGroup: !box.localGroupDropped,
      updateability: box.updateability,
      asked: linkOperations.map(({ text, count }) => [text, count]),
      dropped: changes.filter(({ text }) => text.startsWith("DROP")).map(({ text }) => text),
      closed: changes.filter(({ text }) => text.includes("READ_ONLY")),
    }).toEqual({
      hasEveryRow: true,
      hasLocalGroup: true,
      updateability: "READ_WRITE",
      asked: [
        ["PATCH replicationMode Sync", 1],
        ["DELETE", 1],
      ],
      dropped: ["DROP AVAILABILITY GROUP [LINK_Adatum]"],
      closed: [],
    });
  });
});
