// What strikes a backup: users who commit around it, devices that fail, damage, broken chains, and roles that forbid it.
import { describe, expect, test } from "vitest";
import { noPrimary } from "../../../practice/scenarios/split-brain.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { chainHead } from "../../../practice/world/log-chain.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import {
  ask,
  askAndWait,
  backupLog,
  becomeSecondary,
  numbers,
  resume,
  splitBrain,
  started,
  worldOf,
} from "./asking.ts";

type Backup = Extract<ServerStatement, { kind: "backup" }>;
const copyOnly: Backup = {
  ...backupLog,
  what: "DATABASE",
  options: new Map([["COPY_ONLY", ""]]),
};
const plain: Backup = { ...backupLog, options: new Map() };
const verify: ServerStatement = {
  kind: "restoreRead",
  what: "VERIFYONLY",
  from: backupLog.to,
  options: new Map(),
};

/** A split brain whose old primary, SQL Server, takes no more rows of the application. */
async function quiet(): Promise<World> {
  const world = await splitBrain();
  world.setWorkload(false);
  world.advance(2000);
  return world;
}

async function demote(world: World): Promise<void> {
  await ask(world, "box", becomeSecondary);
  await ask(world, "box", resume);
  world.advance(5000);
}

describe("a user who commits around the backup", () => {
  test.each([
    ["after it", { kind: "commitAfterBackup", afterMs: 0 }, plain, 1],
    ["two seconds after it", { kind: "commitAfterBackup", afterMs: 2000 }, plain, 1],
    ["while a log backup runs", { kind: "commitDuringBackup" }, plain, 1],
    ["while a full one runs", { kind: "commitDuringBackup" }, copyOnly, 0],
  ] as const)("once, %s, loses what the backup does not hold", async (_name, how, save, lost) => {
    const world = await quiet();
    world.fault({ ...how, server: "box", times: "once" });
    const before = truth(world.state).acknowledgedRows;
    await askAndWait(world, "box", save);
    expect(truth(world.state).acknowledgedRows).toBe(before + 1);
    await demote(world);
    expect(truth(world.state).gone.lost).toHaveLength(lost);
  });

  test("once lets the next backup hold the row; each time never lets anything be saved whole", async () => {
    for (const [times, lost] of [
      ["once", 0],
      ["each", 1],
    ] as const) {
      const world = await quiet();
      world.fault({ kind: "commitAfterBackup", server: "box", times, afterMs: 0 });
      await askAndWait(world, "box", plain);
      await askAndWait(world, "box", plain);
      await demote(world);
      expect(truth(world.state).gone.lost).toHaveLength(lost);
    }
  });
});

describe("a backup that commits for itself", () => {
  test.each([
    ["yes", true],
    ["no", false],
  ] as const)("backupCommits %s: last_commit_lsn moves: %s", async (backupCommits, moves) => {
    const world = worldOf(undefined, { backupCommits });
    world.setWorkload(false);
    world.advance(2000);
    const before = world.state.box.copy.lastCommitLsn;
    await askAndWait(world, "box", plain);
    expect(world.state.box.copy.lastCommitLsn !== before).toBe(moves);
    expect(truth(world.state).box.rows.hasEveryAcknowledged).toBe(true);
  });
});

describe("a device", () => {
  test.each([
    ["cannotOpen", 3201],
    ["writeFails", 3202],
    ["ioError", 3271],
  ] as const)(
    "that %s ends the backup with %i and 3013, and leaves no set",
    async (how, number) => {
      const world = worldOf();
      world.fault({ kind: "backupDevice", server: "box", how });
      const answer = await askAndWait(world, "box", plain);
      expect([numbers(answer), answer.error]).toEqual([[number], 3013]);
      expect(world.state.box.backups).toHaveLength(2);
      world.fault({ kind: "backupDevice", server: "box", how: "works" });
      expect(await askAndWait(world, "box", plain)).not.toHaveProperty("error");
    },
  );

  test("that hangs lets the backup wait until it works again, or the client gives up", async () => {
    const world = worldOf();
    world.fault({ kind: "backupDevice", server: "box", how: "hangs" });
    const client = new AbortController();
    const given = ask(world, "box", plain, client.signal);
    const answer = ask(world, "box", plain);
    await started();
    world.advance(60_000);
    expect(world.state.box.backups).toHaveLength(2);
    client.abort(new Error("attention"));
    await expect(given).rejects.toThrow("attention");
    world.fault({ kind: "backupDevice", server: "box", how: "works" });
    world.advance(10);
    await started();
    world.advance(2000);
    expect(await answer).not.toHaveProperty("error");
    expect(world.state.box.backups).toHaveLength(3);
  });
});

describe("damage", () => {
  test.each([
    ["flagged", 3189, true],
    ["unreadable", 3203, false],
  ] as const)(
    "that is %s is found by VERIFYONLY with %i; msdb tells: %s",
    async (how, number, tells) => {
      const world = worldOf();
      world.fault({ kind: "backupDamage", server: "box", how });
      expect(await askAndWait(world, "box", plain)).not.toHaveProperty("error");
      const answer = await ask(world, "box", verify);
      expect([numbers(answer), answer.error]).toEqual([[number], 3013]);
      expect(world.state.box.backups.at(-1)?.damage === "flagged").toBe(tells);
    },
  );
});

describe("a chain", () => {
  test.each(["simpleModel", "otherFork"] as const)(
    "broken by %s refuses the log backup with 4214 until there is a full one; COPY_ONLY saves meanwhile, and mends nothing",
    async (how) => {
      const world = await quiet();
      world.fault({ kind: "logChain", server: "box", how });
      world.advance(10);
      expect(chainHead(world.state, "box")).toBeNull();
      const refused = await ask(world, "box", plain);
      expect([numbers(refused), refused.error]).toEqual([[4214], 3013]);
      await askAndWait(world, "box", copyOnly);
      expect(chainHead(world.state, "box")).toBeNull();
      await askAndWait(world, "box", { ...copyOnly, options: new Map() });
      expect(await askAndWait(world, "box", plain)).not.toHaveProperty("error");
    },
  );

  test("whose newest log backup is gone goes on behind it: a log backup alone brings nothing back, COPY_ONLY does", async () => {
    for (const [save, isLost] of [
      [plain, true],
      [copyOnly, false],
    ] as const) {
      const world = await quiet();
      await askAndWait(world, "box", { ...plain, to: [{ kind: "DISK", path: "Y:\\other-tool" }] });
      world.fault({ kind: "logChain", server: "box", how: "logBackupMissing" });
      world.fault({ kind: "userCommits", server: "box", rows: 3 });
      await askAndWait(world, "box", save);
      await demote(world);
      expect(truth(world.state).gone.lost.length > 0).toBe(isLost);
    }
  });
});

describe("a copy that is SECONDARY and follows nobody", () => {
  test.each([
    ["whenFollowing", 3062],
    ["always", 4035],
  ] as const)("is saved as secondaryBackup %s says (%i)", async (secondaryBackup, number) => {
    const world = worldOf(noPrimary, { secondaryBackup });
    expect(numbers(await askAndWait(world, "box", copyOnly))[0]).toBe(number);
  });
});

describe("BACKUP LOG", () => {
  test("WITH NORECOVERY is refused for a database in a group with 3104, and leaves it as it is", async () => {
    const world = worldOf();
    const answer = await ask(world, "box", { ...plain, options: new Map([["NORECOVERY", ""]]) });
    expect([numbers(answer), answer.error]).toEqual([[3104], 3013]);
    expect(truth(world.state).box.databaseState).toBe("ONLINE");
  });

  test("of a database that is recovering needs NO_TRUNCATE, and is then no part of the chain", async () => {
    const world = worldOf();
    world.fault({ kind: "restart", server: "box" });
    expect(numbers(await ask(world, "box", plain))).toEqual([922]);
    const head = chainHead(world.state, "box");
    await askAndWait(world, "box", { ...plain, options: new Map([["NO_TRUNCATE", ""]]) });
    expect(world.state.box.backups.at(-1)).toMatchObject({ isCopyOnly: true, firstLsn: head });
    expect(chainHead(world.state, "box")).toBe(head);
  });
});
