import { describe, expect, test } from "vitest";
import type { CopyToSave } from "../../../shared/repair/copy-to-save.ts";
import { lackOf, positionOf, saveMethodOf } from "../../../shared/repair/copy-to-save.ts";
import { lsnOfHexGroups } from "../../../shared/sql/lsn.ts";
import { backupSet, copy } from "./samples.ts";

describe("where the log stands", () => {
  test.each<[string, Partial<CopyToSave>, ReturnType<typeof positionOf>]>([
    ["the last commit", {}, { column: "last_commit_lsn", lsn: "390" }],
    [
      "the end of the log where it is NULL",
      { lastCommitLsn: null },
      { column: "log_end_lsn", lsn: "395" },
    ],
    [
      "the end of the log where it is 0",
      { lastCommitLsn: "0" },
      { column: "log_end_lsn", lsn: "395" },
    ],
    ["not known where neither is told", { lastCommitLsn: "0", logEndLsn: null }, undefined],
  ])("is %s", (_what, changes, expected) => {
    expect(positionOf(copy(changes))).toEqual(expected);
  });

  test.each([
    ["0000002b:00000188:0001", "43000000039200001"],
    ["0x0000002B:00000188:0001", "43000000039200001"],
    ["43000000039200001", undefined],
    ["", undefined],
  ])("log_end_lsn %s is %s", (hex, decimal) => {
    expect(lsnOfHexGroups(hex)).toBe(decimal);
  });
});

describe("on SQL Server", () => {
  const gap = [
    backupSet(),
    backupSet({ type: "L", firstLsn: "200", lastLsn: "300" }),
    backupSet({ type: "L", firstLsn: "310", lastLsn: "380" }),
  ];
  test.each<[string, Partial<CopyToSave>, string]>([
    ["a whole chain of its own fork is gone on with", {}, "log"],
    ["a full backup alone is a chain", { backups: [backupSet()], lastLogBackupLsn: "150" }, "log"],
    ["a gap is not gone on with", { backups: gap }, "database"],
    ["without a full backup there is no chain", { backups: [] }, "database"],
    [
      "a copy is no beginning of a chain",
      { backups: [backupSet({ isCopyOnly: true })] },
      "database",
    ],
    [
      "a full backup of another fork is no beginning",
      { recoveryForkGuid: "CCCCCCCC-0000-0000-0000-000000000003" },
      "database",
    ],
    ["a fork that is not told proves nothing", { recoveryForkGuid: null }, "database"],
    [
      "a damaged full backup is no beginning",
      { backups: [backupSet({ isDamaged: true })] },
      "database",
    ],
    [
      "a log backup that another server took is a gap here",
      { lastLogBackupLsn: "390" },
      "database",
    ],
    [
      "without a last log backup nothing can be gone on with",
      { lastLogBackupLsn: null },
      "database",
    ],
    [
      "without a position the whole database is taken",
      { lastCommitLsn: null, logEndLsn: null },
      "database",
    ],
    ["of a damaged database only the tail is left", { state: "SUSPECT" }, "logNoTruncate"],
  ])("%s", (_what, changes, method) => {
    expect(saveMethodOf(copy(changes), "box")).toBe(method);
  });
});

test("on the instance a user may take copies alone", () => {
  expect(saveMethodOf(copy(), "instance")).toBe("database");
});

describe("a backup", () => {
  const path = "C:\\backup\\tail.bak";
  const noted = { column: "last_commit_lsn", lsn: "390" } as const;
  const saved = (changes: Parameters<typeof backupSet>[0] = {}) =>
    copy({ backups: [backupSet(), backupSet({ type: "L", lastLsn: "391", path, ...changes })] });

  test("proves the copy when it ends behind the noted position", () => {
    expect(lackOf(saved(), [path], noted)).toMatchObject({ set: { lastLsn: "391" } });
  });

  test.each([
    ["ends at the noted position, which is the next record", { lastLsn: "390" }, /ends at 390/],
    ["is damaged", { isDamaged: true }, /damaged/],
    ["is of another database", { databaseGuid: "X" }, /another database/],
    ["is of another fork", { recoveryForkGuid: "X" }, /another recovery fork/],
    ["is somewhere else", { path: "C:\\backup\\other.bak" }, /no such backup/],
  ])("proves nothing when it %s", (_what, changes, because) => {
    expect(lackOf(saved(changes), [path], noted)).toEqual({
      because: expect.stringMatching(because) as string,
    });
  });
});
