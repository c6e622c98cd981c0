// BACKUP LOG, BACKUP DATABASE and RESTORE VERIFYONLY: what each side allows, how long it takes, and the row in msdb.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import type { Engine } from "./engine.ts";
import { sameName } from "./groups.ts";
import { blockAt, kbBetween, lsn, nextPosition, writeBlock } from "./log.ts";
import { databaseRole, isWritable } from "./sides.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { BackupRow, ServerKey, ServerState, WorldState } from "./state.ts";

type Backup = Extract<ServerStatement, { kind: "backup" }>;
type Verify = Extract<ServerStatement, { kind: "restoreVerifyOnly" }>;

const PAGE_KB = 8;

/** Runs one BACKUP: progress messages with STATS, then the message of success. Throws 3013 after the error that says why. */
export async function* backup(
  engine: Engine,
  key: ServerKey,
  statement: Backup,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const { state, timeline } = engine;
  const refusal = refuse(state, key, statement);
  if (refusal !== undefined) {
    yield { kind: "error", message: refusal.sql };
    throw new SqlError(3013, `BACKUP ${statement.what} is terminating abnormally.`);
  }
  const beganMs = state.nowMs;
  const lastsMs = statement.what === "LOG" ? state.engine.logBackupMs : state.engine.fullBackupMs;
  const pages = Math.ceil(kbToSave(state[key], statement.what) / PAGE_KB);
  // Written by the timeline, so that the world has the backup at its hour whoever reads the answer when.
  const takeBack = timeline.at(beganMs + lastsMs, () => {
    recordBackup(state, key, asRow(statement, beganMs));
  });
  try {
    for (const percent of percents(statement)) {
      await timeline.until(beganMs + (lastsMs * percent) / 100, signal);
      yield info(3211, `${percent} percent processed.`);
    }
    await timeline.until(beganMs + lastsMs, signal);
  } catch (aborted) {
    takeBack();
    throw aborted;
  }
  const megabytes = ((pages * PAGE_KB) / 1024 / (lastsMs / 1000)).toFixed(3);
  const took = `${pages} pages in ${(lastsMs / 1000).toFixed(3)} seconds (${megabytes} MB/sec)`;
  yield info(3014, `BACKUP ${statement.what} successfully processed ${took}.`);
}

/** RESTORE VERIFYONLY: 3262 for a path a backup of this world was written to, otherwise 3201 and 3013. */
export function* verify(state: WorldState, { from }: Verify): Generator<SqlOutput> {
  const backups = [...state.box.backups, ...state.instance.backups];
  if (backups.some(({ path }) => sameName(path, from.path))) {
    yield info(3262, "The backup set on file 1 is valid.");
    return;
  }
  const text = `Cannot open backup device '${from.path}'. Operating system error 2(The system cannot find the file specified.).`;
  yield { kind: "error", message: { number: 3201, severity: 16, state: 2, text } };
  throw new SqlError(3013, "VERIFY DATABASE is terminating abnormally.");
}

/** Adds a row to msdb and writes to the primary's log what a backup writes; `backupCommits` says whether as a commit. */
export function recordBackup(
  state: WorldState,
  key: ServerKey,
  row: Pick<BackupRow, "type" | "isCopyOnly" | "startMs" | "path">,
): void {
  const server = state[key];
  const { copy, backups } = server;
  const lastLsn = lsn(nextPosition(blockAt(copy.log, copy.hardened)));
  backups.push({
    ...row,
    database: state.link.database,
    databaseGuid: state.link.databaseGuid,
    finishMs: state.nowMs,
    firstLsn: row.type === "L" ? chainLsn(state, key) : lsn(blockAt(copy.log, copy.redone)),
    lastLsn,
    recoveryForkGuid: copy.recoveryForkGuid,
  });
  if (!isWritable(server)) return;
  const commits = state.settings.backupCommits === "yes";
  const written = { atMs: state.nowMs, sizeKb: 1 };
  writeBlock(copy, commits ? { ...written, commit: { by: "backup" } } : written, state.settings);
}

/**
 * A log backup goes on where the last one ended, on whichever side: there is one chain, as in every availability group, and
 * a side's own msdb has a gap where the other one saved the log. Without the link each side's log is its own. The first one
 * goes on where the full backup ended.
 */
function chainLsn(state: WorldState, key: ServerKey): string {
  const { copy, backups } = state[key];
  const isAlone = state.box.linkDropped || state.instance.linkDropped;
  const chain = isAlone ? backups : [...state.box.backups, ...state.instance.backups];
  const logs = chain.filter(({ type }) => type === "L");
  const [last] = logs.sort((one, other) => other.finishMs - one.finishMs);
  const before = last ?? backups.findLast(({ isCopyOnly }) => !isCopyOnly);
  return before?.lastLsn ?? lsn(blockAt(copy.log, 1));
}

function asRow(
  { what, to, options }: Backup,
  startMs: number,
): Pick<BackupRow, "type" | "isCopyOnly" | "startMs" | "path"> {
  return {
    type: what === "LOG" ? "L" : options.has("DIFFERENTIAL") ? "I" : "D",
    isCopyOnly: options.has("COPY_ONLY"),
    startMs,
    path: to[0]?.path ?? "",
  };
}

function refuse(state: WorldState, key: ServerKey, statement: Backup): SqlError | undefined {
  const { what, database, options } = statement;
  const server = state[key];
  if (!sameName(database, state.link.database)) {
    return new SqlError(
      911,
      `Database '${database}' does not exist. Make sure that the name is entered correctly.`,
    );
  }
  if (key === "instance") return refuseOnInstance(statement);
  if (server.copy.state !== "ONLINE") {
    return new SqlError(
      927,
      `Database '${database}' cannot be opened. It is in the middle of a restore.`,
    );
  }
  const isSecondary = !server.linkDropped && databaseRole(state, server) !== "PRIMARY";
  if (isSecondary && what === "DATABASE" && !options.has("COPY_ONLY")) {
    return new SqlError(
      3059,
      "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.",
    );
  }
  const hasFull = server.backups.some(({ type, isCopyOnly }) => type === "D" && !isCopyOnly);
  return what === "LOG" && !hasFull
    ? new SqlError(
        4214,
        "BACKUP LOG cannot be performed because there is no current database backup.",
      )
    : undefined;
}

/** An instance backs up by itself; its users may only copy to a URL (41902, 41904, 41906). */
function refuseOnInstance({ what, to, options }: Backup): SqlError | undefined {
  if (what === "LOG") {
    return new SqlError(
      41906,
      "Statement 'BACKUP LOG' is not supported in SQL Database Managed Instance.",
    );
  }
  if (!options.has("COPY_ONLY")) {
    return new SqlError(
      41904,
      "BACKUP DATABASE failed. SQL Database Managed Instance supports only COPY_ONLY full database backups which are initiated by user.",
    );
  }
  return to.some(({ kind }) => kind !== "URL")
    ? new SqlError(
        41902,
        "Unsupported device type. SQL Database Managed Instance supports URLs only.",
      )
    : undefined;
}

/** STATS = n reports every n percent, STATS alone every 10, none without it ("BACKUP (Transact-SQL)"). */
function percents({ options }: Backup): number[] {
  const stats = options.get("STATS");
  if (stats === undefined) return [];
  const every = Math.max(1, Number.parseInt(stats, 10) || 10);
  return Array.from({ length: Math.floor(100 / every) }, (_, index) => (index + 1) * every);
}

function kbToSave({ copy, backups }: ServerState, what: Backup["what"]): number {
  if (what === "DATABASE") return 200 * 1024;
  const last = backups.findLast(({ type }) => type === "L")?.lastLsn ?? "";
  const index = copy.log.findIndex((block) => lsn(block) >= last);
  return index < 0 ? PAGE_KB : kbBetween(copy.log, index, copy.log.length) + PAGE_KB;
}

function info(number: number, text: string): SqlOutput {
  return { kind: "info", message: { number, severity: 0, state: 1, text } };
}
