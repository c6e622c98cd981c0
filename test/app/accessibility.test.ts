// axe on the main window and on every page of the wizard before Finish, in light, dark, more contrast and forced colors.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
  });
  afterAll(() => app.close());

  test("nothing serious or critical in the main window", async () => {
    await page
      .getByRole("treeitem", { name: /LINK_Adatum/ })
      .first()
      .waitFor(patience);
    expect(await graveFindings(page)).toEqual([]);
  });

  test.each([
    ["Sign in and subscription…", "Sign in to Azure", "Close"],
    ["Cloud and client id…", "Cloud and client id", "Cancel"],
  ])("nothing serious or critical in the window of Azure > %s", async (item, title, leave) => {
    await page.getByRole("button", { name: "Azure", exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.getByRole("textbox").waitFor(patience);
    expect(await graveFindings(page)).toEqual([]);
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
    expect(await graveFindings(page)).toEqual([]);
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
    expect(await graveFindings(page)).toEqual([]);
  });
});
