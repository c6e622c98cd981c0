// The whole planned failover as a window asks for it, over real TDS; the world is asked what became of it.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { foldEvents } from "../../../shared/run/state.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { choicesFor, connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: TimedEstate;
let window: InProcessWindow;

beforeEach(async () => {
  estate = await startTimedEstate({ scenario: "healthy" });
  window = practiceWindow(estate, { clock: estate.clock });
});
afterEach(async () => {
  await window.services.end();
  await estate.stop();
});

async function approved(): Promise<string> {
  const { plan, findings } = await window.ask("plan.make", {
    pair: await pairIn(window),
    choices: await choicesFor(window),
  });
  expect(findings.filter((finding) => finding.blocks)).toEqual([]);
  if (plan === null) throw new Error("There is no plan.");
  return plan.hash;
}

function changing(): readonly string[] {
  return estate.world.state.statements
    .filter((one) => one.text.includes("ALTER AVAILABILITY GROUP"))
    .map((one) => `${one.server} ${one.outcome}`);
}

describe("a planned failover through the window's contract", { timeout: 120_000 }, () => {
  test("connects, checks, plans, runs, tells every event, and leaves a report", async () => {
    const facts = await connectBoth(window, estate);
    expect(facts).toMatchObject({
      box: { side: "box", environment: "practice", encrypted: true, login: "practice_dba" },
      instance: { side: "instance" },
    });
    const choices = await choicesFor(window);
    const checked = await window.ask("readiness.check", { pair: await pairIn(window), choices });
    expect(checked.findings.some((finding) => finding.check === "gate")).toBe(true);
    const planHash = await approved();
    expect(checked.plan?.hash).toBe(planHash);
    const scripts = await window.ask("plan.scripts", { planHash });
    expect(scripts.map(({ server, text }) => [server, text.includes("PRACTICE.")])).toEqual([
      [facts.box.serverName, true],
      [facts.instance.serverName, true],
      ["a computer that reaches both servers", true],
      ["a computer that reaches both servers", true],
    ]);

    const ended = window.next("run.event", (event) => event.kind === "runEnded");
    estate.world.setWorkload(false);
    const { runId } = await window.ask("run.start", { planHash });
    expect(await ended).toEqual(
      expect.objectContaining({ kind: "runEnded", outcome: "succeeded" }),
    );
    const followed = await window.ask("run.follow", { afterSequence: 0 });
    expect([followed.runId, followed.isRunning]).toEqual([runId, false]);
    await window.services.runs.settled();
    const told = window.told.flatMap((one) => (one.name === "run.event" ? [one] : []));
    expect(told.map((one) => one.payload)).toEqual(followed.events);
    expect(told.map((one) => one.sequence)).toEqual(told.map((_, index) => index + 1));
    expect(window.notices.map(({ title }) => title)).toEqual(["LINK_Adatum: the run has ended"]);

    const { state } = estate.world;
    expect([state.box.linkRole, state.instance.linkRole]).toEqual(["SECONDARY", "PRIMARY"]);
    expect(changing()).toEqual(["box done", "box done"]);
    const html = await window.ask("report.text", { runId, format: "html" });
    expect(html.text).toContain("PRACTICE");
    const markdown = await window.ask("report.text", { runId, format: "markdown" });
    const folder = join(window.dataDir, "runs", runId);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toBe(markdown.text);
    expect(statSync(join(folder, "journal.jsonl")).mode & 0o777).toBe(0o600);
    expect(await window.ask("run.left", {})).toEqual([]);
  });

  test("goes on while the window is loaded anew, which then asks for what it missed", async () => {
    await connectBoth(window, estate);
    const planHash = await approved();
    const began = window.next("run.event", (event) => event.kind === "stepBegan");
    const waiting = window.next("run.event", (event) => event.kind === "stepProgress");
    const { runId } = await window.ask("run.start", { planHash });
    const { sequence } = await began;
    await window.services.pageGone();
    await waiting;
    const missed = await window.ask("run.follow", { afterSequence: sequence });
    expect([missed.runId, missed.isRunning]).toEqual([runId, true]);
    expect(missed.events[0]?.sequence).toBe(sequence + 1);
    expect(window.services.mayClose()).toBe(false);
    expect(window.told.at(-1)).toMatchObject({
      name: "window.closing",
      payload: { runId, step: expect.any(String) as string },
    });
    await window.ask("window.close", { evenDuringRun: false });
    expect(window.closed()).toBe(0);
    const ended = window.next("run.event", (event) => event.kind === "runEnded");
    await window.ask("run.stop", { runId });
    expect(await ended).toMatchObject({ outcome: "stopped" });
    const { events } = await window.ask("run.follow", { afterSequence: 0 });
    expect(foldEvents(events).ended?.outcome).toBe("stopped");
    expect(changing()).toEqual([]);
    expect(window.services.mayClose()).toBe(true);
  });

  test("is one at a time, and nothing else may move the connections meanwhile", async () => {
    const { box } = await connectBoth(window, estate);
    const planHash = await approved();
    const choices = await choicesFor(window);
    const pair = await pairIn(window);
    const { runId } = await window.ask("run.start", { planHash });
    const refusals = await Promise.all([
      window.invoke("run.start", { planHash }),
      window.invoke("connection.close", { connectionId: box.connectionId }),
      window.invoke("gate.watch", { pair, choices }),
      window.invoke("run.stop", { runId: "another" }),
    ]);
    expect(refusals.map((one) => (one.ok ? "ok" : one.error.code))).toEqual([
      "runInFlight",
      "runInFlight",
      "runInFlight",
      "runNotInFlight",
    ]);
    const ended = window.next("run.event", (event) => event.kind === "runEnded");
    await window.ask("run.stop", { runId });
    await ended;
  });

  test("is refused when the roles move between the approval and the start, and nothing is sent", async () => {
    await connectBoth(window, estate);
    const planHash = await approved();
    estate.world.fault({ kind: "rolesMoved" });
    estate.world.advance(60_000);
    const answer = await window.invoke("run.start", { planHash });
    expect(answer).toMatchObject({ ok: false, error: { code: "planNoLongerFits" } });
    expect(changing()).toEqual([]);
    expect(await window.ask("run.follow", { afterSequence: 0 })).toEqual({
      runId: null,
      isRunning: false,
      events: [],
    });
  });

  test("is not started by a hash that was never shown", async () => {
    await connectBoth(window, estate);
    const answer = await window.invoke("run.start", { planHash: "0".repeat(64) });
    expect(answer).toMatchObject({ ok: false, error: { code: "planNotMade" } });
  });
});
