// What a forced failover gives up, in words: times of the servers' own clocks, and "unknown" where nobody knows.
import { expect, test } from "vitest";
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
    isAlive: false,
    ...more,
  });
}

const afterTime = "Adatum: everything committed on SQLBOX01 after 2026-11-21T21:59:59.007 is lost.";

test("is everything after the last commit that arrived, by the primary's clock without a zone", () => {
  expect(loss({})).toEqual([`${afterTime} That is SQLBOX01's own clock, whose zone is not known.`]);
});

test("names the zone and the gap where the primary was read before", () => {
  const more = {
    fromServerTime: "2026-11-21 22:00:03.1234567 +02:00",
    fromCommitLsns: { Adatum: "104" },
  };
  expect(loss({}, more)).toEqual([
    `${afterTime} That is SQLBOX01's own clock, zone +02:00.`,
    "Adatum: SQLBOX01 was last read at last_commit_lsn 104, sqlmi1 has 99.",
  ]);
  expect(loss({ lastCommitLsn: "0104" }, more)[1]).toBe(
    "Adatum: sqlmi1 has everything that SQLBOX01 had committed when it was last read (last_commit_lsn 104).",
  );
});

test.each([null, "0"])("compares nothing with the position %s", (lsn) => {
  expect(loss({ lastCommitLsn: lsn }, { fromCommitLsns: { Adatum: "104" } })).toHaveLength(1);
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
  expect(loss({}, { isAlive: true })).toEqual([
    "Adatum: SQLBOX01 is alive and goes on committing. Everything that has not arrived on sqlmi1 at the moment of the failover is lost; how much is not known before.",
  ]);
});
