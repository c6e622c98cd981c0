// What BACKUP is refused with, before anything is written, and what its device ends it with.
import { SqlError } from "../sql-types.ts";
import { storageError } from "./credentials.ts";
import { sameName } from "./groups.ts";
import { chainHead } from "./log-chain.ts";
import { optionNotImplemented } from "./refusals.ts";
import { databaseRole, flowingFrom, otherSide } from "./sides.ts";
import type { BackupFaults } from "./engine-state.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";

type Backup = Extract<ServerStatement, { kind: "backup" }>;

/** The error before 3013; undefined where the backup can begin. */
export function refuseBackup(
  state: WorldState,
  key: ServerKey,
  statement: Backup,
): SqlError | undefined {
  const { what, database, options } = statement;
  const server = state[key];
  if (!sameName(database, state.link.database)) {
    return new SqlError(
      911,
      `Database '${database}' does not exist. Make sure that the name is entered correctly.`,
    );
  }
  if (key === "instance") {
    return (
      refuseOnInstance(statement) ??
      refuseEncrypted(state) ??
      refuseSecondary(state, key, statement) ??
      refuseByStorage(server, statement)
    );
  }
  const closed = refuseClosed(server, statement);
  if (closed !== undefined) return closed;
  if (options.has("NORECOVERY") || options.has("STANDBY"))
    return refuseNoRecovery(server, database);
  const secondary = refuseSecondary(state, key, statement);
  if (secondary !== undefined) return secondary;
  return what === "LOG" && chainHead(state, key) === null
    ? new SqlError(
        4214,
        "BACKUP LOG cannot be performed because there is no current database backup.",
      )
    : refuseByStorage(server, statement);
}

/** 3201 for a blob at which the server is not let in. */
function refuseByStorage(server: ServerState, { to }: Backup): SqlError | undefined {
  for (const { kind, path } of to) {
    const denied = kind === "URL" ? storageError(server, path) : undefined;
    if (denied !== undefined) return cannotOpen(path, denied);
  }
  return undefined;
}

/** 41922: the service's key stays with the service. */
function refuseEncrypted({ engine }: WorldState): SqlError | undefined {
  return engine.instanceEncryption === "serviceManaged"
    ? new SqlError(
        41922,
        "The backup operation for a database with service-managed transparent data encryption is not supported on SQL Database Managed Instance.",
      )
    : undefined;
}

/** A database that is not open is backed up by NO_TRUNCATE alone, its log only; one in a restore by nothing. */
function refuseClosed({ copy }: ServerState, { what, database, options }: Backup) {
  if (copy.state === "RESTORING") {
    return new SqlError(
      927,
      `Database '${database}' cannot be opened. It is in the middle of a restore.`,
    );
  }
  if (copy.state === "ONLINE" || (what === "LOG" && options.has("NO_TRUNCATE"))) return undefined;
  return new SqlError(
    922,
    `Database '${database}' is being recovered. Waiting until recovery is finished.`,
  );
}

/**
 * It would leave the database RESTORING, which a database in a group is not let ("Database Mirroring and Availability
 * Groups"). The number is RESTORE's for such a database; none is documented for BACKUP.
 */
function refuseNoRecovery({ linkDropped, localGroupDropped }: ServerState, database: string) {
  return linkDropped && localGroupDropped
    ? optionNotImplemented("NORECOVERY")
    : joinedGroup("BACKUP LOG WITH NORECOVERY", database);
}

/** 3104 */
export function joinedGroup(verb: string, database: string): SqlError {
  return new SqlError(
    3104,
    `${verb} cannot operate on database '${database}' because it is configured for database mirroring or has joined an availability group. If you intend to restore the database, use ALTER DATABASE to remove mirroring or to remove the database from its availability group.`,
  );
}

/** On a secondary only copies and log are saved, and as `secondaryBackup` says only while it follows its primary. */
function refuseSecondary(state: WorldState, key: ServerKey, { what, options }: Backup) {
  const server = state[key];
  if (server.linkDropped || databaseRole(state, server) === "PRIMARY") return undefined;
  if (what === "DATABASE" && !options.has("COPY_ONLY")) {
    return new SqlError(
      3059,
      "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.",
    );
  }
  const follows = flowingFrom(state) === otherSide(key);
  return follows || state.settings.secondaryBackup === "always"
    ? undefined
    : new SqlError(
        3062,
        "Cannot backup from a HADRON secondary because it is not in Synchronizing or Synchronized state.",
      );
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

/** 3201: the file or the container cannot be opened; `why` as the operating system numbers and words it. */
export function cannotOpen(path: string, why: string): SqlError {
  return new SqlError(3201, `Cannot open backup device '${path}'. Operating system error ${why}.`, {
    state: 1,
  });
}

/** What a device does to a backup that has begun to write, or to its beginning; undefined for one that lets it end. */
export function deviceError(device: BackupFaults["device"], path: string): SqlError | undefined {
  switch (device) {
    case "cannotOpen":
      return cannotOpen(path, "5(Access is denied.)");
    case "writeFails":
      return new SqlError(
        3202,
        `Write on "${path}" failed: 112(There is not enough space on the disk.)`,
        {
          state: 2,
        },
      );
    case "ioError":
      return new SqlError(
        3271,
        `A nonrecoverable I/O error occurred on file "${path}:" 1117(The request could not be performed because of an I/O device error.).`,
      );
    case "works":
    case "hangs":
      return undefined;
  }
}
