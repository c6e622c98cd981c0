// axe on every page of the wizard and on the main window, in light, dark and forced colors.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";

const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const looks = [
  { colorScheme: "light", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "none" },
  { colorScheme: "light", forcedColors: "active" },
] as const;

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    // Without motion a button has its last colour at once; in the middle of a transition axe sees a mixture.
    await page.emulateMedia({ reducedMotion: "reduce" });
  });
  afterAll(() => app.close());

  /** What axe finds serious or critical in the page as it stands; Fluent's focus sentinels are no content. */
  async function graveFindings(): Promise<readonly unknown[]> {
    const found = [];
    for (const look of looks) {
      await page.emulateMedia(look);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .exclude("[data-tabster-dummy]")
        .analyze();
      const grave = violations.filter(
        ({ impact }) => impact === "serious" || impact === "critical",
      );
      found.push(...grave.map(({ id, nodes }) => [look, id, nodes.map(({ html }) => html)]));
    }
    return found;
  }

  test("nothing serious or critical in the main window", async () => {
    await page
      .getByRole("treeitem", { name: /LINK_Adatum/ })
      .first()
      .waitFor(patience);
    expect(await graveFindings()).toEqual([]);
  });

  test.each([
    ["Sign in and subscription…", "Sign in to Azure", "Close"],
    ["Cloud and client id…", "Cloud and client id", "Cancel"],
  ])("nothing serious or critical in the window of Azure > %s", async (item, title, leave) => {
    await page.getByRole("button", { name: "Azure", exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.getByRole("textbox").waitFor(patience);
    expect(await graveFindings()).toEqual([]);
    await dialog.getByRole("button", { name: leave }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  test("nothing serious or critical on the Introduction", async () => {
    await page
      .getByRole("treeitem", { name: /LINK_Adatum/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Failover…" }).click();
    await page.getByRole("heading", { name: "Introduction", exact: true }).waitFor(patience);
    expect(await graveFindings()).toEqual([]);
  });

  test.each([
    "Choose Failover Type",
    "Sign in to Azure and Remote Instance",
    "Failover Readiness Assessment",
    "Post-Failover Operations",
    "Summary",
  ])("nothing serious or critical on %s", async (name) => {
    await page.getByRole("button", { name: "Next >" }).click(patience);
    await page.getByRole("heading", { name, exact: true }).waitFor(patience);
    expect(await graveFindings()).toEqual([]);
  });
});
