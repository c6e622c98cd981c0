// Restoring the instance's backup under a name on SQL Server: which backup, the RESTORE, and what is read back of it.
import type { CoveredCopy, PlannedServer, RestoredFile } from "../plan/plan.ts";
import type { Check } from "./guard.ts";
import { guardLines, guardNumbers } from "./guard.ts";
import { updateability } from "./link-queries.ts";
import { quoteName, quoteString, scriptComment, scriptString } from "./quote.ts";
import { coverage } from "./save-copy.ts";
import { notProvedNumber, readBothFirst } from "./verify-lines.ts";

export interface Restoring {
  readonly as: string;
  readonly covered: CoveredCopy;
  readonly files: readonly RestoredFile[];
}

/** What every batch that restores wants before it: the one of its backups that is proved to hold everything. */
export function backupLine(path: string): string {
  return `DECLARE @backup nvarchar(4000) = ${scriptString(path)};`;
}

/** The same left open, for whoever runs the file. */
export function backupToName(covered: CoveredCopy, where: string): readonly string[] {
  return [
    `-- ${scriptComment(`In place of NULL put the file, as N'...', that ${where} named: one of`)}`,
    ...covered.by.map((path) => `--   ${scriptComment(path)}`),
    "DECLARE @backup nvarchar(4000) = NULL;",
  ];
}

/**
 * A new database, its files where they were planned; nothing that is there is written over: a name or a file that is taken ends
 * it ("RESTORE (Transact-SQL)"). The backup stands in `@backup`, and only one of the planned ones is taken.
 */
export function restoreBatch(
  server: PlannedServer,
  place: readonly Check[],
  { as, covered, files }: Restoring,
): string {
  const moves = files.map(
    ({ logicalName, to }) => `MOVE ${quoteString(logicalName)} TO ${quoteString(to)}`,
  );
  const cases = covered.by.map((path) => {
    const restore = `RESTORE DATABASE ${quoteName(as)} FROM URL = ${quoteString(path)} WITH CHECKSUM, ${moves.join(", ")};`;
    return `    WHEN ${scriptString(path)} THEN ${scriptString(restore)}`;
  });
  return [
    `-- Acts only on ${scriptComment(server.serverName)} as it was planned; otherwise ends with an error ${guardNumbers.databaseContext} to ${guardNumbers.action} and has changed nothing.`,
    ...guardLines([...place, nameIsFree(as), isPlannedBackup(covered)], "guard"),
    "DECLARE @statement nvarchar(max) = CASE @backup",
    ...cases,
    "    END;",
    "EXEC (@statement);",
  ].join("\n");
}

function nameIsFree(as: string): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `CASE WHEN DB_ID(${scriptString(as)}) IS NULL THEN N'free' ELSE N'taken' END`,
    wanted: ["free"],
    what: `the name ${as}`,
    remedy:
      "Nothing was changed. Rename or drop that database yourself, or restore under another name.",
  };
}

function isPlannedBackup({ by, database }: CoveredCopy): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: "ISNULL(@backup, N'not named')",
    wanted: by,
    what: `the backup of ${database}`,
    remedy: "Nothing was changed. Name the one that is proved on the managed instance.",
  };
}

/**
 * `at <file>`: the newest of the backups that holds everything up to now; `unproved <file>`: the one that is taken without that
 * proof; `shut <why>`: neither. On the instance.
 */
export function provedBackup(
  { database, by, isPositionKnown }: CoveredCopy,
  isTyped: boolean,
): string {
  const when = (path: string, words: readonly string[], answer: string) =>
    `      WHEN ${coverage(database, [path])} IN (${words.map((word) => scriptString(word)).join(", ")}) THEN N'${answer} ' + ${scriptString(path)}`;
  const cases = by.toReversed().flatMap((path, index) => {
    // As in a repair: a log that only backups move is taken for theirs when both moved it and that nobody can write was typed.
    const accepted = [
      ...(isPositionKnown ? [] : ["not known"]),
      ...(index === 0 && isTyped ? ["not covered"] : []),
    ];
    return [
      when(path, ["covered"], "at"),
      ...(accepted.length === 0 ? [] : [when(path, accepted, "unproved")]),
    ];
  });
  return `(SELECT CASE\n${cases.join("\n")}\n      ELSE N'shut ' + ${scriptString(`no backup of ${database} is proved to hold everything.`)} END)`;
}

/** The same as a reading of one row, once the server is seen to be as planned. */
export function backupReading(
  place: readonly Check[],
  covered: CoveredCopy,
  isTyped: boolean,
): string {
  return [
    "SET NOCOUNT ON;",
    ...guardLines(place, "guard"),
    `SELECT ${provedBackup(covered, isTyped)} AS answer;`,
  ].join("\n");
}

/** Said of a backup that is taken on what the operator typed alone. */
export const takenUnproved =
  "Not proved to hold everything: where the log stands is not told, or backups moved it. Taken all the same:";

/** For a script on the instance: ends the batch where something was written since the backup. */
export function provedLines(covered: CoveredCopy, isTyped: boolean): readonly string[] {
  const stale = `Not proved: something was written to ${covered.database} after its backup. What was restored from it is stale.`;
  return [
    "DECLARE @proved nvarchar(4000);",
    `SET @proved = ${provedBackup(covered, isTyped)};`,
    "IF @proved IS NULL OR (@proved NOT LIKE N'at %' AND @proved NOT LIKE N'unproved %')",
    `    THROW ${notProvedNumber}, ${scriptString(stale)}, 1;`,
    "IF @proved LIKE N'at %' PRINT N'Proved: ' + SUBSTRING(@proved, 4, 4000);",
    `ELSE PRINT ${scriptString(`${takenUnproved} `)} + SUBSTRING(@proved, 10, 4000);`,
  ];
}

/** How often, 5 s apart, the restored database is looked at. */
const mostLooks = 12;

/** For a script on SQL Server: the restored database is ONLINE and can be written. */
export function restoredLines(as: string): readonly string[] {
  const check: Check = {
    number: notProvedNumber,
    verdict: "Not proved",
    seen: standing(as),
    wanted: ["ONLINE, READ_WRITE"],
    what: as,
    remedy: readBothFirst,
  };
  return [
    "DECLARE @restoredLooks int = 0;",
    `WHILE @restoredLooks < ${mostLooks} AND ISNULL(${standing(as)}, N'') <> N'ONLINE, READ_WRITE'`,
    "BEGIN",
    "    WAITFOR DELAY '00:00:05';",
    "    SET @restoredLooks = @restoredLooks + 1;",
    "END;",
    ...guardLines([check], "restored"),
    `PRINT ${scriptString(`Read back: ${as} is ONLINE, READ_WRITE.`)};`,
  ];
}

function standing(as: string): string {
  return `(SELECT d.state_desc + N', ' + ${updateability(as)} FROM sys.databases AS d WHERE d.name = ${scriptString(as)})`;
}
