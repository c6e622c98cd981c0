// The page Repair as its specs have it in common: the line that leads to it, its fields, its plan, its run.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { linkNameField } from "./forced-wizard.ts";
import { patience } from "./patience.ts";

export interface RepairWindow {
  /** The line above the document that says what is to be repaired. */
  readonly banner: Locator;
  readonly dialog: Locator;
  readonly button: (name: string | RegExp) => Locator;
  readonly open: () => Promise<void>;
  readonly survivor: (name: RegExp) => Locator;
  /** Folder or container for what that server holds. */
  readonly place: (name: RegExp) => Locator;
  /** Both sides are read and the plan stands; `says`: the name of the band above its steps. */
  readonly plan: (says?: "What will be lost" | "What cannot be undone") => Promise<void>;
  /** Types the link's name and presses the button of that name; the results stand at the end. */
  readonly run: (deed: string) => Promise<void>;
  readonly resultsStand: () => Promise<void>;
  readonly verdict: () => Promise<string | null>;
  readonly close: () => Promise<void>;
}

export function repairWindow(page: Page): RepairWindow {
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name });
  const dialog = page.getByRole("dialog", { name: "Repair LINK_Adatum" });
  const resultsStand = () => page.getByRole("heading", { name: "Results" }).waitFor(patience);
  return {
    banner: page.getByRole("region", { name: "To repair" }),
    dialog,
    button,
    async open() {
      await button("Repair LINK_Adatum…").click(patience);
      await dialog.waitFor(patience);
    },
    survivor: (name) =>
      page.getByRole("radiogroup", { name: /primary/u }).getByRole("radio", { name }),
    place: (name) => page.getByRole("textbox", { name }),
    async plan(says = "What will be lost") {
      await button(/^Check/u).click(patience);
      await page.getByRole("alert", { name: says }).waitFor(patience);
    },
    async run(deed) {
      await linkNameField(page).fill("LINK_Adatum", patience);
      await expect.poll(() => button(deed).isEnabled(), patience).toBe(true);
      await button(deed).click();
      await resultsStand();
    },
    resultsStand,
    verdict: () => page.locator(".wizard-body").getByRole("status").first().textContent(),
    async close() {
      await dialog.getByRole("button", { name: "Close" }).click(patience);
      await dialog.waitFor({ state: "detached", ...patience });
    },
  };
}
