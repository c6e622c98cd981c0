// msdb's history and sys.database_recovery_status as a repair reads them, in the server's own time.
import { describe, expect, test } from "vitest";
import { hexLsn } from "../../../practice/catalog/log-space.ts";
import { askAndWait, backupLog, forceFailover } from "../world/asking.ts";
import { fixture, withServer, type Fixture } from "../server/server-parts.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";

/** Runs a statement on the fixture's side to its end. */
async function run({ parts }: Fixture, statement: ServerStatement): Promise<void> {
  expect(await askAndWait(parts.world, parts.key, statement)).not.toHaveProperty("error");
}

describe("msdb.dbo.backupset", () => {
  test("tells all that proves a backup, its times in the zone of the server", async () => {
    const box = fixture("box", withServer("box", { offsetMinutes: -300 }));
    const name = "tail of 'Adatum'";
    await run(box, {
      ...backupLog,
      options: new Map([
        ["CHECKSUM", ""],
        ["NAME", name],
      ]),
    });
    const [full, , row] = box.read("dbo.backupset");
    const { copy } = box.parts.world.state.box;
    expect(row).toMatchObject({
      database_name: "Adatum",
      server_name: "SQLBOX01",
      name,
      type: "L",
      position: 1,
      is_copy_only: false,
      has_backup_checksums: true,
      is_damaged: false,
      is_snapshot: false,
      has_incomplete_metadata: false,
      begins_log_chain: false,
      recovery_model: "FULL",
      time_zone: -20,
      checkpoint_lsn: full?.["checkpoint_lsn"],
      database_backup_lsn: full?.["first_lsn"],
      first_recovery_fork_guid: copy.recoveryForkGuid,
      last_recovery_fork_guid: copy.recoveryForkGuid,
      fork_point_lsn: null,
      database_guid: full?.["database_guid"],
      family_guid: full?.["database_guid"],
    });
    expect(row?.["backup_start_date"]).toMatch(/^2026-11-21T03:00:00/);
    expect(row?.["backup_set_uuid"]).not.toBe(full?.["backup_set_uuid"]);
    const family = box.read("dbo.backupmediafamily");
    expect(family.find((one) => one["media_set_id"] === row?.["media_set_id"])).toMatchObject({
      physical_device_name: "X:\\Backup\\Adatum_2.trn",
      family_sequence_number: 1,
      device_type: 2,
    });
  });

  test("without CHECKSUM says that there are none; of two files there are two families in one media set", async () => {
    const box = fixture("box");
    const to = ["X:\\1.trn", "X:\\2.trn"].map((path) => ({ kind: "DISK", path }) as const);
    await run(box, { ...backupLog, to, options: new Map() });
    await run(box, { ...backupLog, to, options: new Map() });
    const rows = box.read("dbo.backupset").slice(2);
    expect(rows.map((row) => [row["has_backup_checksums"], row["position"]])).toEqual([
      [false, 1],
      [false, 2],
    ]);
    const families = box
      .read("dbo.backupmediafamily")
      .filter((row) => row["media_set_id"] === rows[0]?.["media_set_id"]);
    expect(families.map((row) => row["physical_device_name"])).toEqual(["X:\\1.trn", "X:\\2.trn"]);
  });
});

describe("sys.database_recovery_status", () => {
  const status = ({ read }: Fixture) =>
    read("sys.database_recovery_status").find((row) => row["database_id"] === 5);

  test("of a healthy link is the same fork on both sides, with SQL Server's next log backup where the last one ended", () => {
    const [box, instance] = [fixture("box"), fixture("instance")].map(status);
    expect(box).toMatchObject({
      recovery_fork_guid: instance?.["recovery_fork_guid"],
      first_recovery_fork_guid: instance?.["first_recovery_fork_guid"],
      database_guid: instance?.["database_guid"],
      fork_point_lsn: null,
    });
    const [, log] = fixture("box").read("dbo.backupset");
    expect(box?.["last_log_backup_lsn"]).toBe(log?.["last_lsn"]);
    expect(instance?.["last_log_backup_lsn"]).toBeNull();
  });

  test("of an instance that took over by force is another fork, with the point where it left the first one", async () => {
    const instance = fixture("instance");
    const before = status(instance);
    await run(instance, forceFailover);
    const after = status(instance);
    expect(after?.["first_recovery_fork_guid"]).toBe(before?.["recovery_fork_guid"]);
    expect(after?.["recovery_fork_guid"]).not.toBe(before?.["recovery_fork_guid"]);
    expect(after?.["fork_point_lsn"]).toMatch(/^\d{25}$/);
  });

  test("shows master and tempdb alone to whom databases may not be shown, and NULL for one that is not started", () => {
    const denied = fixture(
      "box",
      withServer("box", { deniedPermissions: ["VIEW ANY DATABASE", "ALTER ANY DATABASE"] }),
    );
    const ids = denied.read("sys.database_recovery_status").map((row) => row["database_id"]);
    expect(ids).toEqual([1, 2]);
    const box = fixture("box");
    box.parts.world.fault({ kind: "restart", server: "box" });
    expect(status(box)).toMatchObject({ recovery_fork_guid: null, last_log_backup_lsn: null });
  });
});

describe("sys.dm_db_log_stats", () => {
  test.each(["zero", "null"] as const)(
    "still tells where the log ends after a restart that leaves last_commit_lsn %s",
    (commitLsnAfterRestart) => {
      const box = fixture("box", (scenario) => ({
        ...scenario,
        settings: { ...scenario.settings, commitLsnAfterRestart },
      }));
      const ends = () => box.read("sys.dm_db_log_stats", [5]).map((row) => row["log_end_lsn"]);
      const { world } = box.parts;
      world.setWorkload(false);
      world.advance(2000);
      const before = ends();
      world.fault({ kind: "restart", server: "box" });
      expect(ends()).toEqual([]);
      world.advance(8000);
      const [row] = box
        .read("sys.dm_hadr_database_replica_states")
        .filter((one) => one["is_local"] === true);
      expect(row?.["last_commit_lsn"]).toBe(commitLsnAfterRestart === "zero" ? "0" : null);
      expect(ends()).toEqual(before);
      expect(before[0]).toMatch(/^[0-9a-f]{8}:[0-9a-f]{8}:0003$/);
    },
  );

  test("writes 10, 10 and 5 decimal digits as 8, 8 and 4 hexadecimal ones", () => {
    expect(hexLsn("0000000037000000240800003")).toBe("00000025:00000968:0003");
    expect(hexLsn("4294967295429496729500001")).toBe("ffffffff:ffffffff:0001");
  });
});
