// RESTORE DATABASE on SQL Server: a copy under a name of its own, and what stands against it; renaming and dropping such a copy.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { filesIn } from "./backed-up-files.ts";
import { checkReadable, info, setToRead } from "./backup-media.ts";
import { joinedGroup } from "./backup-refusals.ts";
import type { BackupRow } from "./backup-set.ts";
import { percents, succeeded } from "./backups.ts";
import type { Engine } from "./engine.ts";
import { sameName } from "./groups.ts";
import { openAlone } from "./link-removal.ts";
import { ownKeyThumbprint } from "./own-key.ts";
import { optionNotImplemented } from "./refusals.ts";
import { goesBothWays } from "./versions.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { RestoredDatabase, ServerKey, WorldState } from "./state.ts";

type Restore = Extract<ServerStatement, { kind: "restoreDatabase" }>;

const PAGES = (200 * 1024) / 8;

/** Runs one RESTORE DATABASE. Throws 3013 after the error that says why. */
export async function* restoreDatabase(
  { state, timeline }: Engine,
  key: ServerKey,
  statement: Restore,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  let restored: RestoredDatabase | null;
  try {
    restored = planRestore(state, key, statement);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    yield { kind: "error", message: error.sql };
    throw new SqlError(3013, "RESTORE DATABASE is terminating abnormally.");
  }
  const lastsMs = state.engine.fullBackupMs;
  const beganMs = state.nowMs;
  for (const percent of percents(statement)) {
    await timeline.until(beganMs + (lastsMs * percent) / 100, signal);
    yield info(3211, `${percent} percent processed.`);
  }
  await timeline.until(beganMs + lastsMs, signal);
  const server = state[key];
  if (restored === null) openAlone(state, server);
  else server.restored = [...server.restored, restored];
  for (const { logicalName } of restored?.files ?? []) {
    const text = `Processed ${PAGES} pages for database '${statement.database}', file '${logicalName}' on file ${statement.options.get("FILE") ?? "1"}.`;
    yield info(4035, text);
  }
  yield succeeded("RESTORE DATABASE", restored === null ? 0 : PAGES, lastsMs);
}

/** The database to be; null where a copy that a dropped group left RESTORING is only to be recovered. */
function planRestore(
  state: WorldState,
  key: ServerKey,
  statement: Restore,
): RestoredDatabase | null {
  const { database, from, options } = statement;
  const server = state[key];
  if (key === "instance") throw optionNotImplemented("RESTORE DATABASE on SQL Managed Instance");
  for (const option of ["REPLACE", "NORECOVERY", "STANDBY"]) {
    if (options.has(option)) throw optionNotImplemented(option);
  }
  const isLinked = sameName(database, state.link.database);
  if (isLinked && !(server.linkDropped && server.localGroupDropped)) {
    throw joinedGroup("RESTORE", database);
  }
  if (from.length === 0) {
    if (isLinked && server.copy.state === "RESTORING") return null;
    throw new SqlError(
      3148,
      "This RESTORE statement is invalid in the current context. The 'Recover Data Only' option is only defined for secondary filegroups when the database is in an online state. When the database is in an offline state filegroups cannot be specified.",
    );
  }
  const set = setToRead(state, key, statement);
  checkReadable(set, statement);
  checkTarget(state, key, statement, set);
  return build(state, key, statement, set);
}

/** Throws 3118, 3169, 33111, 3159 or 3154. */
function checkTarget(
  state: WorldState,
  key: ServerKey,
  { database }: Restore,
  set: BackupRow,
): void {
  if (set.type !== "D") {
    throw new SqlError(
      3118,
      `The database "${database}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.`,
    );
  }
  const { box, instance } = state;
  const isForeign = instance.backups.includes(set);
  if (isForeign && !goesBothWays(box, instance)) {
    throw new SqlError(
      3169,
      `The database was backed up on a server running version ${instance.productVersion}. That version is incompatible with this server, which is running version ${box.productVersion}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.`,
    );
  }
  if (isForeign && state.engine.instanceEncryption === "customerManagedElsewhere") {
    throw new SqlError(
      33111,
      `Cannot find server asymmetric key with thumbprint '${ownKeyThumbprint}'.`,
    );
  }
  if (sameName(database, state.link.database)) {
    throw new SqlError(
      3159,
      `The tail of the log for the database "${database}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.`,
    );
  }
  const isTaken = [...systemDatabases, ...state[key].restored.map(({ name }) => name)];
  if (isTaken.some((name) => sameName(name, database))) {
    throw new SqlError(
      3154,
      `The backup set holds a backup of a database other than the existing '${database}' database.`,
    );
  }
}

const systemDatabases = ["master", "tempdb", "model", "msdb"];

/** Throws 3234 for a MOVE of a file that is not in the backup, 5133 and 1834 for a file that cannot be put there. */
function build(
  state: WorldState,
  key: ServerKey,
  { database, moves }: Restore,
  set: BackupRow,
): RestoredDatabase {
  const server = state[key];
  const writer = state.instance.backups.includes(set) ? state.instance : state.box;
  const files = filesIn(state, writer);
  const unknown = [...moves.keys()].find(
    (name) => !files.some(({ logicalName }) => sameName(logicalName, name)),
  );
  if (unknown !== undefined) {
    throw new SqlError(
      3234,
      `Logical file '${unknown}' is not part of database '${database}'. Use RESTORE FILELISTONLY to list the logical file names.`,
      { state: 2 },
    );
  }
  const used = [
    ...filesIn(state, server).map(({ physicalName }) => physicalName),
    ...server.restored.flatMap((one) => one.files.map(({ path }) => path)),
  ];
  const placed = files.map(({ logicalName, physicalName, type }) => {
    const [, path = physicalName] = [...moves].find(([name]) => sameName(name, logicalName)) ?? [];
    checkPath(path, used);
    used.push(path);
    return { logicalName, path, type };
  });
  const id = Math.max(5, ...server.restored.map((one) => one.id)) + 1;
  const guid = `7D0A4C92-1E5B-4F38-9C67-${id.toString(16).toUpperCase().padStart(12, "0")}`;
  return { id, name: database, guid, createdMs: state.nowMs, files: placed, blocks: set.blocks };
}

function checkPath(path: string, used: readonly string[]): void {
  if (/^https?:/iu.test(path)) {
    throw new SqlError(
      5133,
      `Directory lookup for the file "${path}" failed with the operating system error 123(The filename, directory name, or volume label syntax is incorrect.).`,
    );
  }
  if (used.some((one) => sameName(one, path))) {
    throw new SqlError(
      1834,
      `The file '${path}' cannot be overwritten. It is being used by another database.`,
    );
  }
}

/** ALTER DATABASE MODIFY NAME of a restored copy. Throws 1468 and 5069 for the linked one, 5011 and 1801. */
export function* renameDatabase(
  state: WorldState,
  key: ServerKey,
  { database, name }: Extract<ServerStatement, { kind: "renameDatabase" }>,
): Generator<SqlOutput> {
  const server = state[key];
  const found = restoredNamed(state, key, database, "ALTER DATABASE");
  const taken = [
    ...systemDatabases,
    state.link.database,
    ...server.restored.map((one) => one.name),
  ];
  if (taken.some((one) => sameName(one, name))) {
    throw new SqlError(
      1801,
      `Database '${name}' already exists. Choose a different database name.`,
      {
        state: 3,
      },
    );
  }
  server.restored = server.restored.map((one) => (one === found ? { ...one, name } : one));
  yield info(5060, `The database name '${name}' has been set.`);
}

/** DROP DATABASE of a restored copy. Throws 3752 for a database in a group, 3701 for one that is not there. */
export function dropDatabase(state: WorldState, key: ServerKey, database: string): void {
  const server = state[key];
  const found = restoredNamed(state, key, database, "DROP DATABASE");
  server.restored = server.restored.filter((one) => one !== found);
}

function restoredNamed(
  state: WorldState,
  key: ServerKey,
  database: string,
  verb: "ALTER DATABASE" | "DROP DATABASE",
): RestoredDatabase {
  const server = state[key];
  const found = server.restored.find(({ name }) => sameName(name, database));
  if (found !== undefined) return found;
  if (!sameName(database, state.link.database)) {
    throw new SqlError(
      verb === "DROP DATABASE" ? 3701 : 5011,
      `Cannot ${verb === "DROP DATABASE" ? "drop" : "alter"} the database '${database}', because it does not exist or you do not have permission.`,
    );
  }
  if (server.linkDropped && server.localGroupDropped)
    throw optionNotImplemented(`${verb} of the linked database`);
  if (verb === "ALTER DATABASE") {
    throw new SqlError(
      1468,
      `The operation cannot be performed on database "${database}" because it is involved in a database mirroring session or an availability group.`,
    );
  }
  throw new SqlError(
    3752,
    `The database '${database}' is currently joined to an availability group. Before you can drop the database, you need to remove it from the availability group.`,
  );
}
