import { afterEach, describe, expect, test, vi } from "vitest";
import { readGate } from "../../../electron/estate/read-gate.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import type { Past, Shown } from "./combinations.ts";
import { named, oppositeViews } from "./combinations.ts";
import type { Verdicts } from "./gates.ts";
import { newGates, ticked, watch } from "./gates.ts";
import {
  backUpLog,
  commitOnce,
  flushQueryStore,
  notRedone,
  restart,
  stopWorkload,
} from "./story.ts";
import type { WatchedLink } from "./watched-link.ts";
import { oneSession, questionOf, watchedLink } from "./watched-link.ts";

// Minutes of world time are seconds of work, and several times that on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(ending.map((end) => end()));
  ending = [];
});

/** A practice estate of its own with these settings, read through the driver and the network. */
async function linkOverTds(past: Past, shown: Shown, routing: "redirect" | "off") {
  const { serviceTier, ...settings } = shown;
  const estate: PracticeEstate = await startPracticeEstate({
    scenario: { ...oneSession, instance: { ...oneSession.instance, serviceTier } },
    settings: { ...past, ...settings },
    clock: "manual",
    routing,
  });
  ending.push(() => estate.stop());
  const logins = practiceLogins(estate);
  const sessions = {
    box: await mssqlConnector.connect(logins.box),
    instance: await mssqlConnector.connect(logins.instance),
  };
  ending.unshift(
    () => sessions.box.close(),
    () => sessions.instance.close(),
  );
  const { world } = estate;
  const question = questionOf(world);
  const clock = { nowMs: () => world.state.nowMs, wait: () => Promise.resolve() };
  const link: WatchedLink = {
    world,
    views: [shown],
    question,
    read: async () => [await readGate(sessions, question, clock)],
  };
  return link;
}

/** Caught up, restarted on both sides, and one commit short at the end. */
async function story(link: WatchedLink): Promise<readonly unknown[]> {
  const { world } = link;
  stopWorkload(world);
  flushQueryStore(world);
  await backUpLog(world);
  const seen: (readonly Verdicts[])[] = [];
  const untilOpen = async () =>
    seen.push(await watch(link, newGates(), { seconds: 80, untilOpen: true }));
  await untilOpen();
  for (const server of ["instance", "box"] as const) {
    restart(world, server);
    await untilOpen();
  }
  notRedone.put(world);
  commitOnce(world);
  seen.push(await watch(link, ticked(newGates()), { seconds: 20 }));
  const [reading] = await link.read();
  return [...seen, reading?.databases, reading?.roles];
}

const [first, second] = oppositeViews;
if (first === undefined || second === undefined) throw new Error("There are no views.");

interface Combination {
  readonly past: Past;
  readonly shown: Shown;
  readonly routing: "redirect" | "off";
}

const combinations: readonly Combination[] = [
  {
    past: { commitLsnAfterRestart: "kept", systemCommits: "counted", backupCommits: "yes" },
    shown: first,
    routing: "redirect",
  },
  {
    past: { commitLsnAfterRestart: "zero", systemCommits: "none", backupCommits: "no" },
    shown: second,
    routing: "off",
  },
  {
    past: { commitLsnAfterRestart: "null", systemCommits: "primaryOnly", backupCommits: "no" },
    shown: { ...second, ownRow: "dagRowWithoutCommitLsn" },
    routing: "redirect",
  },
];

describe.each(combinations.map((one) => [`${named(one.past)}, ${named(one.shown)}`, one] as const))(
  "with %s",
  (_, { past, shown, routing }) => {
    test("the driver over TDS sees the gate open and stay shut in the same seconds as without sockets", async () => {
      const overTds = await story(await linkOverTds(past, shown, routing));
      const inProcess = await story(await watchedLink({ past, views: [shown] }));
      expect(overTds).toEqual(inProcess);
    });
  },
);
