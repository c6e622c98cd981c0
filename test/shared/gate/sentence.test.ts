import { describe, expect, test } from "vitest";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import type { GateReading } from "../../../shared/gate/reading.ts";
import { hostileNames } from "../estate/sample-estate.ts";
import { commitLsn, database, last, question, reading, watch, writer } from "./sample-reading.ts";

const short = (text: string) => text.replaceAll(question.serverNames.instance, "sqlmi1");
const once = (changes: Partial<GateReading>) =>
  short(gateAfter(undefined, reading(0, changes), defaultGateSettings, question).sentence);
const afterwards = (seconds: number, changes: Partial<GateReading>, acceptUnproved = false) =>
  short(last(watch(seconds, () => changes, { acceptUnproved })).sentence);

const problem = {
  code: "noAnswer",
  class: "retry",
  summary: "sqlmi1 does not answer.",
  remedy: "",
} as const;
const notKnown = [database({ secondary: { lastCommitLsn: null, endOfLogLsn: null } })];
const idleBehind = [database({ secondary: { lastCommitLsn: "1000000000000000000000002" } })];

describe("one reading", () => {
  test.each<readonly [string, Partial<GateReading>]>([
    ["Cannot say: sqlmi1 does not answer.", { unread: [{ side: "instance", problem }] }],
    [
      "Cannot say: the login has no VIEW SERVER STATE on SQLBOX01, needed to see who writes.",
      { writers: { kind: "notAllowed", permission: "VIEW SERVER STATE" } },
    ],
    [
      "Cannot say: who writes on SQLBOX01 could not be read.",
      { writers: { kind: "failed", problem } },
    ],
    [
      "Not ready: SQLBOX02 answered where SQLBOX01 was planned. Make the plan again.",
      {
        roles: {
          ...reading(0).roles,
          box: { serverName: "SQLBOX02", role: "PRIMARY", isLocalPrimary: true },
        },
      },
    ],
    [
      "Not ready: SQLBOX01 is not the primary node of its availability group. Connect to that node.",
      {
        roles: {
          ...reading(0).roles,
          box: { serverName: "SQLBOX01", role: null, isLocalPrimary: false },
        },
      },
    ],
    [
      "Not ready: SQLBOX01 is SECONDARY and the plan needs it as PRIMARY. Look at both sides.",
      {
        roles: {
          ...reading(0).roles,
          box: { serverName: "SQLBOX01", role: "SECONDARY", isLocalPrimary: true },
        },
      },
    ],
    [
      "Not ready: SQLBOX01 does not tell its role and the plan needs it as PRIMARY. Look at both sides.",
      {
        roles: {
          ...reading(0).roles,
          box: { serverName: "SQLBOX01", role: null, isLocalPrimary: true },
        },
      },
    ],
    [
      "Not ready: sqlmi1 does not tell its role.",
      { roles: { ...reading(0).roles, instance: null } },
    ],
    [
      "Not counted: SQLBOX01 and sqlmi1 answered 2600 ms apart, and 2000 ms are allowed.",
      { spreadMs: 2600.4 },
    ],
    [
      "Not ready: SQLBOX01 shows no row of Adatum.",
      { databases: [database({ primary: "noRow" })] },
    ],
    [
      "Not ready: sqlmi1 shows no row of Adatum.",
      { databases: [database({ secondary: "noRow" })] },
    ],
    [
      "Not ready: SQLBOX01 shows no row of Adatum for sqlmi1.",
      { databases: [database({ remote: { isSuspended: null } })] },
    ],
    [
      "Not ready: data movement of Adatum is suspended on sqlmi1. Resume it first.",
      { databases: [database({ secondary: { isSuspended: true } })] },
    ],
    [
      "Not ready: data movement of Adatum is suspended on SQLBOX01. Resume it first.",
      { databases: [database({ primary: { isSuspended: true } })] },
    ],
    [
      "Not ready: SQLBOX01 is not connected to sqlmi1.",
      { databases: [database({ remote: { connectedState: "DISCONNECTED" } })] },
    ],
    [
      "Not ready: SQLBOX01 does not say whether it is connected to sqlmi1.",
      { databases: [database({ remote: { connectedState: null } })] },
    ],
    [
      "Not ready yet: 1 session is still writing on SQLBOX01.",
      { writers: { kind: "seen", value: [writer(), writer({ transactionId: "2" })] } },
    ],
    [
      "Not ready yet: 2 sessions are still writing on SQLBOX01.",
      { writers: { kind: "seen", value: [writer(), withoutSession("2")] } },
    ],
    [
      "Not ready yet: sqlmi1 is behind SQLBOX01 in Adatum, 4100 KB are on their way.",
      {
        databases: [
          database({
            secondary: { lastCommitLsn: "1", redoQueueKb: 4 },
            remote: { logSendQueueKb: 4096 },
          }),
        ],
      },
    ],
    [
      "SQLBOX01 and sqlmi1 equal and unchanged for 0 s of 5 s. Starts again at 0 when either side moves.",
      {},
    ],
  ])("%s", (sentence, changes) => {
    expect(once(changes)).toBe(sentence);
  });

  test("a suspension that is not told is not called one", () => {
    const databases = [database({ secondary: { isSuspended: null } })];
    expect(once({ databases })).toContain(
      "does not say whether data movement of Adatum is suspended",
    );
  });
});

function withoutSession(transactionId: string) {
  const { databaseName, since, logBytes } = writer();
  return { databaseName, since, logBytes, transactionId, origin: "unknown" } as const;
}

describe("readings over time", () => {
  test.each([
    ["Ready: SQLBOX01 and sqlmi1 hold the same log, unchanged for 6 s, and nobody writes.", 6, {}],
    [
      "Ready: the log ends at the same place on SQLBOX01 and sqlmi1, unchanged for 31 s with empty queues, and nobody writes; the last commit itself could not be compared.",
      31,
      { databases: [database({ primary: { lastCommitLsn: "0" } })] },
    ],
    [
      "Not proved yet: SQLBOX01 does not say the last commit of Adatum; the ends of the log on SQLBOX01 and sqlmi1 are equal and unmoved for 12 s of 30 s.",
      12,
      { databases: [database({ primary: { lastCommitLsn: "0" } })] },
    ],
    [
      "Not proved yet: the last commit of Adatum on sqlmi1 stays behind SQLBOX01 with no log on its way; the ends of the log on SQLBOX01 and sqlmi1 are equal and unmoved for 12 s of 60 s.",
      12,
      { databases: idleBehind },
    ],
    [
      "Not proved yet: sqlmi1 does not say the last commit of Adatum; the ends of the log on SQLBOX01 and sqlmi1 are not equal with empty queues, which would have to hold for 30 s.",
      12,
      { databases: notKnown },
    ],
    [
      "Not proved yet: sqlmi1 does not say the last commit of Adatum; the ends of the log on SQLBOX01 and sqlmi1 are not equal with empty queues, which would have to hold for 30 s. Only your consent is left: the engine itself waits and refuses (47514–47516); our proof is missing.",
      60,
      { databases: notKnown },
    ],
  ])("%s", (sentence, seconds, changes) => {
    expect(afterwards(seconds, changes)).toBe(sentence);
  });

  test("the tick says that it is one", () => {
    expect(afterwards(60, { databases: notKnown }, true)).toBe(
      "Open by your consent: the engine of SQLBOX01 itself waits and refuses (47514–47516); our proof is missing.",
    );
  });

  test("a system task is called one", () => {
    const states = watch(5, (second) => ({
      databases: [
        database({ primary: { lastCommitLsn: String(BigInt(commitLsn) + BigInt(second)) } }),
      ],
    }));
    expect(last(states).sentence).toBe(
      "Not proved: SQLBOX01 keeps committing and no writing session is seen: a system task writes, or transactions too short to be seen.",
    );
  });
});

test.each(hostileNames)("a database and a server called %j stay on one line", (name) => {
  const asked = {
    ...question,
    databases: [name],
    serverNames: { ...question.serverNames, box: name },
  };
  const roles = {
    ...reading(0).roles,
    box: { serverName: name, role: "PRIMARY", isLocalPrimary: true },
  } as const;
  const databases = [database({ database: name, primary: "noRow" })];
  const { sentence } = gateAfter(
    undefined,
    reading(0, { roles, databases }),
    defaultGateSettings,
    asked,
  );
  expect(sentence).not.toMatch(/\n/u);
  expect(sentence).toContain(name.replace("\n", "\\u000a"));
});
