// Watching the gate: a reading a second while somebody looks, and none when nobody does.
import { describe, expect, test } from "vitest";
import type { LinkOfEstate } from "../../../electron/run/make-plan.ts";
import { gateQuestionOf } from "../../../electron/run/make-plan.ts";
import { createGateWatch } from "../../../electron/services/gate-watch.ts";
import type { GateWatch } from "../../../electron/services/gate-watch.ts";
import type { PlannedFailoverChoices } from "../../../shared/choices/choices.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import type { GateQuestion } from "../../../shared/gate/question.ts";
import type { Clock } from "../../../electron/run/clock.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";

const choices: PlannedFailoverChoices = {
  ...defaultChoices,
  linkName: "DAG_Adatum",
  to: "instance",
};
const asked = { pair: { box: "box-1", instance: "instance-1" }, choices };
const question: GateQuestion = {
  linkName: "DAG_Adatum",
  databases: ["Adatum"],
  primary: "box",
  serverNames: { box: "SQLBOX01", instance: "sqlmi1" },
};

/** A server that answers every reading with the same problem: the gate says that it cannot be read. */
function silent(side: Side, onRead: () => void): SqlSession {
  return {
    side,
    address: side,
    read() {
      onRead();
      return Promise.reject(
        new AppError({ code: "connectionLost", class: "ambiguous", summary: "Lost.", remedy: "" }),
      );
    },
    close: () => Promise.resolve(),
  };
}

/** Time that goes on only when the test says so; it counts who waits. */
function handClock() {
  let nowMs = 0;
  let go: (() => void) | undefined;
  const clock: Clock = {
    nowMs: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => {
          go = undefined;
          reject(signal.reason as Error);
        });
        go = () => {
          nowMs += ms;
          go = undefined;
          resolve();
        };
      }),
  };
  return { clock, isWaiting: () => go !== undefined, tick: () => go?.() };
}

function watched() {
  const time = handClock();
  const states: GateState[] = [];
  let reads = 0;
  let began = 0;
  let onState: (() => void) | undefined;
  const watch = createGateWatch({
    clock: time.clock,
    begin() {
      began += 1;
      const count = () => (reads += 1);
      const sessions = { box: silent("box", count), instance: silent("instance", count) };
      return Promise.resolve({ question, sessions });
    },
    onState(state) {
      states.push(state);
      onState?.();
    },
  });
  const nextState = () =>
    new Promise<void>((resolve) => {
      onState = resolve;
    });
  return { watch, time, states, nextState, reads: () => reads, began: () => began };
}

const never = new AbortController().signal;

async function firstState(at: ReturnType<typeof watched>): Promise<void> {
  const state = at.nextState();
  await at.watch.watch(asked, never);
  await state;
}

/** Everything that was to happen at once has happened. */
async function settled(watch: GateWatch): Promise<void> {
  await watch.unwatch();
}

describe("the gate watch", () => {
  test("reads at once, then once a second, and keeps the newest state for the same choices", async () => {
    const at = watched();
    await firstState(at);
    const second = at.nextState();
    at.time.tick();
    await second;
    expect(at.states.map((state) => state.verdict)).toEqual([
      { kind: "shut", because: "cannotRead" },
      { kind: "shut", because: "cannotRead" },
    ]);
    expect(at.watch.stateOf(asked)).toBe(at.states[1]);
    expect(
      at.watch.stateOf({ ...asked, choices: { ...choices, linkName: "other" } }),
    ).toBeUndefined();
    await settled(at.watch);
  });

  test("goes on where the same is asked for again, and starts anew for other servers", async () => {
    const at = watched();
    await firstState(at);
    await at.watch.watch({ ...asked }, never);
    expect(at.began()).toBe(1);
    const anew = at.nextState();
    await at.watch.watch({ ...asked, pair: { ...asked.pair, instance: "instance-2" } }, never);
    await anew;
    expect([at.began(), at.watch.stateOf(asked)]).toEqual([2, undefined]);
    await settled(at.watch);
  });

  test("reads nothing more once it is unwatched", async () => {
    const at = watched();
    await firstState(at);
    await at.watch.unwatch();
    const reads = at.reads();
    at.time.tick();
    expect([at.time.isWaiting(), at.reads(), at.watch.stateOf(asked)]).toEqual([
      false,
      reads,
      undefined,
    ]);
  });

  test("does not begin where it was unwatched while the link was still being read", async () => {
    const at = watched();
    const watching = at.watch.watch(asked, never);
    await at.watch.unwatch();
    await watching;
    await settled(at.watch);
    expect([at.reads(), at.states]).toEqual([0, []]);
  });
});

test("no question is asked of a link while one side does not answer", () => {
  const side = { kind: "unreachable", side: "box", address: "box", at: "" } as const;
  const problem = { code: "x", class: "block", summary: "", remedy: "" } as const;
  const seen: LinkOfEstate = {
    estate: { box: { ...side, problem }, instance: { ...side, side: "instance", problem } },
    link: {
      name: "DAG_Adatum",
      databases: [],
      box: { kind: "unreachable", problem },
      instance: { kind: "unreachable", problem },
    },
    choices,
  };
  expect(gateQuestionOf(seen)).toBeUndefined();
});
