// What a forced failover gives up, in words: times of the servers' own clocks, and "unknown" where nobody knows.
import { describe, expect, test } from "vitest";
import type { LossInput } from "../../../shared/forced/loss.ts";
import { lossSentences } from "../../../shared/forced/loss.ts";
import type { TargetCopy } from "../../../shared/forced/target.ts";
import { silentCopy } from "./silent-copy.ts";

function loss(change: Partial<TargetCopy>, more: Partial<LossInput> = {}): readonly string[] {
  return lossSentences({
    target: {
      atMs: 0,
      connectedState: "DISCONNECTED",
      copies: [{ ...silentCopy, ...change }],
    },
    from: "SQLBOX01",
    to: "sqlmi1",
    fromServerTime: null,
    fromCommitLsns: {},
    fromQueuesKb: {},
    arrival: "ended",
    ...more,
  });
}

const afterTime = "Adatum: everything committed on SQLBOX01 after 2026-11-21T21:59:59.007 is lost.";

test("is everything after the last commit that arrived, by the primary's clock without a zone", () => {
  expect(loss({})).toEqual([`${afterTime} That is SQLBOX01's own clock, whose zone is not known.`]);
});

describe("where the primary was read before", () => {
  const before = {
    fromServerTime: "2026-11-21 22:00:03.1234567 +02:00",
    fromCommitLsns: { Adatum: "104" },
  };
  const read =
    "Adatum: SQLBOX01 was last read at 2026-11-21 22:00:03.123 +02:00 = 2026-11-21 20:00:03.123 UTC";

  test("names its clock with the zone, the same in UTC, and the gap", () => {
    expect(loss({}, before)).toEqual([
      "Adatum: everything committed on SQLBOX01 after 2026-11-21 21:59:59.007 +02:00 = 2026-11-21 19:59:59.007 UTC is lost. That is SQLBOX01's own clock, with the zone that it had when it was last read.",
      `${read}. Its last_commit_lsn was 104 then, sqlmi1 has 99.`,
    ]);
    expect(loss({ lastCommitLsn: "0104" }, before)[1]).toBe(
      `${read}. sqlmi1 has everything that it had committed then (last_commit_lsn 104).`,
    );
  });

  test("names the log that had not been sent", () => {
    expect(loss({}, { ...before, fromQueuesKb: { Adatum: 2048 } })[1]).toMatch(
      /sqlmi1 has 99\. 2048 KB of its log had not been sent then\.$/,
    );
    expect(loss({}, { ...before, fromQueuesKb: { Adatum: 0 } })[1]).toMatch(/has 99\.$/);
  });

  test.each([null, "0"])("compares nothing with the position %s", (lsn) => {
    expect(loss({ lastCommitLsn: lsn }, before)[1]).toBe(
      `${read}. Its last_commit_lsn was 104 then; that of sqlmi1 is not known.`,
    );
    expect(loss({}, { ...before, fromCommitLsns: { Adatum: lsn } })[1]).toBe(
      `${read}; how far its log was is not known.`,
    );
  });
});

test.each([null, "1900-01-01T00:00:00.000"])("is unknown where the time is %s", (time) => {
  expect(loss({ lastCommitTime: time })).toEqual([
    "Adatum: what is lost is unknown: sqlmi1 does not tell when its last transaction was committed on SQLBOX01.",
  ]);
});

test("says that what has arrived is kept", () => {
  expect(loss({ redoQueueKb: 2048 })[1]).toBe(
    "Adatum: 2048 KB of log have arrived on sqlmi1 and are not redone yet; they are kept.",
  );
});

test("is not put into figures while the primary is alive", () => {
  expect(loss({}, { arrival: "alive" })).toEqual([
    "Adatum: SQLBOX01 is alive and goes on committing. Everything that has not arrived on sqlmi1 at the moment of the failover is lost; how much is not known before.",
  ]);
});

test("holds no figure that moves while what has arrived is still redone", () => {
  const before = {
    fromServerTime: "2026-11-21 22:00:03.1234567 +02:00",
    arrival: "redoing",
  } as const;
  const sentences = loss({ redoQueueKb: 2048 }, before);
  expect(sentences).toEqual([
    "Adatum: everything committed on SQLBOX01 that has not arrived on sqlmi1 is lost. What has arrived is kept; sqlmi1 is still redoing it, so after which time is not known before.",
  ]);
  expect(loss({ redoQueueKb: 16, lastCommitLsn: "120" }, before)).toEqual(sentences);
});
