// The advisory lock: who gets it, who is told to wait, and what a loss does to a run.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { lockResource } from "../../../shared/sql/lock-resource.ts";
import { lockOwnerSql } from "../../../electron/estate/queries/lock-owner.ts";
import {
  heldLockSql,
  releaseLockSql,
  takeLockSql,
} from "../../../electron/estate/queries/lock-take.ts";
import { takeLinkLock } from "../../../electron/run/link-lock.ts";
import type { LockEvent } from "../../../electron/run/link-lock.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import type { PinnedSession } from "../../../electron/sql/session.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRun, healthyEngine, shutGate } from "../../fakes/fake-run.ts";
import { fakePinned } from "../../fakes/fake-session.ts";
import type { FakeAnswer, FakePinned } from "../../fakes/fake-session.ts";
import { groupIdOn } from "../../../shared/plan/planned-server.ts";

const { name: linkName } = fakePlan.link;
const groupIds = {
  box: groupIdOn(fakePlan.link, "box"),
  instance: groupIdOn(fakePlan.link, "instance"),
};

interface Server {
  result: number;
  mode: string;
  owner: FakeAnswer;
  readonly sessions: FakePinned[];
  readonly asked: string[];
}

function servers(): Readonly<Record<Side, Server>> {
  const server = (): Server => ({
    result: 0,
    mode: "Exclusive",
    owner: () => [[]],
    sessions: [],
    asked: [],
  });
  return { box: server(), instance: server() };
}

function opener(of: Readonly<Record<Side, Server>>): (side: Side) => Promise<PinnedSession> {
  return (side) => {
    const server = of[side];
    const answers = new Map<string, FakeAnswer>([
      [
        takeLockSql,
        ({ resource }) => {
          server.asked.push(String(resource));
          return [[{ result: server.result }]];
        },
      ],
      [heldLockSql, () => [[{ mode: server.mode }]]],
      [releaseLockSql, () => []],
      [lockOwnerSql, (parameters) => server.owner(parameters)],
    ]);
    const session = fakePinned({ side, answers });
    server.sessions.push(session);
    return Promise.resolve(session);
  };
}

describe("the lock of a link", () => {
  test("is taken on both sides by the group_id that each side tells", async () => {
    const both = servers();
    const answer = await takeLinkLock({ linkName, groupIds, openPinned: opener(both) });
    expect(answer).toMatchObject({
      kind: "taken",
      events: [
        { kind: "lockTaken", side: "box" },
        { kind: "lockTaken", side: "instance" },
      ],
    });
    expect([both.box.asked, both.instance.asked]).toEqual([
      [lockResource(groupIds.box)],
      [lockResource(groupIds.instance)],
    ]);
  });

  test("held by somebody on the second side is given back on the first, and the owner is named", async () => {
    const both = servers();
    both.instance.result = -1;
    both.instance.owner = ({ prefix }) => {
      expect(lockResource(groupIds.instance).startsWith(String(prefix))).toBe(true);
      expect(String(prefix)).toHaveLength(32);
      return [
        [
          {
            login: "eve\n]",
            host: "JUMP02",
            program: "MI Link Failover",
            since: "2026-09-12T23:58:00",
          },
        ],
      ];
    };
    expect(await takeLinkLock({ linkName, groupIds, openPinned: opener(both) })).toEqual({
      kind: "refused",
      because:
        "eve\\u000a] on JUMP02 with MI Link Failover, since 2026-09-12T23:58:00 by that server's clock, is running a failover of LinkDag. Another cannot be started.",
    });
    expect(both.box.sessions.map((one) => one.isClosed)).toEqual([true]);
    expect(both.instance.sessions.map((one) => one.isClosed)).toEqual([true]);
  });

  test("whose owner may not be seen is held by somebody", async () => {
    const both = servers();
    both.box.result = -1;
    both.box.owner = () => {
      throw new AppError({ code: "noPermission", class: "block", summary: "no", remedy: "" });
    };
    const answer = await takeLinkLock({ linkName, groupIds, openPinned: opener(both) });
    expect(answer).toMatchObject({
      because: expect.stringMatching(/^Somebody is running/) as string,
    });
    expect(both.instance.sessions).toEqual([]);
  });

  test("with one side gone stands on the other, and says so", async () => {
    const both = servers();
    const open = opener(both);
    const answer = await takeLinkLock({
      linkName,
      groupIds,
      openPinned: (side) =>
        side === "box"
          ? Promise.reject(
              new AppError({ code: "portClosed", class: "block", summary: "Gone.", remedy: "" }),
            )
          : open(side),
    });
    expect(answer).toMatchObject({
      kind: "taken",
      events: [
        { kind: "lockNotTaken", side: "box", because: "Gone." },
        { kind: "lockTaken", side: "instance" },
      ],
    });
  });

  test.each([
    ["its connection ends", (server: Server) => server.sessions[0]?.cut()],
    ["the server says NoLock", (server: Server) => (server.mode = "NoLock")],
  ])(
    "is lost when %s: noticed within 5 s, told once, and taken again on a new connection",
    async (_name, lose) => {
      const both = servers();
      const clock = fakeClock();
      const answer = await takeLinkLock({ linkName, groupIds, openPinned: opener(both) });
      if (answer.kind !== "taken") throw new Error("The lock is free.");
      const told: LockEvent[] = [];
      const done = new AbortController();
      clock.at(12_000, () => lose(both.box));
      clock.at(30_000, () => {
        done.abort();
      });
      await answer.lock.watch(clock, (event) => told.push(event), done.signal);
      expect(told.map((event) => [event.kind, event.side])).toEqual([["lockLost", "box"]]);
      both.box.mode = "Exclusive";
      expect(await answer.lock.takeAgain()).toEqual([{ kind: "lockTaken", side: "box" }]);
      expect([both.box.sessions.length, both.instance.sessions.length]).toEqual([2, 1]);
      await answer.lock.release();
      expect(both.box.sessions.at(-1)?.isClosed).toBe(true);
    },
  );
});

describe("a lock lost in a run", () => {
  test("while the failover runs lets it finish and is taken again before the next statement", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        if (statement.includes("failover")) it.lockLost.add("box");
        await healthyEngine(statement, it);
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    const told = run.events.filter((event) => event.kind.startsWith("lock"));
    expect(told.map((event) => event.kind)).toEqual(["lockLost", "lockTaken"]);
  });

  test.each([
    ["while waiting at the gate", true],
    ["directly before the failover", false],
  ])("%s, and not to be had again, stops the run with nothing sent", async (_name, isWaiting) => {
    const run = fakeRun({
      gate: (it, reading) => {
        if (isWaiting) return shutGate(it.clock);
        if (reading === 1) it.lockLost.add("instance");
        return { ...shutGate(it.clock), verdict: { kind: "open", by: "commitLsn" } };
      },
      takeAgain: () => [{ kind: "lockNotTaken", side: "instance", because: "Eve has it." }],
    });
    run.clock.at(3_000, () => run.lockLost.add("instance"));
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("stopped");
    expect(end.summary).toContain("Eve has it.");
    expect(run.sent).toEqual([]);
  });

  test("and not to be had again after the failover leaves a succeeded failover with a warning", async () => {
    const run = fakeRun({
      execute: async (statement, it) => {
        it.lockLost.add("box");
        await healthyEngine(statement, it);
      },
      takeAgain: () => [{ kind: "lockNotTaken", side: "box", because: "Eve has it." }],
    });
    const end = await runPlan(run.tools);
    expect(end.outcome).toBe("warning");
    expect(run.sent).toHaveLength(1);
  });
});
