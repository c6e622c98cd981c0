// Closing the window during a run: it asks; the step in flight ends, none is started; the next window tells of it first.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import { finish, heading, outcome, runAtGate, toSummary } from "./wizard-steps.ts";

/** World time; longer than the question is open, and passed by the clock's own hand afterwards. */
const stallMs = 400_000;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;

  function openOnce(): void {
    beforeAll(async () => {
      app = await openApp();
      page = app.page;
      await runAtGate(app);
    });
    afterAll(() => app.close());
  }

  const question = () => page.getByRole("alertdialog", { name: "A run is going on" });
  const interrupted = () => page.getByRole("region", { name: "Interrupted run" });

  /** As the cross of the window does. */
  const closeByHand = () => page.close({ runBeforeUnload: true });

  async function closeAndResumeLater(): Promise<void> {
    const leave = question().getByRole("button", { name: "Close and resume later" });
    const closed = page.waitForEvent("close");
    // The page may be gone before it could say that it was clicked.
    await Promise.any([closed, leave.click().then(() => closed)]);
  }

  /** On the same estate and the same data, when the window before has ended. */
  async function nextWindow(tells: string): Promise<void> {
    await app.closeWindow();
    app = await openApp({ estate: app.estate, dataDir: app.dataDir });
    page = app.page;
    await interrupted().getByText(tells).waitFor(patience);
  }

  describe("while the run waits at its gate", () => {
    openOnce();

    test("asks, and Keep running leaves everything as it was", async () => {
      await closeByHand();
      await question()
        .getByText("Step 1 is waiting. Closing the window ends the run there.")
        .waitFor(patience);
      await question().getByRole("button", { name: "Keep running" }).click();
      await question().waitFor({ state: "hidden", ...patience });
      await heading(page, "Executing actions").waitFor(patience);
    });

    test("asks also where File > Exit is chosen", async () => {
      // A modal window is open: what is not in it is there for the mouse alone.
      await page.getByText("File", { exact: true }).click();
      await page.getByText("Exit", { exact: true }).click();
      await question().waitFor(patience);
    });

    test("ends the run with nothing sent, and the next window tells of it first", async () => {
      await closeAndResumeLater();
      await nextWindow(
        "A run was interrupted at step 1 of 4: Wait until both sides hold the same log. The failover did not happen. SQLBOX01 is still primary.",
      );
      expect(outcome(app)).toMatchObject({ primaries: ["box"], sent: [] });
    });

    test("from where the failover is started again and runs to a good end", async () => {
      app.estate.world.setWorkload(false);
      await toSummary(page);
      await finish(page);
      await heading(page, "Results").waitFor(patience);
      await page.getByRole("button", { name: "Close", exact: true }).click();
      await interrupted().waitFor({ state: "detached", ...patience });
      expect(outcome(app)).toEqual({
        primaries: ["instance"],
        hasEveryRow: true,
        failovers: ["done to instance"],
        sent: ["1 x FAILOVER", expect.stringMatching(/^1 x MODIFY REPLICA/)],
      });
    });
  });

  describe("while the FAILOVER is in flight", () => {
    openOnce();

    test("asks with what will become of it, and the run ends when the roles are proved", async () => {
      app.estate.control({ do: "fault", fault: { kind: "roleChangeStalls", ms: stallMs } });
      app.estate.world.setWorkload(false);
      await expect.poll(() => app.estate.world.state.failover?.phase, patience).toBe("resolving");
      await closeByHand();
      await question()
        .getByText("Step 2 is running on SQLBOX01. Closing the window does not stop it.")
        .waitFor(patience);
      await closeAndResumeLater();
      app.estate.world.advance(stallMs);
      await nextWindow(
        "A run was interrupted after step 3 of 4: Verify the roles on both sides. The failover did happen. sqlmi1.a0b1c2d3e4f5.database.windows.net is primary.",
      );
      await interrupted()
        .getByText("Enable SQL Server to allow connections for Secondary role on SQLBOX01")
        .waitFor(patience);
      expect(outcome(app)).toEqual({
        primaries: ["instance"],
        hasEveryRow: true,
        failovers: ["done to instance"],
        sent: ["1 x FAILOVER"],
      });
    });
  });
});
