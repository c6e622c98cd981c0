// A run in memory: link, clock, lock, gate and statements under the test's hand, with the real runner.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunEvent, RunEventBody } from "../../shared/run/events.ts";
import type { AzureLink } from "../../electron/run/azure-link.ts";
import { createJournal } from "../../electron/run/journal.ts";
import type { Journal } from "../../electron/run/journal.ts";
import type { LinkLock, LockEvent } from "../../electron/run/link-lock.ts";
import { lookWithAzure } from "../../electron/run/look-at-link.ts";
import { createRecorder } from "../../electron/run/recorder.ts";
import { defaultRunSettings } from "../../electron/run/run-tools.ts";
import type { RunTools } from "../../electron/run/run-tools.ts";
import type { SessionActivity } from "../../electron/run/session-activity.ts";
import { waitUnless } from "../../electron/run/pacing.ts";
import type { FakeClock } from "./fake-clock.ts";
import { fakeClock } from "./fake-clock.ts";
import type { FakeLink } from "./fake-link.ts";
import { fakeLink } from "./fake-link.ts";
import { fakePlan } from "./fake-plan.ts";
import { fakePinned } from "./fake-session.ts";
import type { FakePinned } from "./fake-session.ts";

export interface FakeRun {
  readonly tools: RunTools;
  readonly clock: FakeClock;
  readonly link: FakeLink;
  readonly events: readonly RunEvent[];
  /** Statements as they reached a server, in order. */
  readonly sent: readonly string[];
  readonly stop: AbortController;
  readonly lockLost: Set<Side>;
}

export interface FakeRunOptions {
  readonly plan?: Plan;
  /** What each statement does; `sent` has it already. Default: a healthy engine. */
  readonly execute?: (statement: string, run: FakeRun) => Promise<void>;
  readonly openPinned?: (side: Side) => Promise<never>;
  readonly onOpened?: (session: FakePinned) => void;
  readonly gate?: (run: FakeRun, reading: number) => GateState;
  readonly activity?: () => SessionActivity;
  readonly azure?: AzureLink;
  /** What the side that takes over shows, reading by reading; absent for a planned failover. */
  readonly readTarget?: (clock: FakeClock) => RunTools["readTarget"];
  /** What taking the lock again answers. */
  readonly takeAgain?: (lost: Set<Side>) => readonly LockEvent[];
  readonly onEvent?: (event: RunEvent, run: FakeRun) => void;
  readonly journal?: (path: string, clock: FakeClock) => Journal;
}

export function fakeRun(options: FakeRunOptions = {}): FakeRun {
  const clock = fakeClock();
  const link = fakeLink();
  const sent: string[] = [];
  const stop = new AbortController();
  const lockLost = new Set<Side>();
  const path = join(mkdtempSync(join(tmpdir(), "mi-link-run-")), "journal.jsonl");
  const journal = (options.journal ?? createJournal)(path, clock);
  const recorder = createRecorder(journal, clock, (event) => {
    if (event.kind !== "runStarted") options.onEvent?.(event, run);
  });
  let readings = 0;
  const tools: RunTools = {
    plan: options.plan ?? fakePlan,
    clock,
    recorder,
    settings: defaultRunSettings,
    startedAtMs: clock.nowMs(),
    azure: options.azure,
    lookWithAzure: () => lookWithAzure(tools.look, options.azure),
    readFullBackups: () => Promise.resolve({ finishedAt: {} }),
    readMigration: () => Promise.resolve({ newestLevel: 170, databases: [] }),
    readOldCopy: () => Promise.resolve({ databases: [], writers: [] }),
    readCopiesToSave: () => Promise.resolve([]),
    readBackupFiles: () => Promise.resolve([]),
    look: () => Promise.resolve(link.look(clock)),
    readTarget:
      options.readTarget?.(clock) ??
      (() => Promise.reject(new Error("A planned failover reads no target."))),
    readGate: () => {
      readings += 1;
      return Promise.resolve(options.gate?.(run, readings) ?? openGate(clock));
    },
    openPinned(side) {
      if (options.openPinned !== undefined) return options.openPinned(side);
      const session = fakePinned({
        side,
        execute: (statement) => {
          sent.push(statement);
          return (options.execute ?? healthyEngine)(statement, run);
        },
      });
      options.onOpened?.(session);
      return Promise.resolve(session);
    },
    activity: () => Promise.resolve(options.activity?.() ?? "gone"),
    lock: fakeLock(lockLost, options),
    stop: stop.signal,
  };
  const run: FakeRun = { tools, clock, link, sent, stop, lockLost, events: recorder.events };
  recorder.begin(fakeRunStarted(tools.plan));
  return run;
}

export function fakeRunStarted(plan: Plan): Extract<RunEventBody, { kind: "runStarted" }> {
  return {
    kind: "runStarted",
    runId: "20260912T220000Z-0a1b2c3d",
    plan,
    planHash: "0".repeat(64),
    operator: "dba",
    toolHost: "jumpbox",
    processId: 4711,
    toolVersion: "0.1.0",
    logins: { box: "sa", instance: "miadmin" },
    findings: [],
  };
}

/** Resolving after 2 s, changed after 5 s, and the statement returns. */
export async function healthyEngine(statement: string, run: FakeRun): Promise<void> {
  if (!statement.includes("failover")) {
    run.link.box.allowConnections = "ALL";
    return;
  }
  await run.clock.wait(2_000);
  run.link.setRoles("RESOLVING", "RESOLVING");
  await run.clock.wait(3_000);
  run.link.setRoles("SECONDARY", "PRIMARY");
}

export function openGate(clock: FakeClock): GateState {
  return {
    ...shutGate(clock),
    verdict: { kind: "open", by: "commitLsn" },
    sentence: "Ready: both sides hold the same log.",
    heldSeconds: 5,
    heldSinceMs: clock.nowMs() - 5_000,
  };
}

export function shutGate(clock: FakeClock): GateState {
  return {
    verdict: { kind: "shut", because: "writing" },
    sentence: "Not ready yet: 3 sessions are still writing on SQLBOX01.",
    heldSeconds: 0,
    neededSeconds: 5,
    heldSinceMs: null,
    onlyTickLeft: false,
    last: {
      atMs: clock.nowMs(),
      spreadMs: 5,
      unread: [],
      roles: { box: null, instance: null },
      databases: [],
      writers: { kind: "seen", value: [] },
    },
    memory: {
      commit: null,
      fallback: null,
      tick: null,
      primaryUnmovedSinceMs: 0,
      counted: null,
      unexplainedMoves: null,
      waitingSinceMs: null,
    },
  };
}

function fakeLock(lost: Set<Side>, options: FakeRunOptions): LinkLock {
  const told = new Set<Side>();
  const tell = (onLost: (event: LockEvent) => void) => {
    for (const side of lost) {
      if (told.has(side)) continue;
      told.add(side);
      onLost({ kind: "lockLost", side, because: "The connection has ended." });
    }
  };
  return {
    lost,
    check(onLost) {
      tell(onLost);
      return Promise.resolve();
    },
    async watch(clock, onLost, signal) {
      while (await waitUnless(clock, 5_000, signal)) tell(onLost);
    },
    takeAgain: () => Promise.resolve(options.takeAgain?.(lost) ?? takenAgain(lost)),
    release: () => Promise.resolve(),
  };
}

function takenAgain(lost: Set<Side>): readonly LockEvent[] {
  const events = [...lost].map((side): LockEvent => ({ kind: "lockTaken", side }));
  lost.clear();
  return events;
}
