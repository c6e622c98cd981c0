// msdb.dbo.backupset and msdb.dbo.backupmediafamily: what was backed up, when, and where to.
import { releaseOf } from "../world/versions.ts";
import type { BackupRow } from "../world/backup-set.ts";
import type { CatalogContext } from "./context.ts";
import { localTime } from "./local-time.ts";
import {
  bit,
  datetime,
  description,
  int,
  lsn,
  numeric,
  nvarchar,
  smallint,
  sysname,
  tinyint,
  uniqueidentifier,
  varchar,
} from "./types.ts";
import { stableGuid } from "./stable-id.ts";
import { collation } from "./sys-databases.ts";
import { defineView } from "./view.ts";

interface Backup {
  readonly id: number;
  readonly row: BackupRow;
}

/** Ids are those of the server's whole history, whatever of it is deleted. */
function backups({ server }: CatalogContext): Backup[] {
  return server.backups
    .map((row, index) => ({ id: index + 1, row }))
    .filter(({ row }) => row.isListed);
}

/** backup_set_uuid, BackupSetGUID: the same wherever the set is read. */
export function setGuid({ database, firstLsn, startMs, type }: BackupRow): string {
  return stableGuid(`set ${type} ${database} ${firstLsn} ${startMs}`);
}

export const backupset = defineView<Backup>({
  name: "msdb.dbo.backupset",
  access: "database",
  items: backups,
  cells: [
    ["backup_set_id", int, (b) => b.id],
    ["backup_set_uuid", uniqueidentifier, ({ row }) => setGuid(row)],
    ["media_set_id", int, ({ row }) => row.mediaSetId],
    ["first_family_number", tinyint, () => 1],
    ["last_family_number", tinyint, ({ row }) => row.paths.length],
    ["position", int, ({ row }) => row.position],
    ["expiration_date", datetime, () => null],
    ["name", sysname, ({ row }) => row.name],
    ["description", nvarchar(255), () => null],
    ["user_name", sysname, () => "sa"],
    ["software_major_version", tinyint, (_, { server }) => releaseOf(server).major],
    // The server's zone in quarters of an hour.
    ["time_zone", smallint, (_, { server }) => server.offsetMinutes / 15],
    ["first_lsn", lsn, ({ row }) => row.firstLsn],
    ["last_lsn", lsn, ({ row }) => row.lastLsn],
    ["checkpoint_lsn", lsn, ({ row }) => checkpointLsn(row)],
    ["database_backup_lsn", lsn, ({ row }) => row.databaseBackupLsn],
    ["database_creation_date", datetime, (_, context) => localTime(createdMs(context), context)],
    ["backup_start_date", datetime, ({ row }, context) => localTime(row.startMs, context)],
    ["backup_finish_date", datetime, ({ row }, context) => localTime(row.finishMs, context)],
    ["type", varchar(1), ({ row }) => row.type],
    ["backup_size", numeric(20, 0), ({ row }) => String(sizeOf(row))],
    ["compressed_backup_size", numeric(20, 0), ({ row }) => String(sizeOf(row) / 4)],
    ["database_name", sysname, ({ row }) => row.database],
    ["server_name", sysname, (_, { server }) => server.name],
    ["machine_name", sysname, (_, { server }) => server.machineName],
    ["collation_name", sysname, () => collation],
    ["is_password_protected", bit, () => false],
    ["recovery_model", description, ({ row }) => row.recoveryModel],
    ["has_bulk_logged_data", bit, () => false],
    ["is_snapshot", bit, () => false],
    ["is_readonly", bit, () => false],
    ["is_single_user", bit, () => false],
    ["has_backup_checksums", bit, ({ row }) => row.hasChecksums],
    ["is_damaged", bit, ({ row }) => row.damage === "flagged"],
    ["begins_log_chain", bit, ({ row }) => row.beginsLogChain],
    ["has_incomplete_metadata", bit, () => false],
    ["is_force_offline", bit, () => false],
    ["is_copy_only", bit, ({ row }) => row.isCopyOnly],
    ["first_recovery_fork_guid", uniqueidentifier, ({ row }) => row.firstForkGuid],
    ["last_recovery_fork_guid", uniqueidentifier, ({ row }) => row.recoveryForkGuid],
    ["fork_point_lsn", lsn, ({ row }) => row.forkPointLsn],
    ["database_guid", uniqueidentifier, ({ row }) => row.databaseGuid],
    ["family_guid", uniqueidentifier, ({ row }) => row.databaseGuid],
    ["differential_base_lsn", lsn, () => null],
    ["differential_base_guid", uniqueidentifier, () => null],
    ["key_algorithm", nvarchar(32), () => null],
    ["encryptor_type", nvarchar(32), () => null],
  ],
});

/** Of a full backup where it begins; of a log backup that of the full one before it. */
export function checkpointLsn({ type, firstLsn, databaseBackupLsn }: BackupRow): string {
  return type === "L" ? databaseBackupLsn : firstLsn;
}

/** backup_size in bytes, roughly. */
export function sizeOf({ type, blocks }: BackupRow): number {
  const logKb = blocks.reduce((sum, { sizeKb }) => sum + sizeKb, 0);
  return 1024 * Math.ceil(type === "L" ? logKb + 64 : 200 * 1024);
}

function createdMs({ server }: CatalogContext): number {
  return server.startedMs - 90 * 86_400_000;
}

interface Family {
  readonly mediaSetId: number;
  readonly number: number;
  readonly path: string;
}

/** One row for each file of each media set, however many backups are in it. */
function families(context: CatalogContext): Family[] {
  const rows = backups(context).map(({ row }) => row);
  const sets = new Map(rows.map((row) => [row.mediaSetId, row.paths]));
  return [...sets].flatMap(([mediaSetId, paths]) =>
    paths.map((path, index) => ({ mediaSetId, number: index + 1, path })),
  );
}

export const backupmediafamily = defineView<Family>({
  name: "msdb.dbo.backupmediafamily",
  access: "database",
  items: families,
  cells: [
    ["media_set_id", int, (f) => f.mediaSetId],
    ["family_sequence_number", tinyint, (f) => f.number],
    ["media_family_id", uniqueidentifier, (f) => stableGuid(`media ${f.mediaSetId} ${f.path}`)],
    ["media_count", int, () => 1],
    ["logical_device_name", sysname, () => null],
    ["physical_device_name", nvarchar(260), (f) => f.path],
    // 2: disk; 9: URL.
    ["device_type", tinyint, (f) => (/^https?:/i.test(f.path) ? 9 : 2)],
    ["physical_block_size", int, () => 65_536],
    ["mirror", tinyint, () => 0],
  ],
});
