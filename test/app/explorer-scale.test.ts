// Hundreds of databases and links on each server, walked by keys alone: what has the focus, and what is read aloud of it.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { crowded } from "../../practice/scenarios/many-databases.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import type { Keyboard } from "./keyboard.ts";
import { keyboardOf } from "./keyboard.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** The estate answers for both servers in the test's own process. */
const read = { timeout: 60_000 };
/** Many times what a window shows at once; more would only keep the estate busy, and `npm run bench` has the 5,000. */
const counts = { databaseCount: 600, linkCount: 60 };

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let keys: Keyboard;
  beforeAll(async () => {
    app = await openApp({ scenario: crowded("crowded", counts) });
    page = app.page;
    keys = keyboardOf(page);
    // Both servers have answered.
    await page.locator("[role=treeitem][aria-level='1'][aria-setsize='3']").first().waitFor(read);
  });
  afterAll(() => app.close());

  /** Level, position and size of the set, as the row with the focus tells them. */
  const place = async () => {
    const row = page.locator(":focus");
    const told = ["aria-level", "aria-posinset", "aria-setsize"].map(async (name) =>
      Number(await row.getAttribute(name)),
    );
    return Promise.all(told);
  };
  const isSeen = () =>
    page.evaluate(`(() => {
      const row = document.activeElement.getBoundingClientRect();
      const list = document.querySelector(".explorer-tree").getBoundingClientRect();
      return row.top >= list.top && row.bottom <= list.bottom;
    })()`);

  /** Letters make one word while none waits a second for the next; this process also answers for both servers, and may let one wait. */
  const typeUntil = (word: string, row: RegExp) =>
    expect
      .poll(
        async () => {
          // None waits for what another one did, as under a hand.
          await Promise.all(Array.from(word, (letter) => page.keyboard.press(letter)));
          return keys.focus();
        },
        { ...read, interval: 1_500 },
      )
      .toMatch(row);

  test("a screenful of rows is drawn, and every row says where it stands among all", async () => {
    await keys.press("Alt+F8", /^treeitem "Links.*\[expanded\]/u);
    expect(await place()).toEqual([1, 1, 3]);
    const drawn = await page.getByRole("treeitem").count();
    expect(drawn).toBeGreaterThan(20);
    expect(drawn).toBeLessThan(100);
    await keys.press("ArrowDown", /^treeitem "LINK_/u);
    expect(await place()).toEqual([2, 1, 65]);
  });

  test("Page Down, Page Up, End and Home pass hundreds of rows, and the row is always in view", async () => {
    await keys.press("PageDown", /^treeitem "LINK_/u);
    const [, after = 0] = await place();
    expect(after).toBeGreaterThan(10);
    expect(await isSeen()).toBe(true);
    await keys.press("PageUp", /^treeitem "LINK_/u);
    expect(await place()).toEqual([2, 1, 65]);
    await keys.press("End", /^treeitem/u);
    expect(await isSeen()).toBe(true);
    await keys.press("Home", /^treeitem "Links.*\[expanded\]/u);
    expect(await isSeen()).toBe(true);
  });

  test("letters find one of 1,200 databases, and its row tells its place among its server's 600", async () => {
    await keys.press(["ArrowLeft"], /^treeitem "Links(?!.*\[expanded\])/u);
    await typeUntil("sqlbox01", /^treeitem "SQLBOX01/u);
    await keys.press("ArrowRight", /^treeitem "Databases"/u);
    expect(await place()).toEqual([2, 1, 2]);
    await keys.press("ArrowDown", /^treeitem "Adatum/u);
    expect((await place()).slice(0, 1).concat((await place()).slice(2))).toEqual([3, 600]);
    await typeUntil("wss", /^treeitem "WSS_Content_/u);
    expect((await place())[2]).toBe(600);
    expect(await isSeen()).toBe(true);
  });

  test("the focus stays on its row while the wheel takes it out of view, and while all is read again", async () => {
    const before = await keys.focus();
    await page.locator(".explorer-tree").hover();
    await page.mouse.wheel(0, -500_000);
    const scrolled = () => page.evaluate(`document.querySelector(".explorer-tree").scrollTop`);
    await expect.poll(scrolled).toBe(0);
    expect(await keys.focus()).toBe(before);
    const statements = () => app.estate.world.state.statements.length;
    const asked = statements();
    await page.keyboard.press("F5");
    await expect.poll(statements, read).toBeGreaterThan(asked + 7);
    expect(await keys.focus()).toBe(before);
    await keys.press("ArrowDown", /^treeitem/u);
    expect(await isSeen()).toBe(true);
  });

  test("the rows stay and tell their age while a server that fell silent is read again", async () => {
    const silence = (on: boolean) => {
      app.estate.control({ do: "fault", fault: { kind: "blackhole", server: "instance", on } });
    };
    const rows = await page.getByRole("treeitem").count();
    const age = page.locator(".explorer-age");
    await expect.poll(() => age.innerText(), read).toMatch(/^Read [\d.]+ s ago$/u);
    silence(true);
    await expect
      .poll(() => age.innerText(), read)
      .toMatch(/^Reading again; these rows are \d+ s old$/u);
    expect(await page.getByRole("treeitem").count()).toBe(rows);
    silence(false);
    await expect.poll(() => age.innerText(), read).toMatch(/^Read [0-5](\.\d)? s ago$/u);
  });

  test("nothing that was looked at was changed", () => {
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });
});
