// The way through the wizard that specs of a run have in common, and what the world says of the run afterwards.
import type { Locator, Page } from "playwright-core";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";

export const patience = { timeout: 60_000 };

export function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { name, exact: true });
}

export async function openWizard(page: Page): Promise<void> {
  await page
    .getByRole("treeitem", { name: /LINK_Adatum/ })
    .first()
    .click(patience);
  await page.getByRole("button", { name: "Failover…" }).click(patience);
  await heading(page, "Introduction").waitFor(patience);
}

export async function next(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Next >" }).click(patience);
  await heading(page, name).waitFor(patience);
}

/** From the main window to Summary with its plan. */
export async function toSummary(page: Page): Promise<void> {
  await openWizard(page);
  await next(page, "Choose Failover Type");
  await next(page, "Sign in to Azure and Remote Instance");
  await next(page, "Failover Readiness Assessment");
  await next(page, "Post-Failover Operations");
  await next(page, "Summary");
  await page.getByText("Perform planned failover to SQL Managed Instance").waitFor(patience);
}

export async function finish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Finish" }).click(patience);
  await heading(page, "Executing actions").waitFor(patience);
}

/** A run that waits at its gate, since the applications still write. */
export async function runAtGate({ page }: AppUnderTest): Promise<void> {
  await toSummary(page);
  await finish(page);
  await page
    .getByText(/still writing on SQLBOX01/)
    .first()
    .waitFor(patience);
}

/** What became of the failover, as the world tells it. */
export function outcome({ estate }: AppUnderTest) {
  const { primaries, instance, failovers, changes } = truth(estate.world.state);
  return {
    primaries,
    hasEveryRow: instance.rows.hasEveryAcknowledged,
    failovers: failovers.map(({ to, outcome }) => `${outcome} to ${to}`),
    sent: changes.map(({ text, count }) => `${String(count)} x ${text.replace(/^.*?\] /, "")}`),
  };
}
