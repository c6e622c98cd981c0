// What axe finds serious or critical in the window as it stands, in light, dark, more contrast and forced colors.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export const looks = [
  { colorScheme: "light", contrast: "no-preference", forcedColors: "none" },
  { colorScheme: "dark", contrast: "no-preference", forcedColors: "none" },
  { colorScheme: "light", contrast: "more", forcedColors: "none" },
  { colorScheme: "light", contrast: "no-preference", forcedColors: "active" },
] as const;

/** Runs in the page. What had begun before motion was reduced comes to its end first; what turns for ever is no colour. */
const motionOver = `Promise.allSettled(
  document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished),
).then(() => undefined)`;

/** Empty where there is nothing. `within`: only what matches. Fluent's focus sentinels are no content. */
export async function graveFindings(page: Page, within?: string): Promise<readonly unknown[]> {
  const found = [];
  for (const look of looks) {
    // Without motion a button has its last colour at once; in the middle of a transition axe sees a mixture.
    await page.emulateMedia({ ...look, reducedMotion: "reduce" });
    await page.evaluate(motionOver);
    const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude("[data-tabster-dummy]");
    const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    found.push(...grave.map(({ id, nodes }) => [look, id, nodes.map(({ html }) => html)]));
  }
  return found;
}
