// Every entry of every menu by keyboard alone: its window holds the focus, names itself and gives the focus back; axe looks at those that no other spec looks at.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import type { Keyboard } from "./keyboard.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

/** What a window is called, by its entry. An entry that ends in three dots opens one. */
const windows: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  File: { "Connect…": /^Connect/u },
  Connection: { "Connect…": /^Connect/u },
  Link: {
    "Failover…": /^Failover between/u,
    "Readiness…": /^Readiness/u,
    "Hybrid failover benefit…": /^Hybrid failover benefit/u,
    "Clean up after a link…": /^Clean up/u,
  },
  Azure: {
    "Sign in and subscription…": /^Sign in to Azure/u,
    "Cloud and client id…": /^Cloud/u,
    "Network test…": /^Network test/u,
  },
  Help: {
    "Explain this page": /^Help/u,
    "Log…": /Log/u,
    "Support bundle…": /^Support bundle/u,
    About: /^About/u,
  },
};
/** Entries that open nothing, or act on servers at once; those of a server have its name in them. */
const others = [
  "Exit",
  "Object Explorer",
  "Link document",
  "Refresh",
  "Larger",
  "Smaller",
  /^Actual size/u,
  /^Turn notifications/u,
  /^Disconnect /u,
];
const menus = ["File", "View", "Connection", "Link", "Azure", "Help"];
/** Windows that axe looks at here; at the others it looks where their own specs fill them. */
const unseenElsewhere = ["Hybrid failover benefit…", "Cloud and client id…"];
/** More stops than any of these windows has. */
const mostStops = 60;

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let keys: Keyboard;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    keys = keyboardOf(page);
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  });
  afterAll(() => app.close());

  const openMenu = async (name: string) => {
    await keys.tabTo(/^button "(File|View|Connection|Link|Practice|Azure|Help)"/u);
    for (let at = 0; at < 8 && !(await keys.focus()).startsWith(`button "${name}"`); at += 1) {
      await page.keyboard.press("ArrowRight");
    }
    await keys.press("Enter", /^menuitem /u);
  };
  const entries = async () => {
    const items = await page.getByRole("menuitem").all();
    const told = items.map(async (item) => ({
      name: (await item.locator(".fui-MenuItem__content").textContent()) ?? "",
      isEnabled: await item.isEnabled(),
    }));
    return Promise.all(told);
  };
  const choose = async (entry: string) => {
    for (let at = 0; at < 12 && !(await focusIs(entry)); at += 1) {
      await page.keyboard.press("ArrowDown");
    }
    expect(await focusIs(entry)).toBe(true);
    await page.keyboard.press("Enter");
  };
  const focusIs = async (entry: string) =>
    (await page.locator(":focus .fui-MenuItem__content").textContent()) === entry;
  const holdsFocus = () => page.locator("[role=dialog] :focus, [role=dialog]:focus").count();

  test("the link is selected, which Failover… needs", async () => {
    await keys.press("F6", /^button "Connect"/u);
    await keys.press("Alt+F8", /^treeitem "Links/u);
    await keys.press("ArrowDown", /^treeitem "LINK_Adatum/u);
  });

  test("every entry that can be pressed is one that is walked here", async () => {
    for (const menu of menus) {
      await openMenu(menu);
      const known = Object.keys(windows[menu] ?? {});
      const names = (await entries()).filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
      const unknown = names.filter(
        (name) =>
          !known.includes(name) &&
          !others.some((one) => (typeof one === "string" ? one === name : one.test(name))),
      );
      expect([menu, unknown]).toEqual([menu, []]);
      expect([menu, known.filter((name) => !names.includes(name))]).toEqual([menu, []]);
      await keys.press("Escape", new RegExp(`^button "${menu}"`, "u"));
    }
  });

  describe.each(Object.entries(windows))("the menu %s", (menu, ofMenu) => {
    test.each(Object.entries(ofMenu))("%s", async (entry, title) => {
      await openMenu(menu);
      await choose(entry);
      const dialog = page.getByRole("dialog", { name: title });
      await dialog.waitFor(patience);
      await expect.poll(holdsFocus, patience).toBe(1);
      if (unseenElsewhere.includes(entry)) {
        expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      }
      // What has the focus at first, a heading, may be no stop of Tab.
      await page.keyboard.press("Tab");
      await page.evaluate("document.activeElement.dataset.first = ''");
      const isFirst = () => page.locator("[data-first]:focus").count();
      for (let stop = 1; stop === 1 || (await isFirst()) === 0; stop += 1) {
        await page.keyboard.press("Tab");
        expect(await holdsFocus(), `the focus after ${String(stop)} more Tabs`).toBe(1);
        expect(stop, "Tabs until the first stop comes again").toBeLessThan(mostStops);
      }
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached", ...patience });
      await expect.poll(keys.focus, patience).toMatch(/^(treeitem|button|main)/u);
    });
  });

  test("nothing was changed on any server", () => {
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });
});
