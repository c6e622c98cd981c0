import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { disconnected } from "../../../practice/scenarios/disconnected.ts";
import { lagging } from "../../../practice/scenarios/lagging.ts";
import { suspended } from "../../../practice/scenarios/suspended.ts";
import { wrongNode } from "../../../practice/scenarios/wrong-node.ts";
import type { ReplicaRow } from "../../../practice/world/replica-row.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import type { ServerKey, WorldSettings } from "../../../practice/world/state.ts";
import type { World } from "../../../practice/world/world.ts";
import { ask, askAndWait, backupLog, failover, until, worldOf } from "./asking.ts";

function own(world: World, key: ServerKey): ReplicaRow {
  return find(world, key, (row) => row.isLocal && row.group === "distributed");
}

function remote(world: World): ReplicaRow {
  return find(world, "box", (row) => !row.isLocal && row.group === "distributed");
}

function find(world: World, key: ServerKey, which: (row: ReplicaRow) => boolean): ReplicaRow {
  const row = replicaRows(world.state, key).find(which);
  if (row === undefined) throw new Error("no such row");
  return row;
}

/** A world whose workload has stopped and whose log is everywhere. */
function idle(settings: Partial<WorldSettings> = {}): World {
  const world = worldOf(healthy, settings);
  world.setWorkload(false);
  world.advance(3000);
  return world;
}

/** The distance between two LSNs in sectors of their blocks. */
function blocksBetween(from: string | null, to: string | null): number {
  return Number((BigInt(to ?? "") - BigInt(from ?? "")) / 100_000n);
}

const combinations = (["nextBlock", "sameBlock"] as const).flatMap((hardenedLsn) =>
  (["lastBlock", "nextBlock"] as const).flatMap((endOfLogLsn) =>
    (["null", "value"] as const).flatMap((primaryHardened) =>
      (["none", "counted", "primaryOnly"] as const).flatMap((systemCommits) =>
        (["dagRow", "dagRowWithoutCommitLsn", "localRowOnly"] as const).map((ownRow) => ({
          hardenedLsn,
          endOfLogLsn,
          primaryHardened,
          systemCommits,
          ownRow,
        })),
      ),
    ),
  ),
);

describe("rows under every combination of the settings", () => {
  test.each(combinations)("%o: a caught-up idle link agrees column by column", (settings) => {
    const world = idle(settings);
    const local = (key: ServerKey): ReplicaRow => find(world, key, (row) => row.group === "local");
    const [box, instance] = [local("box"), local("instance")];
    expect(instance.lastCommitLsn).toBe(box.lastCommitLsn);
    expect(instance.endOfLogLsn).toBe(box.endOfLogLsn);
    const hardened = settings.primaryHardened === "null" ? null : instance.lastHardenedLsn;
    expect(box.lastHardenedLsn).toBe(hardened);
    expect(instance.lastHardenedLsn).toMatch(/^\d{25}$/);
    // The two columns name the same block only where both rules say so.
    const same = (settings.hardenedLsn === "nextBlock") === (settings.endOfLogLsn === "nextBlock");
    expect(instance.lastHardenedLsn === instance.endOfLogLsn).toBe(same);
  });

  test.each(combinations)(
    "%o: one commit short is behind in last_commit and end_of_log",
    (settings) => {
      const world = idle(settings);
      const local = (key: ServerKey): ReplicaRow =>
        find(world, key, (row) => row.group === "local");
      world.fault({ kind: "networkDelay", ms: 60_000 });
      const before = local("box");
      world.setWorkload(true);
      until(world, () => local("box").lastCommitLsn !== before.lastCommitLsn);
      world.setWorkload(false);
      const [box, instance] = [local("box"), local("instance")];
      expect(instance.lastCommitLsn).toBe(before.lastCommitLsn);
      expect(BigInt(instance.lastCommitLsn ?? "")).toBeLessThan(BigInt(box.lastCommitLsn ?? ""));
      expect(BigInt(instance.endOfLogLsn ?? "")).toBeLessThan(BigInt(box.endOfLogLsn ?? ""));
      expect(instance.lastHardenedLsn).toBe(
        settings.primaryHardened === "null" ? instance.lastHardenedLsn : before.lastHardenedLsn,
      );
    },
  );
});

describe("what single columns say", () => {
  test("hardenedLsn: the block after the last hardened one, or that block", () => {
    const [next, same] = [idle(), idle({ hardenedLsn: "sameBlock" })];
    const sectors = healthy.workload.kbPerCommit * 2;
    const [ofNext, ofSame] = [own(next, "instance"), own(same, "instance")];
    expect(ofSame.lastHardenedLsn).toBe(ofSame.lastReceivedLsn);
    expect(blocksBetween(ofSame.lastHardenedLsn, ofNext.lastHardenedLsn)).toBe(sectors);
  });

  test("block ids carry slot 1; only last_commit and last_redone name a record inside a block", () => {
    const row = own(idle(), "instance");
    for (const id of [row.endOfLogLsn, row.lastHardenedLsn, row.lastReceivedLsn, row.recoveryLsn]) {
      expect(id).toMatch(/^\d{20}00001$/);
    }
    expect(row.lastCommitLsn).toMatch(/^\d{20}00003$/);
    expect(row.lastRedoneLsn).toBe(row.lastCommitLsn);
  });

  test("in synchronous mode the primary's last_hardened_lsn is the secondary's, whatever the setting", async () => {
    const world = idle();
    for (const server of ["box", "instance"] as const) {
      await ask(world, server, {
        kind: "availabilityGroupModifyGroups",
        group: "LINK_Adatum",
        members: ["AG_Adatum", "AG_Adatum_MI"].map((name) => ({
          name,
          options: new Map([["AVAILABILITY_MODE", "SYNCHRONOUS_COMMIT"]]),
        })),
      });
    }
    world.advance(1000);
    expect(own(world, "box").lastHardenedLsn).toBe(own(world, "instance").lastHardenedLsn);
    expect(own(world, "box")).toMatchObject({
      synchronizationStateDesc: "SYNCHRONIZED",
      synchronizationHealthDesc: "HEALTHY",
    });
  });

  test("the remote row lags behind the secondary's own row until it reports", () => {
    const world = idle();
    world.setWorkload(true);
    let stale = 0;
    for (let step = 0; step < 200; step++) {
      world.advance(10);
      const reported = BigInt(remote(world).lastCommitLsn ?? "");
      const actual = BigInt(own(world, "instance").lastCommitLsn ?? "");
      expect(reported).toBeLessThanOrEqual(actual);
      if (reported < actual) stale++;
    }
    expect(stale).toBeGreaterThan(10);
    world.setWorkload(false);
    world.advance(3000);
    expect(remote(world).lastCommitLsn).toBe(own(world, "instance").lastCommitLsn);
  });

  test("a slow line shows a send queue and a lag, and none once the workload has stopped and it has drained", () => {
    const world = worldOf(lagging);
    expect(remote(world).logSendQueueKb).toBeGreaterThan(1024);
    expect(remote(world).secondaryLagSeconds).toBeGreaterThan(2);
    world.setWorkload(false);
    world.advance(30_000);
    expect(remote(world)).toMatchObject({
      logSendQueueKb: 0,
      secondaryLagSeconds: 0,
      redoQueueKb: 0,
    });
  });

  test("suspended: both rows say so, nothing moves, and the lag is 0", () => {
    const world = worldOf(suspended);
    const before = own(world, "instance");
    world.advance(5000);
    expect(own(world, "instance")).toMatchObject({
      isSuspended: true,
      suspendReason: 0,
      lastRedoneLsn: before.lastRedoneLsn,
      synchronizationStateDesc: "NOT SYNCHRONIZING",
      synchronizationHealthDesc: "NOT_HEALTHY",
    });
    expect(remote(world)).toMatchObject({
      isSuspended: true,
      secondaryLagSeconds: 0,
      synchronizationStateDesc: "NOT SYNCHRONIZING",
    });
    expect(remote(world).logSendQueueKb).toBeGreaterThan(0);
    expect(own(world, "box").isSuspended).toBe(false);
  });

  test("disconnected: the primary keeps the last reported values and calls the other side not synchronizing", () => {
    const world = worldOf(disconnected);
    const before = remote(world);
    world.advance(5000);
    expect(remote(world)).toMatchObject({
      lastCommitLsn: before.lastCommitLsn,
      synchronizationStateDesc: "NOT SYNCHRONIZING",
      databaseStateDesc: null,
    });
    expect(own(world, "box").synchronizationStateDesc).toBe("SYNCHRONIZING");
    expect(own(world, "instance").synchronizationStateDesc).toBe("NOT SYNCHRONIZING");
  });

  test("commit times are the primary's clock in every row, also after the roles have switched", async () => {
    const world = idle();
    const clocks = (): string[] =>
      (["box", "instance"] as const).flatMap((key) =>
        replicaRows(world.state, key).map(({ commitClock }) => commitClock),
      );
    expect(new Set(clocks())).toEqual(new Set(["box"]));
    await askAndWait(world, "box", failover);
    expect(new Set(clocks())).toEqual(new Set(["instance"]));
  });
});

describe("which rows there are", () => {
  const shape = (world: World, key: ServerKey): string[] =>
    replicaRows(world.state, key).map(
      ({ group, isLocal, isPrimaryReplica, lastCommitLsn }) =>
        `${group} ${isLocal ? "local" : "remote"} ${isPrimaryReplica ? 1 : 0} ${lastCommitLsn === null ? "NULL" : "commit"}`,
    );

  test("dagRow: own and remote row on the primary, only local rows on the secondary", () => {
    const world = idle();
    expect(shape(world, "box")).toEqual([
      "distributed local 0 commit",
      "distributed remote 0 commit",
      "local local 1 commit",
    ]);
    expect(shape(world, "instance")).toEqual([
      "distributed local 0 commit",
      "local local 1 commit",
    ]);
  });

  test("dagRowWithoutCommitLsn: the last commit is in the local row alone", () => {
    const world = idle({ ownRow: "dagRowWithoutCommitLsn" });
    expect(shape(world, "instance")).toEqual(["distributed local 0 NULL", "local local 1 commit"]);
  });

  test("localRowOnly: no row of the distributed group for the own side", () => {
    const world = idle({ ownRow: "localRowOnly" });
    expect(shape(world, "box")).toEqual(["distributed remote 0 commit", "local local 1 commit"]);
    expect(shape(world, "instance")).toEqual(["local local 1 commit"]);
  });

  test("Business Critical adds its own replicas, which is_primary_replica = 0 tells apart", () => {
    const { instance } = healthy;
    const world = worldOf({
      ...healthy,
      instance: { ...instance, serviceTier: "BusinessCritical" },
    });
    expect(shape(world, "instance")).toEqual([
      "distributed local 0 commit",
      "local local 1 commit",
      "local remote 0 NULL",
      "local remote 0 NULL",
      "local remote 0 NULL",
    ]);
  });

  test("a node that is secondary in its own group shows no remote row and no primary row", () => {
    expect(shape(worldOf(wrongNode), "box")).toEqual([
      "distributed local 0 commit",
      "local local 0 commit",
    ]);
  });

  test("a dropped link leaves the local row, dropped groups leave none", async () => {
    const world = idle();
    await ask(world, "box", { kind: "dropAvailabilityGroup", group: "link_ADATUM" });
    expect(shape(world, "box")).toEqual(["local local 1 commit"]);
    await ask(world, "box", { kind: "dropAvailabilityGroup", group: "AG_Adatum" });
    expect(shape(world, "box")).toEqual([]);
  });
});

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
