// The way through the wizard that specs of a run have in common, and what the world says of the run afterwards.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

export function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { name, exact: true });
}

/** From the main window to Summary with its plan. */
export async function toSummary(page: Page): Promise<void> {
  const wizard = wizardByMouse(page);
  await wizard.open("SQLBOX01");
  await wizard.to(typePage, signInPage, readinessPage, operationsPage, summaryPage);
  await page.getByText("Perform planned failover to SQL Managed Instance").waitFor(patience);
}

/**
 * Presses Finish right after `change`, before the window, which reads both sides every few seconds, can have seen it: the press
 * is on its way when the next reading begins, as that of a person is who saw an open button.
 */
export async function finishRightAfter(page: Page, change: () => void): Promise<void> {
  const button = page.getByRole("button", { name: "Finish" });
  await expect.poll(() => button.isEnabled(), patience).toBe(true);
  change();
  await button.dispatchEvent("click");
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
