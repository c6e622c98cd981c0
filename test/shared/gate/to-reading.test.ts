import { describe, expect, test } from "vitest";
import { toGateReading } from "../../../shared/gate/to-reading.ts";
import type { GateAnswer } from "../../../shared/gate/to-reading.ts";
import {
  boxGroups,
  groupIds,
  instanceGroups,
  names,
  replicaDatabase,
  silent,
} from "../estate/sample-estate.ts";
import { writer } from "./sample-reading.ts";

const question = {
  linkName: names.link,
  databases: [names.database],
  primary: "box" as const,
  serverNames: { box: names.box, instance: names.instance },
  ownSessionIds: [99],
};

const remote = replicaDatabase({
  replicaId: "R2",
  isLocal: false,
  logSendQueueKb: 8,
  redoQueueKb: 0,
});

function box(changes: Partial<Extract<GateAnswer, { kind: "read" }>> = {}): GateAnswer {
  return {
    kind: "read",
    atMs: 1000,
    serverName: names.box,
    groups: boxGroups(),
    replicaDatabases: [replicaDatabase(), remote],
    writers: [],
    ...changes,
  };
}

const instance: GateAnswer = {
  kind: "read",
  atMs: 1250,
  serverName: names.instance,
  groups: instanceGroups(),
  replicaDatabases: [replicaDatabase({ isPrimaryReplica: false, redoQueueKb: 0 })],
  writers: [writer()],
};

describe("a reading of both sides", () => {
  const reading = toGateReading({ box: box(), instance }, question);

  test("is as old as the later answer and knows how far they were apart", () => {
    expect([reading.atMs, reading.spreadMs]).toEqual([1250, 250]);
  });

  test("says who answered in which role", () => {
    expect(reading.roles).toEqual({
      box: { serverName: names.box, role: "PRIMARY", isLocalPrimary: true },
      instance: { serverName: names.instance, role: "SECONDARY", isLocalPrimary: null },
    });
  });

  test("takes queues and connection from the primary's remote row", () => {
    expect(reading.databases[0]?.remote).toEqual({
      connectedState: "CONNECTED",
      isSuspended: false,
      logSendQueueKb: 8,
      redoQueueKb: 0,
    });
  });

  test("counts the writers of the primary alone", () => {
    expect(reading.writers).toEqual({ kind: "seen", value: [] });
  });

  test("of the other direction takes the instance as primary", () => {
    const back = toGateReading({ box: box(), instance }, { ...question, primary: "instance" });
    expect(back.writers).toEqual({ kind: "seen", value: [writer()] });
    expect(back.databases[0]?.remote.connectedState).toBeNull();
  });
});

describe("writers", () => {
  const writersOf = (...writers: ReturnType<typeof writer>[]) => {
    const { writers: fact } = toGateReading({ box: box({ writers }), instance }, question);
    return fact.kind === "seen" ? fact.value.length : fact.kind;
  };

  test("our own sessions, by their ids, are left out", () => {
    const session = { ...writer().session, sessionId: 99 };
    expect(writersOf({ ...writer(), session: { ...defaultSession, ...session } })).toBe(0);
    expect(writersOf(writer())).toBe(1);
  });

  test("other databases do not matter", () => {
    expect(writersOf(writer({ databaseName: "Other" }))).toBe(0);
  });
});

const defaultSession = {
  sessionId: 1,
  login: "x",
  host: null,
  program: null,
  loginTime: "",
  hostProcessId: null,
};

describe("what is missing", () => {
  test("a side that did not answer is unread, and nothing is taken from it", () => {
    const unread = { kind: "unread", atMs: 1100, problem: silent } as const;
    const reading = toGateReading({ box: box(), instance: unread }, question);
    expect(reading.unread).toEqual([{ side: "instance", problem: silent }]);
    expect(reading.roles.instance).toBeNull();
    expect(reading.databases[0]?.secondary).toBe("noRow");
  });

  test("a primary that did not answer leaves its writers failed, never none", () => {
    const unread = { kind: "unread", atMs: 1100, problem: silent } as const;
    const reading = toGateReading({ box: unread, instance }, question);
    expect(reading.writers).toEqual({ kind: "failed", problem: silent });
  });

  test("a database without rows is said to have none", () => {
    const reading = toGateReading({ box: box({ replicaDatabases: [] }), instance }, question);
    expect(reading.databases[0]?.primary).toBe("noRow");
    expect(reading.databases[0]?.remote.isSuspended).toBeNull();
  });

  test("a link that one side does not know has no role there", () => {
    const groups = boxGroups().filter((group) => !group.isDistributed);
    const reading = toGateReading({ box: box({ groups }), instance }, question);
    expect(reading.roles.box).toEqual({
      serverName: names.box,
      role: null,
      isLocalPrimary: null,
    });
  });

  test("a remote row of another group is no remote row of the link", () => {
    const other = { ...remote, groupId: groupIds.box };
    const reading = toGateReading(
      { box: box({ replicaDatabases: [replicaDatabase(), other] }), instance },
      question,
    );
    expect(reading.databases[0]?.remote.isSuspended).toBeNull();
  });
});
