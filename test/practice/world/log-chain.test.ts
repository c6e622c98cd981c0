// Chains of log backups and recovery forks: where the next one begins, and what brings the rows back that nobody has.
import { describe, expect, test } from "vitest";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { chainHead } from "../../../practice/world/log-chain.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { BackupRow } from "../../../practice/world/backup-set.ts";
import type { World } from "../../../practice/world/world.ts";
import {
  ask,
  askAndWait,
  backupLog,
  becomeSecondary,
  resume,
  splitBrain,
  worldOf,
} from "./asking.ts";

type Backup = Extract<ServerStatement, { kind: "backup" }>;

const copyOnly: Backup = {
  ...backupLog,
  what: "DATABASE",
  options: new Map([
    ["COPY_ONLY", ""],
    ["CHECKSUM", ""],
  ]),
};

/** SQL Server stops writing, saves, is demoted and follows the instance. */
async function repaired(world: World, save?: Backup): Promise<World> {
  world.setWorkload(false);
  world.advance(2000);
  if (save !== undefined) await askAndWait(world, "box", save);
  await ask(world, "box", becomeSecondary);
  await ask(world, "box", resume);
  world.advance(5000);
  return world;
}

function newest(world: World): BackupRow {
  const row = world.state.box.backups.at(-1);
  if (row === undefined) throw new Error("no backup");
  return row;
}

describe("a forced failover", () => {
  test("gives the new primary a fork of its own, left where its log ended, and lets the old one have its own", async () => {
    const world = await splitBrain();
    const { box, instance } = world.state;
    expect(instance.copy.forkedFrom).toMatchObject({ guid: box.copy.recoveryForkGuid });
    expect(BigInt(instance.copy.forkedFrom?.atLsn ?? 0)).toBeLessThan(
      BigInt(box.copy.lastCommitLsn),
    );
    expect(box.copy.forkedFrom).toBeNull();
  });

  test("leaves the old primary's chain whole and the new one without a chain, until its own full backup", async () => {
    const world = await splitBrain();
    const [, log] = world.state.box.backups;
    expect(chainHead(world.state, "box")).toBe(log?.lastLsn);
    expect(chainHead(world.state, "instance")).toBeNull();
    world.advance(260_000);
    const own = world.state.instance.backups.at(0);
    expect(own?.recoveryForkGuid).toBe(world.state.instance.copy.recoveryForkGuid);
    // A full backup moves no chain: there the log goes on where SQL Server saved it last, before the fork.
    expect(chainHead(world.state, "instance")).toBe(log?.lastLsn);
  });

  test("of which a log backup of the old primary is no part, however late", async () => {
    const world = await splitBrain();
    world.advance(260_000);
    const before = chainHead(world.state, "instance");
    await askAndWait(world, "box", backupLog);
    expect(chainHead(world.state, "box")).toBe(newest(world).lastLsn);
    expect(chainHead(world.state, "instance")).toBe(before);
  });

  test("on SQL Server leaves its chain: the next log backup begins on the old fork and ends on the new one", async () => {
    const world = worldOf();
    await ask(world, "box", becomeSecondary);
    await ask(world, "box", {
      kind: "availabilityGroupForceFailover",
      group: "LINK_Adatum",
    });
    world.advance(20_000);
    const { copy } = world.state.box;
    await askAndWait(world, "box", backupLog);
    expect(newest(world)).toMatchObject({
      firstForkGuid: copy.forkedFrom?.guid,
      recoveryForkGuid: copy.recoveryForkGuid,
      forkPointLsn: copy.forkedFrom?.atLsn,
    });
    await askAndWait(world, "box", backupLog);
    expect(newest(world)).toMatchObject({
      firstForkGuid: copy.recoveryForkGuid,
      forkPointLsn: null,
    });
  });
});

describe("the rows that a demotion throws away", () => {
  test("are told, and are lost where nobody saved them", async () => {
    const world = await repaired(await splitBrain());
    const { gone, discarded, box } = truth(world.state);
    expect(discarded).toHaveLength(1);
    expect(gone.lost.length).toBeGreaterThan(5);
    expect(gone.saved).toEqual([]);
    expect(discarded[0]?.server).toBe("box");
    expect(discarded[0]?.rows).toEqual(expect.arrayContaining([...gone.lost]));
    expect(box.role).toBe("SECONDARY");
    expect(world.state.box.copy.recoveryForkGuid).toBe(world.state.instance.copy.recoveryForkGuid);
  });

  test.each([
    ["the log backup", backupLog, "L"],
    ["the COPY_ONLY backup", copyOnly, "D"],
  ])("are in %s made before it, every one of them", async (_name, save, type) => {
    const world = await repaired(await splitBrain(), save);
    const { gone, discarded } = truth(world.state);
    expect(gone.lost).toEqual([]);
    const rows = discarded[0]?.rows;
    expect(rows?.length).toBeGreaterThan(5);
    expect(gone.saved).toEqual([
      { server: "box", path: backupLog.to[0]?.path, position: 1, type, rows },
    ]);
  });

  test("are lost with a log backup whose chain has a gap, and with one that is damaged", async () => {
    for (const spoil of [
      ([full]: BackupRow[]) => Object.assign(full ?? {}, { isOnMedia: false }),
      (sets: BackupRow[]) => Object.assign(sets.at(-1) ?? {}, { damage: "unreadable" }),
    ]) {
      const world = await repaired(await splitBrain(), backupLog);
      spoil(world.state.box.backups);
      expect(truth(world.state).gone.lost.length).toBeGreaterThan(5);
    }
  });
});

describe("sets in one file", () => {
  test("stand behind each other and share a media set, until INIT overwrites them or FORMAT begins a new one", async () => {
    const world = worldOf();
    for (const option of ["NOINIT", "NOINIT", "INIT", "FORMAT"]) {
      await askAndWait(world, "box", { ...backupLog, options: new Map([[option, ""]]) });
    }
    const sets = world.state.box.backups.slice(2);
    expect(sets.map(({ position }) => position)).toEqual([1, 2, 1, 1]);
    expect(sets.map(({ mediaSetId }) => mediaSetId)).toEqual([3, 3, 3, 4]);
    expect(sets.map(({ isOnMedia }) => isOnMedia)).toEqual([false, false, false, true]);
  });

  test("that goes on where the set before it ended begins no chain, and COPY_ONLY moves none", async () => {
    const world = worldOf();
    await askAndWait(world, "box", { ...backupLog, options: new Map([["COPY_ONLY", ""]]) });
    const copied = newest(world);
    await askAndWait(world, "box", backupLog);
    expect(newest(world)).toMatchObject({ firstLsn: copied.firstLsn, beginsLogChain: false });
    expect(world.state.box.backups[1]?.beginsLogChain).toBe(true);
  });
});
