// Stop, before and after the FAILOVER has begun; and a Finish that is refused because the world has moved on since Summary.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Fault } from "../../practice/world/world.ts";
import type { Api } from "../../shared/ipc.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import { finishRightAfter, heading, outcome, runAtGate, toSummary } from "./wizard-steps.ts";

const untouched = { primaries: ["box"], failovers: [], sent: [] };
/** World time; longer than it takes to press Stop, and passed by the clock's own hand afterwards. */
const stallMs = 400_000;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;

  function openOnce(): void {
    beforeAll(async () => {
      app = await openApp();
      page = app.page;
    });
    afterAll(() => app.close());
  }

  const fault = (given: Fault) => app.estate.control({ do: "fault", fault: given });

  describe("Stop", () => {
    openOnce();
    const stopping = () => page.getByRole("region", { name: "If you stop" });

    async function stepsInResults(): Promise<readonly string[]> {
      await heading(page, "Results").waitFor(patience);
      await page
        .getByText(/^Stopped\. /)
        .first()
        .waitFor(patience);
      const steps = page.getByRole("table", { name: "Steps" });
      return steps.locator("tbody tr:not(.no-return) td:first-child").allTextContents();
    }

    test("is the only way to another run: a second start is refused while one is in flight", async () => {
      await runAtGate(app);
      const answer = await page.evaluate(async () => {
        // What the page has, whatever its buttons allow.
        const { api } = globalThis as unknown as { readonly api: Api };
        const run = await api.invoke("run.follow", { afterSequence: 0 });
        const started = run.ok ? run.value.events[0] : undefined;
        const planHash = started?.kind === "runStarted" ? started.planHash : "";
        return api.invoke("run.start", { planHash });
      });
      expect(answer).toMatchObject({ ok: false, error: { code: "runInFlight" } });
    });

    test("at the gate ends the run at once with nothing changed", async () => {
      await stopping().getByText("Nothing has been changed that stays changed.").waitFor(patience);
      await page.getByRole("button", { name: "Stop now" }).click();
      expect(await stepsInResults()).toEqual([
        "Stopped",
        ...["Not started", "Not started", "Not started"],
      ]);
      expect(outcome(app)).toMatchObject(untouched);
      await page.getByRole("button", { name: "Close", exact: true }).click();
    });

    test("after the FAILOVER has begun says that it does not call it back, and ends the run when it is proved", async () => {
      await runAtGate(app);
      fault({ kind: "roleChangeStalls", ms: stallMs });
      app.estate.world.setWorkload(false);
      await expect.poll(() => app.estate.world.state.failover?.phase, patience).toBe("resolving");
      await stopping().getByText("Stop does not call back step 2.").waitFor(patience);
      await stopping()
        .getByText(
          "SQLBOX01 already works on it and will finish it. The run ends after step 3, when it is proved which side is primary.",
        )
        .waitFor(patience);
      await page.getByRole("button", { name: "Stop after step 3" }).click();
      await stopping().getByText("Stop was asked for.").waitFor(patience);
      app.estate.world.advance(stallMs);
      expect(await stepsInResults()).toEqual(["Success", "Success", "Success", "Not started"]);
      expect(outcome(app)).toEqual({
        primaries: ["instance"],
        hasEveryRow: true,
        failovers: ["done to instance"],
        sent: ["1 x FAILOVER"],
      });
    });
  });

  describe("Finish is refused with nothing sent", () => {
    openOnce();

    async function refused(change: () => void, because: string): Promise<void> {
      await finishRightAfter(page, change);
      await page
        .getByText(`The plan no longer fits: ${because} Nothing was sent.`)
        .first()
        .waitFor(patience);
      expect(await page.getByRole("button", { name: "Finish" }).isDisabled()).toBe(true);
      expect(outcome(app)).toMatchObject({ sent: [] });
      await page.getByRole("button", { name: "Look at the new plan" }).click();
    }

    test("when a right was taken since Summary, and can be given again there", async () => {
      await toSummary(page);
      const right = { server: "box", permission: "ALTER ANY AVAILABILITY GROUP" } as const;
      await refused(() => {
        fault({ kind: "permissionTaken", ...right, on: true });
      }, "practice_dba has no ALTER ANY AVAILABILITY GROUP on SQLBOX01. Needed to change the availability groups.");
      await page.getByText(/^Finish is closed: Permissions failed on SQLBOX01/).waitFor(patience);
      fault({ kind: "permissionTaken", ...right, on: false });
      await page.keyboard.press("F5");
      await page.getByText(/^Plan .* Finish runs exactly these steps/).waitFor(patience);
    });

    test("when the server was updated since Summary, and the new plan can be run", async () => {
      const { box } = app.estate.world.state;
      const before = box.productVersion;
      await refused(() => {
        // The world has no fault for an update; its state is what the next reading shows.
        Object.assign(box, { productVersion: "16.0.4205.1" });
      }, `SQLBOX01 was version ${before} when it was approved and is version 16.0.4205.1 now.`);
      await page.getByText(/^Plan .* Finish runs exactly these steps/).waitFor(patience);
    });

    test("when the roles have moved since Summary", async () => {
      await refused(() => {
        fault({ kind: "rolesMoved" });
        app.estate.world.advance(60_000);
      }, "SQLBOX01 was PRIMARY when it was approved and is SECONDARY now.");
      await page
        .getByText(
          /^Finish is closed: the roles have moved, sqlmi1 is primary now\. Go back to Choose/,
        )
        .waitFor(patience);
      expect(outcome(app)).toMatchObject({ primaries: ["instance"], sent: [] });
    });
  });
});
