// Runs that were left without an end: told before anything is connected, looked at afterwards, and in the way of a new one.
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createJournal } from "../../../electron/run/journal.ts";
import { createRunFolder } from "../../../electron/store/run-folder.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { fakeRunStarted } from "../../fakes/fake-run.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import {
  choicesFor,
  connectBoth,
  openInput,
  pairIn,
  practiceWindow,
} from "../../fakes/in-process-window.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

const runId = "20261121T200000Z-0a1b2c3d";
/** Above the greatest process id of Linux, Windows and macOS. */
const deadProcess = 2 ** 30;
const forced = {
  kind: "forcedFailover",
  linkName: "LINK_Adatum",
  to: "instance",
  failoverBy: "tsql",
  despite: ["alive"],
  reason: "Drill.",
} as const;
let estate: TimedEstate;
let window: InProcessWindow;

beforeAll(async () => {
  estate = await startTimedEstate({ scenario: "healthy" });
});
afterAll(() => estate.stop());
beforeEach(() => {
  window = practiceWindow(estate, { clock: estate.clock });
});
afterEach(() => window.services.end());

async function planned(): Promise<{ readonly plan: Plan; readonly hash: string }> {
  const { plan } = await window.ask("plan.make", {
    pair: await pairIn(window),
    choices: await choicesFor(window),
  });
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}

/** A run whose process died while it waited at the gate. */
function leave(plan: Plan): void {
  const { journalFile } = createRunFolder(window.dataDir, runId);
  const journal = createJournal(journalFile, estate.clock);
  const started = fakeRunStarted(plan);
  journal.append({ ...started, runId, toolHost: hostname(), processId: deadProcess });
  journal.append({ kind: "stepBegan", stepId: plan.steps[0]?.id ?? "" });
  journal.close();
}

describe("a run that was left", () => {
  test("is told at once, and looked at when both servers are connected", async () => {
    const other = practiceWindow(estate, { clock: estate.clock, dataDir: window.dataDir });
    await connectBoth(other, estate);
    const pair = await pairIn(other);
    const choices = await choicesFor(other);
    const { plan } = (await other.ask("plan.make", { pair, choices })).plan ?? {
      plan: undefined,
    };
    await other.services.end();
    if (plan === undefined) throw new Error("There is no plan.");
    leave(plan);
    expect(await window.ask("run.left", {})).toEqual([
      {
        runId,
        summary: `A run of ${plan.link.name} was left, and how it ended is not known.`,
        seen: [],
        toDo: [
          `Connect to ${plan.box.address} and ${plan.instance.address}: then it is looked at.`,
        ],
      },
    ]);
    await connectBoth(window, estate);
    const [looked, ...more] = await window.ask("run.left", {});
    expect([looked?.runId, looked?.seen.length, more]).toEqual([runId, 2, []]);
    // A page that comes back, or that asked twice, is told the same.
    expect(await window.ask("run.left", {})).toEqual([looked]);
    const { text } = await window.ask("report.text", { runId, format: "markdown" });
    expect(text).toContain("Looked at later");
  });

  test("is looked at once however often it is asked for at a time", async () => {
    await connectBoth(window, estate);
    const { plan } = await planned();
    leave(plan);
    const [one, other] = await Promise.all([
      window.ask("run.left", {}),
      window.ask("run.left", {}),
    ]);
    expect(one.map((left) => left.runId)).toEqual([runId]);
    expect(other).toEqual(one);
    const { text } = await window.ask("report.text", { runId, format: "markdown" });
    expect(text.match(/Looked at later/gu)).toHaveLength(1);
  });

  test("comes before a new run, which is then not started", async () => {
    await connectBoth(window, estate);
    const { plan, hash } = await planned();
    leave(plan);
    const answer = await window.invoke("run.start", { planHash: hash });
    expect(answer).toMatchObject({ ok: false, error: { code: "runLeftBehind" } });
    expect(await window.ask("run.follow", { afterSequence: 0 })).toMatchObject({ runId: null });
  });

  test("of a forced failover is looked at by the side that takes over alone", async () => {
    const instance = async () => openInput(window, estate, "instance");
    const connected = await window.ask("connection.open", await instance());
    const alive = window.next("target", ({ watch }) => watch?.wasConnected === true);
    const { linkName, to } = forced;
    const pair = await pairIn(window);
    await window.ask("target.watch", { pair, linkName, to });
    await alive;
    const { plan } = (await window.ask("plan.make", { pair, choices: forced })).plan ?? {};
    if (plan === undefined) throw new Error("There is no plan.");
    leave(plan);
    await window.ask("connection.close", { connectionId: connected.connectionId });
    const [told] = await window.ask("run.left", {});
    expect(told?.toDo).toEqual([`Connect to ${plan.instance.address}: then it is looked at.`]);
    await window.ask("connection.open", await instance());
    const [looked] = await window.ask("run.left", {});
    expect([looked?.runId, looked?.summary]).toEqual([
      runId,
      expect.stringContaining("The failover did not happen.") as string,
    ]);
  });

  test("whose journal is damaged is told as that", async () => {
    const folder = join(window.dataDir, "runs", runId);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "journal.jsonl"), "{}\n");
    const [left] = await window.ask("run.left", {});
    expect(left).toMatchObject({
      runId: "",
      summary: expect.stringContaining("cannot be read") as string,
    });
    expect(await window.invoke("report.text", { runId, format: "html" })).toMatchObject({
      error: { code: "journalDamaged" },
    });
  });
});
