// msdb.dbo.backupset and msdb.dbo.backupmediafamily: what was backed up, when, and where to.
import type { BackupRow } from "../world/state.ts";
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
  sysname,
  tinyint,
  uniqueidentifier,
  varchar,
} from "./types.ts";
import { stableGuid } from "./stable-id.ts";
import { defineView } from "./view.ts";

interface Backup extends BackupRow {
  readonly id: number;
}

function backups({ server }: CatalogContext): Backup[] {
  return server.backups.map((row, index) => ({ ...row, id: index + 1 }));
}

export const backupset = defineView<Backup>({
  name: "msdb.dbo.backupset",
  access: "database",
  items: backups,
  cells: [
    ["backup_set_id", int, (b) => b.id],
    ["backup_set_uuid", uniqueidentifier, (b) => stableGuid(`set ${b.id} ${b.path}`)],
    ["media_set_id", int, (b) => b.id],
    ["name", sysname, () => null],
    ["user_name", sysname, () => "sa"],
    ["first_lsn", lsn, (b) => b.firstLsn],
    ["last_lsn", lsn, (b) => b.lastLsn],
    ["checkpoint_lsn", lsn, (b) => b.firstLsn],
    ["database_backup_lsn", lsn, (b) => b.firstLsn],
    ["backup_start_date", datetime, (b, context) => localTime(b.startMs, context)],
    ["backup_finish_date", datetime, (b, context) => localTime(b.finishMs, context)],
    ["type", varchar(1), (b) => b.type],
    ["backup_size", numeric(20, 0), () => "1048576"],
    ["compressed_backup_size", numeric(20, 0), () => "262144"],
    ["database_name", sysname, (b) => b.database],
    ["server_name", sysname, (_, { server }) => server.name],
    ["machine_name", sysname, (_, { server }) => server.machineName],
    ["is_copy_only", bit, (b) => b.isCopyOnly],
    ["has_backup_checksums", bit, () => true],
    ["is_damaged", bit, () => false],
    ["recovery_model", description, () => "FULL"],
    ["first_recovery_fork_guid", uniqueidentifier, (b) => b.recoveryForkGuid],
    ["last_recovery_fork_guid", uniqueidentifier, (b) => b.recoveryForkGuid],
    ["database_guid", uniqueidentifier, (b) => b.databaseGuid],
    ["family_guid", uniqueidentifier, (b) => b.databaseGuid],
  ],
});

export const backupmediafamily = defineView<Backup>({
  name: "msdb.dbo.backupmediafamily",
  access: "database",
  items: backups,
  cells: [
    ["media_set_id", int, (b) => b.id],
    ["family_sequence_number", tinyint, () => 1],
    ["media_family_id", uniqueidentifier, (b) => stableGuid(`media ${b.id} ${b.path}`)],
    ["media_count", int, () => 1],
    ["logical_device_name", sysname, () => null],
    ["physical_device_name", nvarchar(260), (b) => b.path],
    // 2: disk; 9: URL.
    ["device_type", tinyint, (b) => (/^https?:/i.test(b.path) ? 9 : 2)],
    ["physical_block_size", int, () => 65_536],
    ["mirror", tinyint, () => 0],
  ],
});
