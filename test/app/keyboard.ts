// The window as hands on the keyboard know it: where the focus stands, and keys pressed until it stands elsewhere.
import type { Page } from "playwright-core";
import { errors } from "playwright-core";
import { expect } from "vitest";

/** A ring of our own, or one of Fluent's controls, which draw theirs once keys are used. */
const isRinged = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isFluent = /(^| )fui-/.test(document.activeElement.className);
  return isFluent
    ? document.activeElement.hasAttribute("data-fui-focus-visible")
    : outlineStyle !== "none" && outlineWidth !== "0px";
})()`;

export interface Keyboard {
  /** Role and name of what has the focus; `nothing` where the page itself has it. */
  readonly focus: () => Promise<string>;
  /** Presses the keys one after the other, then waits until the focus is seen to stand there. */
  readonly press: (keys: string | readonly string[], expected: RegExp) => Promise<void>;
  /** Presses Tab until the focus stands there; fails when it has been everywhere. */
  readonly tabTo: (wanted: RegExp) => Promise<void>;
}

/** More stops than any page of the window has. */
const mostStops = 40;

export function keyboardOf(page: Page): Keyboard {
  const focused = page.locator(":focus");
  const focus = async (): Promise<string> => {
    if ((await focused.count()) === 0) return "nothing";
    // It may leave the page between the two questions.
    const told = await focused.ariaSnapshot({ timeout: 2_000 }).catch((error: unknown) => {
      if (error instanceof errors.TimeoutError) return "nothing";
      throw error;
    });
    const [first = ""] = told.split("\n");
    return first.replace(/^- '?/u, "");
  };
  const standsOn = async (expected: RegExp): Promise<void> => {
    await expect.poll(focus, { timeout: 60_000 }).toMatch(expected);
    expect(await page.evaluate(isRinged), `a ring around ${await focus()}`).toBe(true);
  };
  return {
    focus,
    async press(keys, expected) {
      for (const key of [keys].flat()) await page.keyboard.press(key);
      await standsOn(expected);
    },
    async tabTo(wanted) {
      for (let stop = 0; stop < mostStops && !wanted.test(await focus()); stop += 1) {
        await page.keyboard.press("Tab");
      }
      await standsOn(wanted);
    },
  };
}
