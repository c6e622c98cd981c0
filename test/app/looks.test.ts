// The window follows the system's looks while it stands open, and tells roles and results without any colour.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { themes } from "../../renderer/theme.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { looks } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });
const [light, dark, contrast, forced] = looks;

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  });
  afterAll(() => app.close());

  /** Of what matches, as it is drawn now. */
  const drawn = (what: Locator, property: string) =>
    what.first().evaluate((element, name) => {
      // What this function needs of the page; the room knows no DOM.
      const { getComputedStyle } = globalThis as unknown as {
        readonly getComputedStyle: (of: unknown) => Readonly<Record<string, string>>;
      };
      return getComputedStyle(element)[name];
    }, property);
  const ground = () => drawn(page.locator(".fui-FluentProvider"), "backgroundColor");

  test.each([
    ["light", light, themes.light],
    ["dark", dark, themes.dark],
    ["more contrast", contrast, themes.highContrast],
    ["light again", light, themes.light],
  ])("the open window turns %s with the system", async (_title, look, theme) => {
    await page.emulateMedia(look);
    await expect.poll(ground, patience).toBe(rgb(theme.colorNeutralBackground1));
  });

  test("under forced colours the primary is filled, the secondary is not, and each says its word beside a sign", async () => {
    await page.emulateMedia(forced);
    const primary = page.locator(".mirror .role-PRIMARY");
    const secondary = page.locator(".mirror .role-SECONDARY");
    await primary.waitFor(patience);
    expect(await drawn(primary, "backgroundColor")).not.toBe(
      await drawn(secondary, "backgroundColor"),
    );
    for (const [chip, word] of [
      [primary, "PRIMARY"],
      [secondary, "SECONDARY"],
    ] as const) {
      expect(await chip.innerText()).toContain(word);
      expect(await chip.locator("svg").count()).toBe(1);
    }
  });

  test("under forced colours the facts of both sides stand between lines", async () => {
    expect(await drawn(page.locator(".mirror tbody td"), "borderTopColor")).toBe("rgb(0, 0, 0)");
  });

  test("under forced colours the selected row of the tree is drawn apart from the others", async () => {
    const rows = page.getByRole("treeitem", { name: /^LINK_Adatum/u });
    await rows.first().click(patience);
    expect(await drawn(rows.first(), "backgroundColor")).not.toBe(
      await drawn(rows.last(), "backgroundColor"),
    );
  });

  test("under forced colours every check and every step says its result in words beside a sign", async () => {
    const wizard = wizardByMouse(page);
    await wizard.open("SQLBOX01");
    await wizard.to(typePage, signInPage, readinessPage);
    const results = page.getByRole("dialog").locator(".result");
    await results.first().waitFor(patience);
    // All of one moment: they are drawn anew with each reading.
    const told = await page.evaluate<readonly (readonly [number, boolean])[]>(
      `[...document.querySelectorAll("[role=dialog] .result")].map((result) =>
        [result.querySelectorAll("svg").length, result.innerText.trim() !== ""])`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.map(() => [1, true]));
    await wizard.to(operationsPage, summaryPage);
    await page.getByRole("row", { name: /Perform planned failover/u }).waitFor(patience);
    const marks = page.locator(".undo");
    expect(await marks.count()).toBeGreaterThan(0);
    for (const mark of await marks.all()) {
      expect(await mark.locator("svg").count()).toBe(1);
      expect((await mark.innerText()).trim()).not.toBe("");
    }
  });
});

/** `#rrggbb` as the browser spells it. */
function rgb(hex: string): string {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.join(", ")})`;
}
