// One practice world seen in several ways at once: time passes for the world and the tool together, and every view is read.
import { readGate } from "../../../electron/estate/read-gate.ts";
import type { SqlSession } from "../../../electron/sql/session.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { manualClock } from "../../../practice/world/clock.ts";
import { createWorld } from "../../../practice/world/create-world.ts";
import type { ServerKey, WorldState } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import type { GateQuestion } from "../../../shared/gate/question.ts";
import type { GateReading } from "../../../shared/gate/reading.ts";
import type { Past, Shown } from "./combinations.ts";
import type { KnownAnswers } from "./in-process-session.ts";
import { inProcessSession } from "./in-process-session.ts";
import { shownBy } from "./shown.ts";

export interface WatchedLink {
  readonly world: World;
  readonly views: readonly Shown[];
  readonly question: GateQuestion;
  /** What each view shows now, in their order; views that show the same share one reading. */
  read(): Promise<readonly GateReading[]>;
}

export interface LinkOptions {
  readonly past: Past;
  readonly views: readonly Shown[];
  readonly scenario?: Scenario;
}

/** One application session, so that a test can have exactly one more commit; it stays connected when it stops. */
export const oneSession: Scenario = {
  ...healthy,
  workload: {
    ...healthy.workload,
    sessions: healthy.workload.sessions.filter(({ whenStopped }) => whenStopped === "staysIdle"),
  },
};

const knownAnswers: Readonly<Record<ServerKey, KnownAnswers>> = {
  box: new Map(),
  instance: new Map(),
};

/** By the question and what it was answered from: many worlds show the same for a while. */
const knownReadings = new Map<string, GateReading>();

const readingsByContent = new Map<string, GateReading>();

/** One object for all readings that say the same. */
function same(reading: GateReading): GateReading {
  const content = JSON.stringify({ ...reading, atMs: 0 });
  const first = readingsByContent.get(content) ?? reading;
  readingsByContent.set(content, first);
  return first;
}

/** Each view is a whole practice estate to the product: its rows are made from the world by that view's settings. */
export async function watchedLink(options: LinkOptions): Promise<WatchedLink> {
  const { past, views, scenario = oneSession } = options;
  const settings = { ...scenario.settings, ...past };
  const world = createWorld({ ...scenario, settings }, manualClock());
  let view: Shown | undefined;
  const seen = new Proxy(world, {
    get: (target, name) =>
      name === "state" ? seenAs(target.state, view) : (Reflect.get(target, name) as unknown),
  });
  const sessions: Readonly<Record<ServerKey, SqlSession>> = {
    box: await inProcessSession(seen, "box", knownAnswers.box),
    instance: await inProcessSession(seen, "instance", knownAnswers.instance),
  };
  const question = questionOf(world);
  const asked = JSON.stringify(question);
  const clock = { nowMs: () => world.state.nowMs, wait: () => Promise.resolve() };
  let last: { readonly shown: string; readonly readings: readonly GateReading[] } | undefined;

  return {
    world,
    views,
    question,
    async read() {
      const shown = everythingShown(seenAs(world.state, tellingMost));
      if (last?.shown !== shown) {
        const readings: GateReading[] = [];
        for (view of views) {
          const key = asked + everythingShown(seenAs(world.state, view));
          const reading = knownReadings.get(key) ?? same(await readGate(sessions, question, clock));
          knownReadings.set(key, reading);
          readings.push(reading);
        }
        last = { shown, readings };
      }
      const atMs = world.state.nowMs;
      const stamped = new Map(last.readings.map((reading) => [reading, { ...reading, atMs }]));
      return last.readings.map((reading) => stamped.get(reading) ?? reading);
    },
  };
}

/** The link of a world as a plan would ask for it, in the roles of now. */
export function questionOf({ state }: World): GateQuestion {
  return {
    linkName: state.link.name,
    databases: [state.link.database],
    primary: state.box.linkRole === "PRIMARY" ? "box" : "instance",
    serverNames: { box: state.box.name, instance: state.instance.name },
  };
}

/** The view in which nothing stays hidden that another one shows. */
const tellingMost: Shown = {
  hardenedLsn: "nextBlock",
  endOfLogLsn: "nextBlock",
  primaryHardened: "value",
  ownRow: "dagRow",
  serviceTier: "GeneralPurpose",
};

/** The same world with the rows of other settings. */
function seenAs(state: WorldState, view: Shown | undefined): WorldState {
  if (view === undefined) return state;
  const { serviceTier, ...settings } = view;
  return {
    ...state,
    settings: { ...state.settings, ...settings },
    instance: { ...state.instance, serviceTier },
  };
}

function everythingShown(state: WorldState): string {
  return shownBy(state, "box").all + shownBy(state, "instance").all;
}
