// Saving a copy before it is given up: the BACKUP, its verification, and the proof that it holds what only this copy has.
import { executeLines, guardNumbers } from "./guard.ts";
import type { Check } from "./guard.ts";
import { ownCommitLsn, writingTransactions } from "./link-queries.ts";
import { quoteName, quoteString, scriptString } from "./quote.ts";
import type { SaveMethod } from "../repair/copy-to-save.ts";
import { isUrl } from "../repair/save-target.ts";
import type { CoveredCopy, PlannedLink } from "../plan/plan.ts";

export interface Saving {
  readonly database: string;
  readonly method: SaveMethod;
  /** A file as the server sees it, or a URL. */
  readonly to: string;
}

/** Never NORECOVERY, which would close the database, and nothing that writes over a file ("BACKUP (Transact-SQL)"). */
export function backupStatement({ database, method, to }: Saving): string {
  const [what, options] = {
    log: ["LOG", "CHECKSUM"],
    logNoTruncate: ["LOG", "CHECKSUM, NO_TRUNCATE"],
    database: ["DATABASE", "COPY_ONLY, CHECKSUM"],
  }[method];
  // A block blob takes 50,000 blocks: large ones, compressed ("SQL Server backup to URL for Microsoft Azure Blob Storage").
  const blocks = isUrl(to) ? ", COMPRESSION, MAXTRANSFERSIZE = 4194304, BLOCKSIZE = 65536" : "";
  return `BACKUP ${what} ${quoteName(database)} TO ${medium(to)} WITH ${options}${blocks};`;
}

/** `position`: of the set in the file, where it is not the first. */
export function verifyBackupStatement(path: string, position = 1): string {
  const file = position === 1 ? "" : `FILE = ${position}, `;
  return `RESTORE VERIFYONLY FROM ${medium(path)} WITH ${file}CHECKSUM;`;
}

/** For a script: ends the batch where the backup cannot be read back. */
export function verifyBackupLines(path: string): readonly string[] {
  return [
    "BEGIN TRY",
    ...executeLines(verifyBackupStatement(path)).map((line) => `    ${line}`),
    "END TRY",
    "BEGIN CATCH",
    "    THROW;",
    "END CATCH;",
  ];
}

/**
 * `covered` where the newest sound backup at one of these paths ends behind the last commit of this copy (last_lsn names the
 * next record), `not known` where no position is told, `not saved` where there is no sound backup, else `not covered`.
 */
export function coverage(database: string, paths: readonly string[]): string {
  const position = ownCommitLsn("MAX", database);
  const saved = lastLsnOf(database, paths);
  return `(SELECT CASE
      WHEN ${saved} IS NULL THEN N'not saved'
      WHEN ISNULL(${position}, 0) = 0 THEN N'not known'
      WHEN ${position} < ${saved} THEN N'covered'
      ELSE N'not covered' END)`;
}

/** NULL where there is no such backup, and for one that is damaged or of another recovery fork. */
function lastLsnOf(database: string, paths: readonly string[]): string {
  return `(SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(${scriptString(database)})
        WHERE b.database_name = ${scriptString(database)} AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (${paths.map((path) => scriptString(path)).join(", ")}))`;
}

/** What it holds is named as it was when the batch began: a set that is there at all. */
export function hasBackup(database: string, path: string): string {
  return `EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = ${scriptString(database)} AND m.physical_device_name = ${scriptString(path)})`;
}

export function noWritersCheck(link: PlannedLink): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `CAST(${writingTransactions(link)} AS nvarchar(10))`,
    wanted: ["0"],
    what: "the number of open transactions that have written",
    remedy: "Nothing was changed. Stop the applications that write here.",
  };
}

/** `isTyped`: that nobody can write was typed, and a log that backups alone move is taken for theirs. */
export function coveredCheck(
  { database, by, isPositionKnown }: CoveredCopy,
  isTyped: boolean,
): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: coverage(database, by),
    wanted: [
      "covered",
      ...(isPositionKnown ? [] : ["not known"]),
      ...(isTyped ? ["not covered"] : []),
    ],
    what: `the log of ${database} in its backup`,
    remedy: "Nothing was changed. Something was written after the backup: save it again.",
  };
}

function medium(to: string): string {
  return `${isUrl(to) ? "URL" : "DISK"} = ${quoteString(to)}`;
}
