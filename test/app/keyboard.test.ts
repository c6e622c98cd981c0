// The main job in the window by keyboard alone, started from the instance's side. The world is asked, not the screen.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { expectFailedOver } from "./failed-over.ts";
import type { Keyboard } from "./keyboard.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let keys: Keyboard;
  beforeAll(async () => {
    app = await openApp();
    // Where the path window begins, on hosts without one of the system.
    vi.stubEnv("HOME", app.dataDir);
    vi.stubEnv("USERPROFILE", app.dataDir);
    page = app.page;
    keys = keyboardOf(page);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await app.close();
  });

  const linkOf = (role: "Primary" | "Secondary") =>
    page.getByRole("treeitem", { name: `LINK_Adatum (Distributed) ${role}` });

  test("F6 walks the panes, F7 goes to the document and Alt+F8 to the tree", async () => {
    await linkOf("Secondary").waitFor(patience);
    expect(await keys.focus()).toBe("nothing");
    await keys.press("F6", /^button "Connect"/u);
    await keys.press("F6", /^treeitem "Links/u);
    await keys.press("F6", /^main/u);
    await keys.press("Shift+F6", /^treeitem "Links/u);
    await keys.press("F7", /^main/u);
    await keys.press("Alt+F8", /^treeitem "Links/u);
  });

  test("letters, arrows, Home and End walk the tree to the instance's link", async () => {
    await keys.press("End", /^treeitem "AG_Adatum_MI/u);
    await keys.press("Home", /^treeitem "Links.*\[expanded\]/u);
    await keys.press("s", /^treeitem "SQLBOX01.*\[expanded\]/u);
    await keys.press("s", /^treeitem "sqlmi1.*\[expanded\]/u);
    await keys.press("ArrowLeft", /^treeitem "sqlmi1(?!.*\[expanded\])/u);
    await keys.press("ArrowRight", /^treeitem "sqlmi1.*\[expanded\]/u);
    await keys.press(
      ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"],
      /^treeitem "LINK_Adatum \(Distributed\) Secondary"/u,
    );
  });

  test("Shift+F10 opens the link's menu, Esc closes it, and Failover… opens the wizard", async () => {
    await keys.press("Shift+F10", /^menuitem "Azure SQL Managed Instance link"/u);
    await keys.press("ArrowRight", /^menuitem "Failover…"/u);
    await keys.press("Escape", /^menuitem "Azure SQL Managed Instance link"/u);
    await keys.press("Escape", /^treeitem "LINK_Adatum/u);
    await keys.press("Shift+F10", /^menuitem "Azure SQL Managed Instance link"/u);
    await keys.press("ArrowRight", /^menuitem "Failover…"/u);
    await keys.press("Enter", /^heading "Introduction"/u);
  });

  test("the keys of the shell leave the focus in the wizard, and Esc leaves it untouched", async () => {
    for (const key of ["F6", "Shift+F6", "F7", "Alt+F8"]) {
      await keys.press(key, /^heading "Introduction"/u);
    }
    await keys.press("Escape", /^treeitem "LINK_Adatum/u);
    await keys.press("Shift+F10", /^menuitem "Azure SQL Managed Instance link"/u);
    await keys.press(["ArrowRight", "Enter"], /^heading "Introduction"/u);
  });

  test("Alt+N and Alt+P turn the page, Enter goes forward, Space ticks, and Tab ends at Cancel", async () => {
    await keys.press("Alt+n", /^heading "Choose Failover Type"/u);
    await keys.press("Alt+p", /^heading "Introduction"/u);
    await keys.press("Enter", /^heading "Choose Failover Type"/u);
    await keys.press("Tab", /^radio "Planned manual failover" \[checked\]/u);
    await keys.press("Tab", /^checkbox "I have stopped the workload"(?!.*checked)/u);
    await keys.press("Space", /^checkbox "I have stopped the workload".*\[checked\]/u);
    await keys.press("Tab", /^button "< Previous"/u);
    await keys.press("Tab", /^button "Next >"/u);
    await keys.press("Tab", /^button "Cancel"/u);
    await keys.press("Alt+n", /^heading "Sign in to Azure and Remote Instance"/u);
    await keys.press("Tab", /^textbox "Tenant/u);
    await keys.tabTo(/^button "Next >"/u);
    await keys.press("Enter", /^heading "Failover Readiness Assessment"/u);
  });

  test("F5 runs the checks again, and Enter on a tick goes forward", async () => {
    const next = page.getByRole("button", { name: "Next >" });
    for (const on of [true, false]) {
      await expect.poll(() => next.isEnabled(), patience).toBe(on);
      app.estate.control({ do: "fault", fault: { kind: "suspended", server: "instance", on } });
      await keys.press("F5", /^heading "Failover Readiness Assessment"/u);
    }
    await expect.poll(() => next.isEnabled(), patience).toBe(true);
    await keys.press("Tab", /^button "Run all again"/u);
    await keys.press("Alt+n", /^heading "Post-Failover Operations"/u);
    await keys.press("Tab", /^checkbox "Enable SQL Server to allow connections/u);
    await keys.press("Enter", /^heading "Summary"/u);
  });

  test("the plan's rows are walked by arrows, opened by Space, and Ctrl+S shows the script", async () => {
    await page.getByRole("row", { name: /Perform planned failover/u }).waitFor(patience);
    await keys.tabTo(/^row "1 Wait until/u);
    await keys.press("ArrowDown", /^row "2 /u);
    await keys.press("ArrowUp", /^row "1 /u);
    await keys.press("Space", /^row "1 .*\[expanded\]/u);
    await keys.press("ArrowLeft", /^row "1 (?!.*\[expanded\])/u);
    await keys.press("Control+s", /^button "Close"/u);
    await page.getByRole("dialog", { name: "Scripts" }).waitFor(patience);
    await keys.press("Escape", /^row "1 /u);
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  test("Esc asks once a plan is made, and Esc again stays", async () => {
    await keys.press("Escape", /^button "Stay"/u);
    await keys.press("Escape", /^row "1 /u);
    await page.getByRole("heading", { name: "Summary", exact: true }).waitFor(patience);
  });

  test("Finish pressed twice runs once, Esc does not leave a run, and nothing is lost", async () => {
    await keys.tabTo(/^button "Finish"/u);
    await keys.press(["Enter", "Enter"], /^heading "Executing actions"/u);
    await page.keyboard.press("Escape");
    await page
      .getByText(/still writing on SQLBOX01/u)
      .first()
      .waitFor(patience);
    await keys.tabTo(/^button "Stop/u);
    app.estate.world.setWorkload(false);
    await expect.poll(() => keys.focus(), patience).toMatch(/^heading "Results"/u);
    expectFailedOver(app.estate.world);
  });

  test("Ctrl+S saves the report, and says where", async () => {
    await page.keyboard.press("Control+s");
    const saved = page.getByRole("dialog", { name: "Saved" });
    const path = page.getByRole("dialog", { name: "Save as" });
    await saved.or(path).waitFor(patience);
    if (await path.isVisible()) {
      await expect.poll(() => keys.focus(), patience).toMatch(/^textbox "File name"/u);
      await page.keyboard.press("Enter");
    }
    await saved.waitFor(patience);
    const file = (await saved.getByRole("paragraph").textContent()) ?? "";
    expect(readFileSync(file, "utf8")).toContain("PRACTICE");
    await keys.press("Enter", /^heading "Results"/u);
  });

  test("Enter closes the wizard, and the tree shows the roles swapped by itself", async () => {
    await keys.press("Enter", /^treeitem "LINK_Adatum/u);
    await linkOf("Primary").waitFor(patience);
    await keys.press("Home", /^treeitem "Links/u);
    await linkOf("Secondary").waitFor(patience);
    expect(await page.getByRole("treeitem", { name: /^Adatum \(Synchroni/u }).count()).toBe(2);
  });
});
