// The practice world's one door: steps it through time and hands every change to the file that knows its rules.
import type { Scenario } from "../scenarios/scenario.ts";
import { scheduleLogBackups } from "./automatic-backups.ts";
import type { Clock } from "./clock.ts";
import { createState } from "./create-state.ts";
import { stepFailover } from "./failover.ts";
import { applyFault } from "./faults.ts";
import { stepRestarts } from "./restart.ts";
import { runStatement } from "./run-statement.ts";
import { stepReplication } from "./replication.ts";
import { stepSystemTask } from "./system-task.ts";
import { createTimeline } from "./timeline.ts";
import { dropSessions, setWorkload, stepWorkload } from "./workload.ts";
import type { Fault, World } from "./world.ts";

/** World time moves in steps of this length, whatever moves it, so that the same story always ends the same way. */
const STEP_MS = 10;

/** Creates the world of a scenario at the clock's start; with the real clock it moves by itself. */
export function createWorld(scenario: Scenario, clock: Clock): World {
  const state = createState(scenario, clock.startMs - scenario.runningForMs);
  const timeline = createTimeline(() => state.nowMs);
  const over = new AbortController();
  const engine = { state, timeline, raise: switchFault, over: over.signal };
  const listeners = new Set<(fault: Fault) => void>();
  let advancedMs = 0;
  let isStepping = false;

  function step(): void {
    state.nowMs += STEP_MS;
    stepRestarts(state);
    stepWorkload(state);
    stepSystemTask(state);
    stepReplication(state, STEP_MS);
    stepFailover(engine);
    timeline.passed(state.nowMs);
  }

  function catchUp(): void {
    // Whoever is called from within a step may read the state; the step in progress goes on afterwards.
    if (isStepping) return;
    isStepping = true;
    const target = clock.worldMs() + advancedMs;
    while (state.nowMs + STEP_MS <= target) step();
    isStepping = false;
  }

  function switchFault(fault: Fault): void {
    applyFault(state, fault);
    for (const listener of listeners) listener(fault);
  }

  if (scenario.primary === "instance") scheduleLogBackups(engine);
  for (const { atMs, fault } of scenario.events) {
    timeline.at(clock.startMs + atMs, () => {
      switchFault(fault);
    });
  }

  const world: World = {
    get state() {
      catchUp();
      return state;
    },
    advance(ms) {
      advancedMs += ms;
      catchUp();
    },
    wait(ms, signal) {
      catchUp();
      return timeline.until(state.nowMs + ms, signal);
    },
    run(server, statement, session, signal) {
      catchUp();
      return runStatement(engine, statement, { server, session }, signal);
    },
    setWorkload(running) {
      catchUp();
      setWorkload(state, running);
    },
    killWorkloadSession(server, sessionId) {
      catchUp();
      return dropSessions(state, server, sessionId);
    },
    end() {
      over.abort(new Error("the practice estate ended"));
    },
    fault(fault) {
      catchUp();
      switchFault(fault);
    },
    onFault(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    received(server, text, session) {
      catchUp();
      const record: (typeof state.statements)[number] = {
        number: state.statements.length + 1,
        server,
        sessionId: session.sessionId,
        login: session.login,
        receivedMs: state.nowMs,
        text,
        outcome: "running",
      };
      state.statements.push(record);
      return (outcome, error) => {
        record.outcome = outcome;
        if (error !== undefined) record.error = error;
      };
    },
  };
  catchUp();
  clock.pump(catchUp);
  return world;
}
