// The wizard as a hand on the mouse knows it: opened at a link, turned page by page, and the line at its foot.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { patience } from "./patience.ts";

export const [typePage, signInPage, readinessPage, operationsPage, summaryPage] = [
  "Choose Failover Type",
  "Sign in to Azure and Remote Instance",
  "Failover Readiness Assessment",
  "Post-Failover Operations",
  "Summary",
] as const;

export interface WizardByMouse {
  /** Next, or Finish on Summary. */
  readonly forward: Locator;
  /** Opened at the link below that server; stands on the page of that name at the end. */
  readonly open: (server: "SQLBOX01" | "sqlmi1", first?: string) => Promise<void>;
  /** Waits until that page stands. */
  readonly at: (name: string) => Promise<void>;
  /** Clicks Next once it is open, page by page, until that page stands. */
  readonly to: (...names: readonly string[]) => Promise<void>;
  /** Waits until the foot says so, and whether Next is open then. */
  readonly says: (note: string | RegExp, forward: "open" | "closed") => Promise<void>;
}

export function wizardByMouse(page: Page): WizardByMouse {
  const forward = page.getByRole("button", { name: /^(?:Next >|Finish)$/u });
  const title = page.locator("#wizard-heading");
  const at = (name: string) => page.getByRole("heading", { name, exact: true }).waitFor(patience);
  return {
    forward,
    at,
    async open(server, first = "Introduction") {
      // In the tree SQL Server stands above the instance, as everywhere, and Links above both.
      await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
      const links = page.getByRole("treeitem", { name: /^LINK_Adatum.*\(Distributed\)/u });
      await (server === "sqlmi1" ? links.last() : links.first()).click(patience);
      await page.getByRole("button", { name: "Failover…" }).click(patience);
      await at(first);
    },
    async to(...names) {
      for (const name of names) {
        const before = await title.textContent(patience);
        // A reading that closes Next between the look at it and the press takes the press: then no page has turned, which a
        // press does at once.
        do await forward.click(patience);
        while ((await title.textContent(patience)) === before);
        await at(name);
      }
    },
    async says(note, expected) {
      const foot = page.locator("#wizard-note");
      // Both of one moment: what is read again in between closes the button and opens it with another note.
      const seen = async () => [await foot.textContent(), await forward.isEnabled()];
      await expect
        .poll(seen, patience)
        .toEqual([
          typeof note === "string" ? expect.stringContaining(note) : expect.stringMatching(note),
          expected === "open",
        ]);
    },
  };
}
