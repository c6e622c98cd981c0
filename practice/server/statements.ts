// Carries out the statements that T-SQL hands over: checks the right to them, does what is the server's own, and passes the rest to the world.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import { getApplicationLock, releaseApplicationLock } from "./application-lock-procedures.ts";
import { kill } from "./kill.ts";
import { absentOrDenied, dbccDenied, permissionsOf, type Permissions } from "./permissions.ts";
import { checkLogin } from "./login-statements.ts";
import { checkServerRole } from "./server-roles.ts";
import { readHeaders } from "./backup-headers.ts";
import { catalogContext, loginsOf, stateOf, type ServerParts } from "./server-parts.ts";
import { dbccCompleted, traceStatus } from "./trace-status.ts";

type Procedure = Extract<ServerStatement, { kind: "procedure" }>;

/** Throws SqlError for a missing permission and for what the server refuses. */
export async function* runStatement(
  parts: ServerParts,
  statement: ServerStatement,
  session: SessionContext,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  checkPermission(permissionsOf(stateOf(parts)), statement, session);
  switch (statement.kind) {
    case "dbccTraceStatus":
      yield* traceStatus(stateOf(parts).surroundings.traceFlags, statement);
      return;
    case "kill":
      yield* kill(parts, statement, session, signal);
      return;
    case "procedure":
      yield* runProcedure(parts, statement, session, signal);
      return;
    case "restoreRead":
      if (statement.what === "VERIFYONLY") break;
      yield* readHeaders(catalogContext(parts, session), statement.what, statement);
      return;
    case "alterLogin":
      if (!loginsOf(parts).some(({ name }) => sameName(name, statement.login))) {
        throw absentOrDenied("alter", "login", statement.login);
      }
      break;
    case "createLogin":
    case "dropLogin":
      checkLogin(parts, statement, session);
      break;
    case "createServerRole":
    case "dropServerRole":
    case "alterServerRole":
      checkServerRole(parts, statement, session);
      break;
    default:
  }
  yield* parts.world.run(parts.key, statement, session, signal);
  if (statement.kind === "dbccTrace" && statement.messages) yield dbccCompleted;
}

function checkPermission(
  permissions: Permissions,
  statement: ServerStatement,
  session: SessionContext,
): void {
  switch (statement.kind) {
    case "availabilityGroupFailover":
    case "availabilityGroupForceFailover":
    case "availabilityGroupSet":
    case "availabilityGroupModifyGroups":
    case "availabilityGroupModifyReplica":
      if (permissions.onGroup("ALTER") !== 1) {
        throw absentOrDenied("alter", "availability group", statement.group);
      }
      return;
    case "dropAvailabilityGroup":
      if (permissions.onGroup("CONTROL") !== 1) {
        throw absentOrDenied("drop", "availability group", statement.group);
      }
      return;
    case "dropEndpoint":
      if (permissions.server("ALTER ANY ENDPOINT") === 1) return;
      throw absentOrDenied("drop", "endpoint", statement.endpoint);
    case "dropCertificate":
      if (permissions.server("CONTROL SERVER") === 1) return;
      throw absentOrDenied("drop", "certificate", statement.certificate);
    case "dbccTrace":
      if (permissions.isSysadmin) return;
      throw dbccDenied(session.login, statement.on ? "TRACEON" : "TRACEOFF");
    case "renameDatabase":
    case "dropDatabase":
    case "databaseSet":
    case "databaseSetHadr":
      if (permissions.server("ALTER ANY DATABASE") !== 1)
        throw alterDatabaseDenied(statement.database);
      return;
    case "backup": {
      const permission = `BACKUP ${statement.what}`;
      if (permissions.onDatabase(statement.database, permission) === 1) return;
      throw new SqlError(
        262,
        `${permission} permission denied in database '${statement.database}'.`,
        { severity: 14 },
      );
    }
    case "kill":
      if (permissions.server("ALTER ANY CONNECTION") === 1) return;
      throw new SqlError(6102, "User does not have permission to use the KILL statement.", {
        severity: 14,
      });
    case "alterLogin":
      if (permissions.server("ALTER ANY LOGIN") === 1) return;
      throw absentOrDenied("alter", "login", statement.login);
    case "createLogin":
      if (permissions.server("ALTER ANY LOGIN") === 1) return;
      throw new SqlError(15247, "User does not have permission to perform this action.");
    case "dropLogin":
      if (permissions.server("ALTER ANY LOGIN") === 1) return;
      throw absentOrDenied("drop", "login", statement.login);
    case "createServerRole":
    case "dropServerRole":
    case "alterServerRole":
    case "dbccTraceStatus":
    case "procedure":
      return;
    case "createCredential":
    case "dropCredential":
      if (permissions.server("ALTER ANY CREDENTIAL") === 1) return;
      throw new SqlError(15247, "User does not have permission to perform this action.");
    case "restoreDatabase":
    case "restoreRead":
      // Reading a backup asks for what restoring it would ("RESTORE VERIFYONLY", Permissions).
      if (permissions.server("CREATE ANY DATABASE") === 1) return;
      throw new SqlError(262, "CREATE DATABASE permission denied in database 'master'.", {
        severity: 14,
      });
  }
}

function alterDatabaseDenied(database: string): SqlError {
  return new SqlError(
    5011,
    `User does not have permission to alter database '${database}', the database does not exist, or the database is not in a state that allows access checks.`,
    { severity: 14, state: 9 },
  );
}

async function* runProcedure(
  { locks }: ServerParts,
  statement: Procedure,
  session: SessionContext,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  // master.sys.sp_getapplock, sys.sp_getapplock and sp_getapplock are one.
  switch (statement.name.toLowerCase().split(".").at(-1)) {
    case "sp_getapplock":
      yield* getApplicationLock(locks, statement.arguments, session, signal);
      return;
    case "sp_releaseapplock":
      yield* releaseApplicationLock(locks, statement.arguments, session);
      return;
    default:
      throw new SqlError(2812, `Could not find stored procedure '${statement.name}'.`, {
        state: 62,
      });
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
