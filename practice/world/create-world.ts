// The practice world's one door: steps it through time and hands every change to the file that knows its rules.
import type { Scenario } from "../scenarios/scenario.ts";
import { scheduleLogBackups } from "./automatic-backups.ts";
import type { Clock } from "./clock.ts";
import { createState } from "./create-state.ts";
import type { Engine } from "./engine.ts";
import { stepFailover } from "./failover.ts";
import { applyFault } from "./faults.ts";
import { beginLinkOperation, stepLinkOperations } from "./link-operations.ts";
import { stepRestarts } from "./restart.ts";
import { createOtherLink, stepOtherLink } from "./other-link.ts";
import { killSession } from "./rollback.ts";
import { runStatement } from "./run-statement.ts";
import { stepReplication } from "./replication.ts";
import { stepSystemTask } from "./system-task.ts";
import { withoutSecrets } from "./without-secrets.ts";
import { createTimeline } from "./timeline.ts";
import { isOpen, setWorkload, stepWorkload } from "./workload.ts";
import type { Fault, World } from "./world.ts";

/** World time moves in steps of this length, whatever moves it, so that the same story always ends the same way. */
const STEP_MS = 10;

/** Creates the world of a scenario at the clock's start; with the real clock it moves by itself. */
export function createWorld(scenario: Scenario, clock: Clock): World {
  const state = createState(scenario, clock.startMs - scenario.runningForMs);
  const timeline = createTimeline(() => state.nowMs);
  const over = new AbortController();
  const common = { timeline, raise: switchFault, over: over.signal };
  const otherState = createOtherLink(state, scenario);
  const other: Engine | null = otherState && { ...common, state: otherState, other: null };
  const engine: Engine = { ...common, state, other };
  const listeners = new Set<(fault: Fault) => void>();
  let advancedMs = 0;
  let isStepping = false;

  function step(): void {
    state.nowMs += STEP_MS;
    stepRestarts(state);
    stepWorkload(state);
    if (![state.box, state.instance].some(isOpen)) state.closedMs += STEP_MS;
    stepSystemTask(state);
    stepReplication(state, STEP_MS);
    stepFailover(engine);
    stepLinkOperations(engine);
    if (other !== null) stepOtherLink(other, STEP_MS);
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

  /** The second link is entered by a door of its own: same time, another instance, no faults. */
  const doorOf = (own: Engine): World => ({
    otherLink: own.other && doorOf(own.other),
    get state() {
      catchUp();
      return own.state;
    },
    advance(ms) {
      advancedMs += ms;
      catchUp();
    },
    wait(ms, signal) {
      catchUp();
      return timeline.until(state.nowMs + ms, signal);
    },
    when(holds, signal) {
      catchUp();
      return timeline.when(holds, signal);
    },
    changeLink(request, login, fate) {
      catchUp();
      return beginLinkOperation(own, request, login, fate);
    },
    run(server, statement, session, signal) {
      catchUp();
      return runStatement(own, statement, { server, session }, signal);
    },
    setWorkload(running) {
      catchUp();
      setWorkload(state, running);
    },
    killWorkloadSession(server, sessionId) {
      catchUp();
      return killSession(own.state, server, sessionId);
    },
    end() {
      over.abort(new Error("the practice estate ended"));
    },
    fault(fault) {
      catchUp();
      switchFault(fault);
    },
    onFault(listener) {
      if (own !== engine) return () => undefined;
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    received(server, text, session) {
      catchUp();
      const { statements } = own.state;
      const record: (typeof statements)[number] = {
        number: statements.length + 1,
        server,
        sessionId: session.sessionId,
        login: session.login,
        receivedMs: state.nowMs,
        text: withoutSecrets(text),
        outcome: "running",
      };
      statements.push(record);
      return (outcome, error) => {
        record.outcome = outcome;
        if (error !== undefined) record.error = error;
      };
    },
  });
  catchUp();
  clock.pump(catchUp);
  return doorOf(engine);
}
