// last_commit_lsn after restarts, system commits and backups.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { askAndWait, backupLog, worldOf } from "./asking.ts";
import { idle, own } from "./rows.ts";

describe("last_commit_lsn", () => {
  test.each([
    ["kept", "box"],
    ["kept", "instance"],
    ["zero", "box"],
    ["zero", "instance"],
    ["null", "box"],
    ["null", "instance"],
  ] as const)("%s after a restart of %s, until the next commit there", (setting, key) => {
    const world = idle({ commitLsnAfterRestart: setting });
    const before = own(world, key);
    world.fault({ kind: "restart", server: key });
    world.advance(60_000);
    const after = own(world, key);
    const left = { kept: before.lastCommitLsn, zero: "0", null: null }[setting];
    expect(after.lastCommitLsn).toBe(left);
    expect(after.endOfLogLsn).toBe(before.endOfLogLsn);
    world.setWorkload(true);
    world.advance(10_000);
    world.setWorkload(false);
    world.advance(3000);
    expect(BigInt(own(world, key).lastCommitLsn ?? "")).toBeGreaterThan(
      BigInt(before.lastCommitLsn ?? ""),
    );
    expect(own(world, "instance").lastCommitLsn).toBe(own(world, "box").lastCommitLsn);
  });

  test.each([
    ["none", false, false],
    ["counted", true, true],
    ["primaryOnly", true, false],
  ] as const)(
    "system commits %s: primary moves %s, secondary %s",
    (systemCommits, box, instance) => {
      const { workload } = healthy;
      const world = worldOf(
        { ...healthy, workload: { ...workload, systemCommitEveryMs: 1000 } },
        { systemCommits },
      );
      world.setWorkload(false);
      world.advance(3000);
      const before = [own(world, "box"), own(world, "instance")] as const;
      world.advance(10_000);
      expect(own(world, "box").lastCommitLsn !== before[0].lastCommitLsn).toBe(box);
      expect(own(world, "instance").lastCommitLsn !== before[1].lastCommitLsn).toBe(instance);
      expect(own(world, "box").endOfLogLsn).not.toBe(before[0].endOfLogLsn);
    },
  );

  test.each([
    ["yes", "none", true, true],
    ["yes", "counted", true, true],
    ["yes", "primaryOnly", true, false],
    ["no", "none", false, false],
    ["no", "counted", false, false],
  ] as const)(
    "a log backup with backupCommits %s and systemCommits %s: primary moves %s, secondary %s",
    async (backupCommits, systemCommits, box, instance) => {
      const world = idle({ backupCommits, systemCommits });
      const before = [own(world, "box"), own(world, "instance")] as const;
      await askAndWait(world, "box", backupLog);
      expect(own(world, "box").lastCommitLsn !== before[0].lastCommitLsn).toBe(box);
      expect(own(world, "instance").lastCommitLsn !== before[1].lastCommitLsn).toBe(instance);
      expect(own(world, "instance").endOfLogLsn).toBe(own(world, "box").endOfLogLsn);
    },
  );
});
