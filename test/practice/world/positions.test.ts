// What single columns of the rows say.
import { describe, expect, test } from "vitest";
import { disconnected } from "../../../practice/scenarios/disconnected.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { lagging } from "../../../practice/scenarios/lagging.ts";
import { suspended } from "../../../practice/scenarios/suspended.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import { ask, askAndWait, failover, worldOf } from "./asking.ts";
import { idle, own, remote } from "./rows.ts";

/** The distance between two LSNs in sectors of their blocks. */
function blocksBetween(from: string | null, to: string | null): number {
  return Number((BigInt(to ?? "") - BigInt(from ?? "")) / 100_000n);
}

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
