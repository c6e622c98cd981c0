// RESTORE HEADERONLY and FILELISTONLY: what stands in a backup file, as result sets.
import { checkpointLsn, setGuid, sizeOf } from "../catalog/backups.ts";
import type { CatalogContext } from "../catalog/context.ts";
import { localTime } from "../catalog/local-time.ts";
import { stableGuid } from "../catalog/stable-id.ts";
import { collation } from "../catalog/sys-databases.ts";
import {
  bigint,
  bit,
  datetime,
  int,
  lsn,
  numeric,
  nvarchar,
  smallint,
  sysname,
  tinyint,
  uniqueidentifier,
  varchar,
} from "../catalog/types.ts";
import type { Cell } from "../catalog/view.ts";
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { filesIn, type BackedUpFile } from "../world/backed-up-files.ts";
import { openMedia, setToRead, type MediaRead } from "../world/backup-media.ts";
import type { BackupRow } from "../world/backup-set.ts";
import type { ServerState } from "../world/state.ts";
import { releaseOf } from "../world/versions.ts";

/** A set, and the server that wrote it. */
interface Header {
  readonly set: BackupRow;
  readonly writer: ServerState;
}

const typeCodes = { D: 1, L: 2, I: 5 } as const;

/** The columns a client asks for; those of passwords, sort orders and of other software's backups are not there. */
const headerCells: readonly Cell<Header>[] = [
  ["BackupName", sysname, ({ set }) => set.name],
  ["BackupDescription", nvarchar(255), () => null],
  ["BackupType", smallint, ({ set }) => typeCodes[set.type]],
  ["ExpirationDate", datetime, () => null],
  ["Compressed", tinyint, () => 0],
  ["Position", smallint, ({ set }) => set.position],
  ["DeviceType", tinyint, ({ set }) => (/^https?:/iu.test(set.paths[0] ?? "") ? 9 : 2)],
  ["UserName", sysname, () => "sa"],
  ["ServerName", sysname, ({ writer }) => writer.name],
  ["DatabaseName", sysname, ({ set }) => set.database],
  ["BackupSize", numeric(20, 0), ({ set }) => String(sizeOf(set))],
  ["FirstLSN", lsn, ({ set }) => set.firstLsn],
  ["LastLSN", lsn, ({ set }) => set.lastLsn],
  ["CheckpointLSN", lsn, ({ set }) => checkpointLsn(set)],
  ["DatabaseBackupLSN", lsn, ({ set }) => set.databaseBackupLsn],
  ["BackupStartDate", datetime, ({ set, writer }) => localTime(set.startMs, { server: writer })],
  ["BackupFinishDate", datetime, ({ set, writer }) => localTime(set.finishMs, { server: writer })],
  ["CompatibilityLevel", tinyint, ({ writer }) => 10 * releaseOf(writer).major],
  ["SoftwareVersionMajor", int, ({ writer }) => releaseOf(writer).major],
  ["SoftwareVersionMinor", int, () => 0],
  ["SoftwareVersionBuild", int, ({ writer }) => Number(writer.productVersion.split(".")[2] ?? 0)],
  ["MachineName", sysname, ({ writer }) => writer.machineName],
  ["Collation", sysname, () => collation],
  ["FamilyGUID", uniqueidentifier, ({ set }) => set.databaseGuid],
  ["HasBulkLoggedData", bit, () => false],
  ["IsSnapshot", bit, () => false],
  ["IsReadOnly", bit, () => false],
  ["IsSingleUser", bit, () => false],
  ["HasBackupChecksums", bit, ({ set }) => set.hasChecksums],
  ["IsDamaged", bit, ({ set }) => set.damage === "flagged"],
  ["BeginsLogChain", bit, ({ set }) => set.beginsLogChain],
  ["HasIncompleteMetaData", bit, () => false],
  ["IsForceOffline", bit, () => false],
  ["IsCopyOnly", bit, ({ set }) => set.isCopyOnly],
  ["FirstRecoveryForkID", uniqueidentifier, ({ set }) => set.firstForkGuid],
  ["ForkPointLSN", lsn, ({ set }) => set.forkPointLsn],
  ["RecoveryModel", nvarchar(60), ({ set }) => set.recoveryModel],
  ["DifferentialBaseLSN", lsn, () => null],
  ["DifferentialBaseGUID", uniqueidentifier, () => null],
  ["BackupTypeDescription", nvarchar(60), ({ set }) => typeNames[set.type]],
  ["BackupSetGUID", uniqueidentifier, ({ set }) => setGuid(set)],
  ["CompressedBackupSize", bigint, ({ set }) => BigInt(sizeOf(set))],
  ["Containment", tinyint, () => 0],
  ["RecoveryForkID", uniqueidentifier, ({ set }) => set.recoveryForkGuid],
];

const typeNames = { D: "Database", L: "Transaction Log", I: "Database Differential" } as const;

const fileCells: readonly Cell<BackedUpFile>[] = [
  ["LogicalName", sysname, (f) => f.logicalName],
  ["PhysicalName", nvarchar(260), (f) => f.physicalName],
  ["Type", varchar(1), (f) => f.type],
  ["FileGroupName", sysname, (f) => ({ D: "PRIMARY", L: null, S: "XTP" })[f.type]],
  ["Size", numeric(20, 0), (f) => String(f.sizeKb * 1024)],
  ["MaxSize", numeric(20, 0), () => "35184372080640"],
  ["FileId", bigint, (f) => BigInt(f.fileId)],
  ["CreateLSN", lsn, () => "0"],
  ["DropLSN", lsn, () => "0"],
  ["UniqueId", uniqueidentifier, (f) => stableGuid(`file ${f.physicalName}`)],
  ["ReadOnlyLSN", lsn, () => "0"],
  ["ReadWriteLSN", lsn, () => "0"],
  ["BackupSizeInBytes", bigint, (f) => BigInt(f.sizeKb * 1024)],
  ["SourceBlockSize", int, () => 4096],
  ["FileGroupId", int, (f) => ({ D: 1, L: 0, S: 2 })[f.type]],
  ["LogGroupGUID", uniqueidentifier, () => null],
  ["DifferentialBaseLSN", lsn, () => "0"],
  ["DifferentialBaseGUID", uniqueidentifier, () => null],
  ["IsReadOnly", bit, () => false],
  ["IsPresent", bit, () => true],
  ["TDEThumbprint", { name: "varbinary", length: 32 }, () => null],
];

/** HEADERONLY tells of every set in the files, or of the one FILE names; FILELISTONLY of the files in one. Throws 3013 after why not. */
export function* readHeaders(
  context: CatalogContext,
  what: "HEADERONLY" | "FILELISTONLY",
  read: MediaRead,
): Generator<SqlOutput> {
  const { state, server } = context;
  const writerOf = (set: BackupRow): ServerState =>
    state.box.backups.includes(set) ? state.box : state.instance;
  try {
    if (what === "FILELISTONLY") {
      const set = setToRead(state, server.key, read);
      yield* resultSet(fileCells, filesIn(state, writerOf(set)), context);
      return;
    }
    const sets = read.options.has("FILE")
      ? [setToRead(state, server.key, read)]
      : openMedia(state, server.key, read);
    const headers = sets.map((set) => ({ set, writer: writerOf(set) }));
    yield* resultSet(headerCells, headers, context);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    yield { kind: "error", message: error.sql };
    throw new SqlError(3013, `RESTORE ${what} is terminating abnormally.`);
  }
}

function* resultSet<Item>(
  cells: readonly Cell<Item>[],
  items: readonly Item[],
  context: CatalogContext,
): Generator<SqlOutput> {
  yield { kind: "columns", columns: cells.map(([name, type]) => ({ name, type })) };
  for (const item of items) {
    yield { kind: "row", values: cells.map(([, , value]) => value(item, context)) };
  }
}
