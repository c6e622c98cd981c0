// BACKUP LOG and BACKUP DATABASE: how they go, what strikes them on their way, and the set they leave.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { info } from "./backup-media.ts";
import { recordBackup, type BackupPlan } from "./backup-record.ts";
import { deviceError, refuseBackup } from "./backup-refusals.ts";
import type { Engine } from "./engine.ts";
import { kbBetween, lsn } from "./log.ts";
import { commitRow } from "./workload.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";

type Backup = Extract<ServerStatement, { kind: "backup" }>;

const PAGE_KB = 8;

/** Runs one BACKUP: progress messages with STATS, then those of success. Throws 3013 after the error that says why. */
export async function* backup(
  engine: Engine,
  key: ServerKey,
  statement: Backup,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const { state, timeline } = engine;
  const path = statement.to[0]?.path ?? "";
  const faults = state.backupFaults[key];
  const failed = (error: SqlError): SqlOutput => ({ kind: "error", message: error.sql });
  const refusal =
    refuseBackup(state, key, statement) ??
    (faults.device === "cannotOpen" ? deviceError("cannotOpen", path) : undefined);
  if (refusal !== undefined) {
    yield failed(refusal);
    throw terminated(statement);
  }
  const plan = asPlan(statement, state, key);
  if (faults.device === "hangs") await timeline.when(() => faults.device !== "hangs", signal);
  const beganMs = state.nowMs;
  const lastsMs = statement.what === "LOG" ? state.engine.logBackupMs : state.engine.fullBackupMs;
  const failure = deviceError(faults.device, path);
  const endsMs = beganMs + (failure === undefined ? lastsMs : lastsMs / 2);
  const pages = Math.ceil(kbToSave(state[key], statement.what) / PAGE_KB);
  // Written by the timeline, so that the world has the backup at its hour whoever reads the answer when.
  const takeBack = failure === undefined ? schedule(engine, key, plan, endsMs) : () => undefined;
  try {
    for (const percent of percents(statement)) {
      const atMs = beganMs + (lastsMs * percent) / 100;
      if (atMs > endsMs) break;
      await timeline.until(atMs, signal);
      yield info(3211, `${percent} percent processed.`);
    }
    await timeline.until(endsMs, signal);
  } catch (aborted) {
    takeBack();
    throw aborted;
  }
  if (failure !== undefined) {
    yield failed(failure);
    throw terminated(statement);
  }
  const position = state[key].backups.at(-1)?.position ?? 1;
  yield info(
    4035,
    `Processed ${pages} pages for database '${statement.database}', file '${state.link.database}' on file ${position}.`,
  );
  yield succeeded(`BACKUP ${statement.what}`, pages, lastsMs);
}

/** 3014, the last message of a BACKUP or RESTORE that took `ms`. */
export function succeeded(verb: string, pages: number, ms: number): SqlOutput {
  const megabytes = ((pages * PAGE_KB) / 1024 / (ms / 1000)).toFixed(3);
  const took = `${pages} pages in ${(ms / 1000).toFixed(3)} seconds (${megabytes} MB/sec)`;
  return info(3014, `${verb} successfully processed ${took}.`);
}

/** STATS = n reports every n percent, STATS alone every 10, none without it ("BACKUP (Transact-SQL)"). */
export function percents({ options }: Pick<Backup, "options">): number[] {
  const stats = options.get("STATS");
  if (stats === undefined) return [];
  const every = Math.max(1, Number.parseInt(stats, 10) || 10);
  return Array.from({ length: Math.floor(100 / every) }, (_, index) => (index + 1) * every);
}

function terminated({ what }: Backup): SqlError {
  return new SqlError(3013, `BACKUP ${what} is terminating abnormally.`);
}

/** Puts the set, and what the faults let users commit meanwhile and afterwards, on the timeline. Returns the way back. */
function schedule({ state, timeline }: Engine, key: ServerKey, plan: BackupPlan, endsMs: number) {
  const faults = state.backupFaults[key];
  const { commitDuring, commitAfter } = faults;
  const takeBack = timeline.at(endsMs, () => {
    recordBackup(state, key, plan);
    if (commitAfter.times === "never") return;
    if (commitAfter.times === "once") faults.commitAfter = { ...commitAfter, times: "never" };
    if (commitAfter.afterMs === 0) commitRow(state, key);
    else timeline.at(state.nowMs + commitAfter.afterMs, () => void commitRow(state, key));
  });
  if (commitDuring === "never") return takeBack;
  if (commitDuring === "once") faults.commitDuring = "never";
  timeline.at((state.nowMs + endsMs) / 2, () => void commitRow(state, key));
  return takeBack;
}

function asPlan({ what, to, options }: Backup, state: WorldState, key: ServerKey): BackupPlan {
  const has = (name: string): boolean => options.has(name);
  return {
    type: what === "LOG" ? "L" : has("DIFFERENTIAL") ? "I" : "D",
    // NO_TRUNCATE is COPY_ONLY with CONTINUE_AFTER_ERROR ("BACKUP (Transact-SQL)").
    isCopyOnly: has("COPY_ONLY") || has("NO_TRUNCATE"),
    name: options.get("NAME") ?? null,
    // A compressed backup has checksums without being asked.
    hasChecksums: has("CHECKSUM") || (has("COMPRESSION") && !has("NO_CHECKSUM")),
    media: has("FORMAT") ? "format" : has("INIT") ? "overwrite" : "append",
    startMs: state.nowMs,
    beganAt: state[key].copy.hardened,
    paths: to.map(({ path }) => path),
  };
}

function kbToSave({ copy, backups }: ServerState, what: Backup["what"]): number {
  if (what === "DATABASE") return 200 * 1024;
  const last = backups.findLast(({ type }) => type === "L")?.lastLsn ?? "";
  const index = copy.log.findIndex((block) => lsn(block) >= last);
  return index < 0 ? PAGE_KB : kbBetween(copy.log, index, copy.log.length) + PAGE_KB;
}
