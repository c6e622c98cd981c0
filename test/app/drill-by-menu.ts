// A drill as a hand on the mouse starts it from the menu Practice, and the window in which it ends by itself.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Truth } from "../../practice/world/truth.ts";
import { rowRanges } from "../../renderer/practice/drill-end-words.ts";
import { patience } from "./patience.ts";

export interface DrillByMenu {
  readonly start: () => Promise<void>;
  /** Another item of the menu. */
  readonly choose: (item: string) => Promise<void>;
  /** Shown once it has ended and nothing else is open. */
  readonly ended: Locator;
}

export function drillByMenu(page: Page, name: string): DrillByMenu {
  const dialog = (title: string) => page.getByRole("dialog", { name: title, exact: true });
  const choose = async (item: string): Promise<void> => {
    await page.getByRole("button", { name: "Practice", exact: true }).click(patience);
    await page.getByRole("menuitem", { name: item, exact: true }).click(patience);
  };
  return {
    async start() {
      await choose(`${name}…`);
      await dialog(name).getByRole("button", { name: "Start the drill" }).click(patience);
      await dialog(name).waitFor({ state: "detached", ...patience });
    },
    choose,
    ended: dialog(`The drill has ended: ${name}`),
  };
}

export interface Repaired {
  /** Who is primary now, and who wrote the one backup. */
  readonly primary: string;
  readonly savedBy: string;
  /** How long applications could write nowhere. */
  readonly closed: RegExp;
}

/** The lines at the end of a drill in which nothing was lost and one backup holds what was given up, by the world's own account. */
export function repairedLines({ gone }: Truth, { primary, savedBy, closed }: Repaired): unknown {
  const { rows = [], path = "" } = gone.saved[0] ?? {};
  return [
    "The goal is reached.",
    `${primary} is primary now. Applications can write on ${primary}.`,
    expect.stringMatching(/^Lost: nothing so far\./u),
    `Saved: ${String(rows.length)} rows that no server has any more (${rowRanges(rows)}), in the backup that ${savedBy} wrote: ${path}, position 1.`,
    expect.stringMatching(/^It took .+, from the start of the drill until the goal was seen\.$/u),
    expect.stringMatching(closed),
    expect.stringContaining("the practice world's own account"),
  ];
}
