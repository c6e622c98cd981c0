// The page is loaded anew or its process dies in the middle of a run: the run goes on without it and is shown again where it is.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import { heading, outcome, runAtGate } from "./wizard-steps.ts";

/** World time; longer than the page is away, and passed by the clock's own hand at the end. */
const stallMs = 400_000;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp, host) => {
  let app: AppUnderTest;
  beforeAll(async () => {
    app = await openApp();
    await runAtGate(app);
  });
  afterAll(() => app.close());

  async function reload(): Promise<void> {
    const { page } = app;
    const loaded = page.waitForEvent("load");
    // The page that is asked goes away before it can answer.
    await page.evaluate("location.reload()").catch(() => undefined);
    await loaded;
  }

  async function killRenderer(): Promise<void> {
    const { page } = app;
    const crashed = page.waitForEvent("crash");
    // Chromium's own address for this; the navigation itself never ends well.
    void page.goto("chrome://crash").catch(() => undefined);
    await crashed;
    await expect.poll(() => app.page === page, patience).toBe(false);
  }

  /** Only the page as it came back knows nothing but what it is told. */
  async function shownRun(page: Page) {
    await heading(page, "Executing actions").waitFor(patience);
    const messages = page.getByRole("region", { name: "Statement and messages" });
    await messages.getByText(/^.*Run .* started by/).waitFor(patience);
    return {
      now: await page.getByRole("region", { name: "Now" }).locator("b").first().textContent(),
      steps: await page.getByRole("table", { name: "Steps" }).locator(".step-number").count(),
      messages: await messages.locator("p").allTextContents(),
    };
  }

  async function comesBack(interrupt: () => Promise<void>): Promise<void> {
    const before = await shownRun(app.page);
    await interrupt();
    const after = await shownRun(app.page);
    expect({ ...after, messages: after.messages.slice(0, before.messages.length) }).toEqual(before);
  }

  const ways: readonly (readonly [string, () => Promise<void>])[] = [
    ["is loaded anew", reload],
    // Electron's driver gives no way to kill the page alone; its host's answer has a test of its own.
    ...(host === "chromium" ? ([["dies", killRenderer]] as const) : []),
  ];

  test.each(ways)("a page that %s shows the run waiting at its gate", async (_way, interrupt) => {
    await comesBack(interrupt);
    await app.page
      .getByText(/still writing on SQLBOX01/)
      .first()
      .waitFor(patience);
    expect(outcome(app)).toMatchObject({ primaries: ["box"], sent: [] });
  });

  test("the gate opens and FAILOVER is sent", async () => {
    app.estate.control({ do: "fault", fault: { kind: "roleChangeStalls", ms: stallMs } });
    app.estate.world.setWorkload(false);
    await app.page.getByText("Step 2 of 4: ").waitFor(patience);
    await expect.poll(() => app.estate.world.state.failover?.phase, patience).toBe("resolving");
  });

  test.each(ways)("a page that %s shows the FAILOVER in flight", async (_way, interrupt) => {
    await comesBack(interrupt);
    expect(outcome(app)).toMatchObject({ primaries: [], failovers: [] });
  });

  test("the run ends in Results, and FAILOVER was sent once", async () => {
    app.estate.world.advance(stallMs);
    await heading(app.page, "Results").waitFor(patience);
    await app.page
      .getByText(/is primary and accepts writes/)
      .first()
      .waitFor(patience);
    expect(outcome(app)).toEqual({
      primaries: ["instance"],
      hasEveryRow: true,
      failovers: ["done to instance"],
      sent: ["1 x FAILOVER", expect.stringMatching(/^1 x MODIFY REPLICA/)],
    });
  });

  test.each(ways)(
    "a page that %s shows the Results of a run it has not seen",
    async (_way, interrupt) => {
      await interrupt();
      await heading(app.page, "Results").waitFor(patience);
    },
  );

  test("and once they are closed, a page that is loaded anew shows the link alone", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await reload();
    await page
      .getByRole("treeitem", { name: /LINK_Adatum.*Secondary/ })
      .first()
      .waitFor(patience);
    expect(await heading(page, "Results").count()).toBe(0);
  });
});
