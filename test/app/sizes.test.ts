// The main pages in the smallest window and at 200 %, with names as long as they get: nothing hangs out of the page, and every button is reached.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost, openInChromium } from "./app-under-test.ts";
import { longNames } from "./long-names.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";
import { heading } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const zoomOf = (page: Page) => page.evaluate<number>("document.documentElement.currentCSSZoom");

/** Runs in the page: what stands wider than it does, by its class; the document and each pane over it. */
const hangingOut = `[...document.querySelectorAll("html, body, .shell, .work-area, .document, .wizard, .wizard-page, .app-dialog-content, .app-dialog-actions, .wizard-foot, .command-bar, .menu-bar")]
  .filter((pane) => pane.scrollWidth > pane.clientWidth + 1)
  .map((pane) => pane.className || pane.tagName)`;

describe("in a Chromium window whose size the spec sets", () => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openInChromium({ scenario: longNames, speed: 10 });
    page = app.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.getByRole("treeitem", { name: /^managed-instance/u }).waitFor(patience);
  });
  afterAll(() => app.close());

  /** Scrolled into view it lies inside the window, and nothing lies over its middle. */
  const isReached = async (button: Locator) => {
    // A trial goes through everything a click would, and clicks nothing.
    if (await button.isEnabled()) await button.click({ trial: true, timeout: 10_000 });
    else await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    const { innerWidth, innerHeight } = await page.evaluate<{
      readonly innerWidth: number;
      readonly innerHeight: number;
    }>("({ innerWidth, innerHeight })");
    const name = await button.innerText();
    expect(box, name).not.toBeNull();
    if (box === null) return;
    expect(
      [box.x, box.y].every((edge) => edge >= 0),
      `${name} begins inside`,
    ).toBe(true);
    expect(box.x + box.width, `right end of ${name}`).toBeLessThanOrEqual(innerWidth + 1);
    expect(box.y + box.height, `lower end of ${name}`).toBeLessThanOrEqual(innerHeight + 1);
  };
  const looksWhole = async (buttons: Locator) => {
    for (const { size, zoom } of sizes) {
      await page.setViewportSize(size);
      await page.evaluate(`document.documentElement.style.zoom = "${String(zoom)}"`);
      expect(await page.evaluate(hangingOut), `wider than the page at ${String(zoom)}`).toEqual([]);
      for (const button of await buttons.all()) await isReached(button);
    }
    await page.evaluate('document.documentElement.style.zoom = "1"');
  };
  const sizes = [
    { size: { width: 1024, height: 640 }, zoom: 1 },
    { size: { width: 1280, height: 800 }, zoom: 1.25 },
    { size: { width: 1280, height: 800 }, zoom: 2 },
  ] as const;

  test("the main window: its menus and its command bar", async () => {
    await page
      .getByRole("treeitem", { name: /^LINK_/u })
      .first()
      .click(patience);
    await looksWhole(page.locator(".menu-bar button, .command-bar button"));
  });

  test("both sides of the link keep their names and values readable: cut text has its whole in a tooltip", async () => {
    await page.setViewportSize({ width: 1024, height: 640 });
    const cells = page.locator(".mirror tbody td:not(.mirror-age) span[title], .mirror-server");
    expect(await cells.count()).toBeGreaterThan(10);
    // All of one moment, since the values move.
    const cut = await cells.evaluateAll((all) =>
      all
        .map((cell) => {
          const { title, innerText } = cell as unknown as Readonly<Record<string, string>>;
          return { title: title ?? "", words: (innerText ?? "").trim() };
        })
        .filter(({ title, words }) => !title.includes(words)),
    );
    expect(cut).toEqual([]);
  });

  test("a menu opens below its name at 200 %", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate('document.documentElement.style.zoom = "2"');
    const name = page.getByRole("button", { name: "Link", exact: true });
    await name.click(patience);
    const away = async () => {
      const [above, menu] = [await name.boundingBox(), await page.getByRole("menu").boundingBox()];
      if (above === null || menu === null) return "nowhere";
      const [right, down] = [menu.x - above.x, menu.y - above.y - above.height];
      return Math.abs(right) < 24 && Math.abs(down) < 24 ? "below" : `${right} ${down}`;
    };
    await expect.poll(away, { timeout: 5_000 }).toBe("below");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached", ...patience });
  });

  test("the menu of a row opens at the pointer at 200 %", async () => {
    const row = page.getByRole("treeitem", { name: /^LINK_/u }).first();
    const at = await row.boundingBox();
    await row.click({ button: "right", position: { x: 60, y: 10 } });
    const menu = page.getByRole("menu");
    const away = async () => {
      const box = await menu.boundingBox();
      if (box === null || at === null) return "nowhere";
      const [right, down] = [box.x - at.x - 60, box.y - at.y - 10];
      return Math.abs(right) < 24 && Math.abs(down) < 24 ? "there" : `${right} ${down}`;
    };
    await expect.poll(away, { timeout: 5_000 }).toBe("there");
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached", ...patience });
    await page.evaluate('document.documentElement.style.zoom = "1"');
  });

  test.each([
    ["File", "Connect…", "Connect to server"],
    ["Azure", "Sign in and subscription…", "Sign in to Azure"],
    ["Link", "Readiness…", "Readiness"],
  ])("the window of %s > %s", async (menu, item, title) => {
    await page.getByRole("button", { name: menu, exact: true }).click(patience);
    await page.getByRole("menuitem", { name: item }).click(patience);
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.getByRole("button").first().waitFor(patience);
    await looksWhole(dialog.locator(".app-dialog-actions button"));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached", ...patience });
  });

  const foot = () => page.locator(".wizard-foot button");

  test("every page of the wizard before Finish", async () => {
    await page.getByRole("button", { name: "Failover…" }).click(patience);
    const wizard = wizardByMouse(page);
    await wizard.at("Introduction");
    await looksWhole(foot());
    for (const name of [typePage, signInPage, readinessPage, operationsPage, summaryPage]) {
      await wizard.to(name);
      await looksWhole(foot());
    }
  });

  test("Summary says its steps in whole words", async () => {
    await page.setViewportSize({ width: 1024, height: 640 });
    const step = page
      .getByRole("row", { name: /Perform planned failover/u })
      .locator("td")
      .first();
    await step.waitFor(patience);
    expect((await step.boundingBox())?.width ?? 0).toBeGreaterThan(120);
  });

  test("a run and its Results", async () => {
    await page.getByRole("button", { name: "Finish" }).click(patience);
    await heading(page, "Executing actions").waitFor(patience);
    await page
      .getByText(/still writing on/u)
      .first()
      .waitFor(patience);
    await looksWhole(foot());
    app.estate.world.setWorkload(false);
    await heading(page, "Results").waitFor(patience);
    await looksWhole(foot());
  });
});

onEachHost((openApp) => {
  test("the size is changed by keys and by the menu View, and the next start has it again", async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "mi-link-zoom-"));
    const first = await openApp({ dataDir, connect: true });
    try {
      const { page } = first;
      await page.getByRole("button", { name: "View", exact: true }).waitFor(patience);
      await page.keyboard.press("Control+Equal");
      await expect.poll(() => zoomOf(page), patience).toBeCloseTo(1.1);
      await page.keyboard.press("Control+Minus");
      await page.keyboard.press("Control+Minus");
      await expect.poll(() => zoomOf(page), patience).toBeCloseTo(0.9);
      await page.keyboard.press("Control+0");
      await expect.poll(() => zoomOf(page), patience).toBe(1);
      for (const percent of [1.1, 1.25]) {
        await page.getByRole("button", { name: "View", exact: true }).click(patience);
        await page.getByRole("menuitem", { name: /^Larger/u }).click(patience);
        await expect.poll(() => zoomOf(page), patience).toBeCloseTo(percent);
      }
    } finally {
      await first.close();
    }
    const second = await openApp({ dataDir, connect: true });
    try {
      await expect.poll(() => zoomOf(second.page), patience).toBeCloseTo(1.25);
    } finally {
      await second.close();
    }
  });
});
