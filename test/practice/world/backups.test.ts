// Backups as each side allows them, the rows they leave, and those the instance makes by itself.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth } from "../../../practice/world/truth.ts";
import {
  ask,
  askAndWait,
  backupLog,
  dropGroup,
  failover,
  numbers,
  started,
  until,
  worldOf,
} from "./asking.ts";

const instanceFirst = () => linkOf({ name: "x", summary: "", firstPrimary: "instance" });

type Backup = Extract<ServerStatement, { kind: "backup" }>;

const full = (options: readonly string[], to: Backup["to"] = disk("X:\\full.bak")): Backup => ({
  kind: "backup",
  what: "DATABASE",
  database: "Adatum",
  to,
  options: new Map(options.map((name) => [name, ""])),
});
const disk = (path: string): Backup["to"] => [{ kind: "DISK", path }];
const url: Backup["to"] = [{ kind: "URL", path: "https://acct.invalid/backups/a'].bak" }];

describe("BACKUP on SQL Server", () => {
  test("of the log goes on where the last one ended, reports its progress and ends with 3014", async () => {
    const world = worldOf();
    const { outputs } = await askAndWait(world, "box", backupLog);
    expect(numbers({ outputs })).toEqual([3211, 3211, 3211, 3211, 4035, 3014]);
    const [, before, row] = world.state.box.backups;
    expect(row).toMatchObject({ type: "L", isCopyOnly: false, firstLsn: before?.lastLsn });
    expect(BigInt(row?.lastLsn ?? 0)).toBeGreaterThan(BigInt(row?.firstLsn ?? 0));
    expect((row?.finishMs ?? 0) - (row?.startMs ?? 0)).toBe(healthy.engine.logBackupMs);
  });

  test("of an idle log names the record after the set as its last LSN", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(2000);
    const commit = world.state.box.copy.lastCommitLsn;
    await askAndWait(world, "box", backupLog);
    expect(BigInt(world.state.box.backups.at(-1)?.lastLsn ?? 0)).toBeGreaterThan(BigInt(commit));
  });

  test("taken back before its end leaves no row", async () => {
    const world = worldOf();
    const client = new AbortController();
    const answer = ask(world, "box", backupLog, client.signal);
    await started();
    world.advance(300);
    client.abort(new Error("attention"));
    await expect(answer).rejects.toThrow("attention");
    world.advance(5000);
    expect(world.state.box.backups.length).toBe(2);
  });

  test("without any full backup of its own the log cannot be saved: 4214 and 3013", async () => {
    const world = worldOf(instanceFirst());
    const { outputs, error } = await askAndWait(world, "box", backupLog);
    expect([numbers({ outputs }), error]).toEqual([[4214], 3013]);
  });

  test.each([["of another database with 911", { ...backupLog, database: "x]'; --" }, 911]])(
    "%s and 3013 is refused",
    async (_name, statement, number) => {
      const { outputs, error } = await ask(worldOf(), "box", statement);
      expect([numbers({ outputs }), error]).toEqual([[number], 3013]);
    },
  );

  test("of a secondary copy: a full one only with COPY_ONLY (3059)", async () => {
    const world = worldOf();
    await askAndWait(world, "box", failover);
    const refused = await ask(world, "box", full([]));
    expect([numbers(refused), refused.error]).toEqual([[3059], 3013]);
    expect(await askAndWait(world, "box", full(["COPY_ONLY"]))).not.toHaveProperty("error");
    expect(truth(world.state).box.backups).toEqual({ full: 1, copyOnly: 1, log: 1 });
  });
});

describe("BACKUP on the instance", () => {
  test.each([
    ["of the log with 41906", { ...backupLog, to: url }, 41906],
    ["without COPY_ONLY with 41904", full([], url), 41904],
    ["to a disk with 41902", full(["COPY_ONLY"]), 41902],
  ])("%s and 3013 is refused", async (_name, statement, number) => {
    const { outputs, error } = await ask(worldOf(), "instance", statement);
    expect([numbers({ outputs }), error]).toEqual([[number], 3013]);
  });

  test("COPY_ONLY to a URL is done where a credential lets it in", async () => {
    const world = worldOf();
    const refused = await ask(world, "instance", full(["COPY_ONLY"], url));
    expect([numbers(refused), refused.error]).toEqual([[3201], 3013]);
    await ask(world, "instance", {
      kind: "createCredential",
      name: "https://acct.invalid/backups",
      identity: "Managed Identity",
      secret: null,
    });
    expect(await askAndWait(world, "instance", full(["COPY_ONLY"], url))).not.toHaveProperty(
      "error",
    );
    expect(truth(world.state).instance.backups).toEqual({ full: 0, copyOnly: 1, log: 0 });
  });

  test("its own first full backup comes minutes after it became primary, log backups after that", async () => {
    const world = worldOf();
    await askAndWait(world, "box", failover);
    world.advance(200_000);
    expect(truth(world.state).instance.backups).toEqual({ full: 0, copyOnly: 0, log: 0 });
    world.advance(60_000);
    expect(truth(world.state).instance.backups).toEqual({ full: 1, copyOnly: 0, log: 0 });
    world.advance(1_250_000);
    expect(truth(world.state).instance.backups).toEqual({ full: 1, copyOnly: 0, log: 2 });
    const rows = world.state.instance.backups;
    expect(rows[2]?.firstLsn).toBe(rows[1]?.lastLsn);
  });

  test("that first full backup comes firstFullBackupAfterMs after it is up as primary, in UTC and not copy-only", async () => {
    const engine = { ...healthy.engine, firstFullBackupAfterMs: 30_000 };
    const world = worldOf({ ...healthy, engine });
    const answer = ask(world, "box", failover);
    await started();
    until(world, () => world.state.instance.copy.updateability === "READ_WRITE");
    await answer;
    const upMs = world.state.nowMs;
    until(world, () => world.state.instance.backups.length > 0);
    const finishMs = upMs + 30_000 + engine.fullBackupMs;
    expect(world.state.instance.backups).toMatchObject([
      { type: "D", isCopyOnly: false, startMs: upMs + 30_000, finishMs },
    ]);
  });

  test("held by a fault it stays away, and comes some seconds after the fault has ended", async () => {
    const world = worldOf();
    world.fault({ kind: "noAutomaticBackups", on: true });
    await askAndWait(world, "box", failover);
    world.advance(600_000);
    expect(truth(world.state).instance.backups.full).toBe(0);
    world.fault({ kind: "noAutomaticBackups", on: false });
    world.advance(15_000);
    expect(truth(world.state).instance.backups.full).toBe(1);
  });

  test("a database that became its own by the end of the link gets a first full backup too, a primary its one when it was due", async () => {
    const [secondary, primary] = [worldOf(), worldOf()];
    await askAndWait(primary, "box", failover);
    primary.advance(200_000);
    for (const [world, leftMs] of [
      [secondary, 250_000],
      [primary, 50_000],
    ] as const) {
      await ask(world, "instance", dropGroup("LINK_Adatum"));
      world.advance(leftMs);
      expect(truth(world.state).instance.backups.full).toBe(1);
      world.advance(400_000);
      expect(truth(world.state).instance.backups.full).toBe(1);
    }
  });

  test("a role change back calls that first full backup off", async () => {
    const world = worldOf();
    await askAndWait(world, "box", failover);
    await askAndWait(world, "instance", failover);
    world.advance(600_000);
    expect(truth(world.state).instance.backups.full).toBe(0);
  });
});

describe("RESTORE VERIFYONLY", () => {
  const verify = (path: string): ServerStatement => ({
    kind: "restoreRead",
    what: "VERIFYONLY",
    from: [{ kind: "DISK", path }],
    options: new Map(),
  });

  test("finds a backup that was written, and answers 3201 and 3013 for a file that was not", async () => {
    const world = worldOf();
    await askAndWait(world, "box", backupLog);
    const found = await ask(world, "box", verify("x:\\backup\\adatum_2.trn"));
    expect([numbers(found), found.error]).toEqual([[3262], undefined]);
    const lost = await ask(world, "box", verify("X:\\no'such].bak"));
    expect([numbers(lost), lost.error]).toEqual([[3201], 3013]);
  });
});
