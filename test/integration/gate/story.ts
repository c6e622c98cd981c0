// What happens to a watched link: the application stops, system tasks write, one more commit, a restart.
import type { ServerKey } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";

const longMs = 1e9;

/** The application commits what it has begun and writes no more. */
export function stopWorkload(world: World): void {
  world.setWorkload(false);
  world.advance(1000);
}

/** One Query Store flush: a commit in a system transaction. */
export function flushQueryStore(world: World): void {
  const { workload, nowMs } = world.state;
  workload.systemCommitEveryMs = longMs;
  workload.nextSystemCommitMs = nowMs + 250;
  world.advance(500);
  workload.systemCommitEveryMs = null;
}

/** One log backup of SQL Server's copy, to its end. */
export async function backUpLog(world: World): Promise<void> {
  const { link, engine } = world.state;
  const statement = {
    kind: "backup",
    what: "LOG",
    database: link.database,
    to: [{ kind: "DISK", path: "log.trn" }],
    options: new Map<string, string>(),
  } as const;
  const session = { sessionId: 52, login: "practice_dba", currentDatabase: "master" };
  const answer = drain(world.run("box", statement, session, new AbortController().signal));
  world.advance(engine.logBackupMs + 200);
  await answer;
}

async function drain(outputs: AsyncIterable<unknown>): Promise<void> {
  const answer = outputs[Symbol.asyncIterator]();
  while ((await answer.next()).done !== true);
}

/** Exactly one more row is committed on the primary, by the one session there is. */
export function commitOnce(world: World): void {
  const row = world.state.nextRow;
  world.setWorkload(true);
  while (world.state.nextRow === row) world.advance(10);
  world.setWorkload(false);
}

export function restart(world: World, server: ServerKey): void {
  world.fault({ kind: "restart", server });
}

/** A way of keeping the next commit from being redone on the other side. */
export interface Hold {
  readonly name: string;
  put(world: World): void;
  release(world: World): void;
}

/** On the wire: the primary has sent it and hears nothing, so that no queue tells of it. */
export const onTheWire: Hold = {
  name: "sent and not arrived, with no queue to tell",
  put: (world) => {
    world.fault({ kind: "networkDelay", ms: longMs });
  },
  release: (world) => {
    world.fault({ kind: "networkDelay", ms: 20 });
    // What is on the wire would still take its time: a new connection sends it again.
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(10);
    world.fault({ kind: "linkDisconnected", on: false });
  },
};

export const notSent: Hold = {
  name: "waiting in the send queue",
  put: ({ state }) => {
    state.link.sendRateKbPerSecond = 0;
  },
  release: ({ state }) => {
    state.link.sendRateKbPerSecond = 8192;
  },
};

/** Hardened on the other side: the ends of the log and the hardened positions are equal. */
export const notRedone: Hold = {
  name: "hardened and not redone",
  put: ({ state }) => {
    state.link.redoRateKbPerSecond = 0;
  },
  release: ({ state }) => {
    state.link.redoRateKbPerSecond = 8192;
  },
};

/** A Query Store flush every second from now on, some time after each reading. */
export function flushEverySecond(world: World): void {
  const { workload, nowMs } = world.state;
  workload.systemCommitEveryMs = 1000;
  workload.nextSystemCommitMs = nowMs + 370;
}
