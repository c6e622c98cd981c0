// Carries out one changing statement and writes down that it was asked for and how it ended.
import { SqlError, type SqlOutput } from "../sql-types.ts";
import { verify } from "./backup-media.ts";
import { backup } from "./backups.ts";
import { refuseForBystanders } from "./bystanders.ts";
import { createCredential, dropCredential } from "./credentials.ts";
import { setDatabase, setHadr } from "./database-statements.ts";
import { describeStatement } from "./describe-statement.ts";
import type { Asked, Engine } from "./engine.ts";
import { forcedFailover, plannedFailover } from "./failover-statements.ts";
import { sameName } from "./groups.ts";
import { dropGroup, modifyGroups, modifyReplica, setGroup } from "./group-statements.ts";
import { dropDatabase, renameDatabase, restoreDatabase } from "./restore.ts";
import { killSession } from "./rollback.ts";
import { createLogin, dropLogin } from "./own-objects.ts";
import { alterServerRole, createServerRole, dropServerRole } from "./server-roles.ts";
import { dropCertificate, dropEndpoint, setTraceFlags } from "./surroundings.ts";
import type { ChangeRecord } from "./engine-state.ts";
import type { ServerStatement } from "../tsql/host.ts";
import type { ServerKey } from "./state.ts";

/** Throws SqlError for what the engine refuses, and the signal's reason when the client gave up. */
export async function* runStatement(
  engine: Engine,
  statement: ServerStatement,
  asked: Asked,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const { state } = engine;
  const { server, session } = asked;
  const record: ChangeRecord = {
    server,
    sessionId: session.sessionId,
    login: session.login,
    atMs: state.nowMs,
    text: describeStatement(statement),
    outcome: "running",
  };
  state.changes.push(record);
  try {
    refuseForBystanders(state[server], statement);
    yield* carryOut(engineOf(engine, statement, server), asked, statement, signal);
    record.outcome = "done";
  } catch (error) {
    record.outcome = signal.aborted ? "cancelled" : "error";
    if (error instanceof SqlError) record.error = error.sql.number;
    throw error;
  }
}

/** SQL Server carries out on its other link what names that one. */
function engineOf(engine: Engine, statement: ServerStatement, server: ServerKey): Engine {
  const { other } = engine;
  if (other === null || server !== "box" || !("group" in statement)) return engine;
  const { link, box } = other.state;
  return !box.linkDropped && sameName(statement.group, link.name) ? other : engine;
}

async function* carryOut(
  engine: Engine,
  asked: Asked,
  statement: ServerStatement,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const { state } = engine;
  const { server } = asked;
  switch (statement.kind) {
    case "availabilityGroupFailover":
      await plannedFailover(engine, asked, statement.group, signal);
      return;
    case "availabilityGroupForceFailover":
      forcedFailover(state, server, statement.group);
      return;
    case "availabilityGroupSet":
      setGroup(state, server, statement);
      return;
    case "availabilityGroupModifyGroups":
      modifyGroups(state, server, statement);
      return;
    case "availabilityGroupModifyReplica":
      modifyReplica(state, server, statement);
      return;
    case "dropAvailabilityGroup":
      dropGroup(engine, server, statement.group);
      return;
    case "dropEndpoint":
      dropEndpoint(engine, server, statement);
      return;
    case "dropCertificate":
      dropCertificate(state, server, statement);
      return;
    case "dbccTrace":
      setTraceFlags(state[server], statement);
      return;
    case "databaseSetHadr":
      yield* setHadr(state, server, statement);
      return;
    case "databaseSet":
      yield* setDatabase(state, server, statement);
      return;
    case "backup":
      yield* backup(engine, server, statement, signal);
      return;
    case "restoreRead":
      yield* verify(state, server, statement);
      return;
    case "restoreDatabase":
      yield* restoreDatabase(engine, server, statement, signal);
      return;
    case "renameDatabase":
      yield* renameDatabase(state, server, statement);
      return;
    case "dropDatabase":
      dropDatabase(state, server, statement.database);
      return;
    case "createCredential":
      createCredential(state[server], statement, state.nowMs);
      return;
    case "dropCredential":
      dropCredential(state[server], statement.name);
      return;
    case "kill":
      if (!killSession(state, server, statement.sessionId)) {
        throw new SqlError(6106, `Process ID ${statement.sessionId} is not an active process ID.`, {
          state: 2,
        });
      }
      return;
    case "alterLogin":
      alterLogin(engine, server, statement);
      return;
    case "createLogin":
      createLogin(state[server], statement);
      return;
    case "dropLogin":
      dropLogin(state[server], statement.login);
      return;
    case "createServerRole":
      createServerRole(state[server], statement.role, asked.session.login);
      return;
    case "dropServerRole":
      dropServerRole(state[server], statement.role);
      return;
    case "alterServerRole":
      alterServerRole(state[server], statement);
      return;
    case "dbccTraceStatus":
      throw new Error("The server itself answers DBCC TRACESTATUS.");
    case "procedure":
      throw new SqlError(2812, `Could not find stored procedure '${statement.name}'.`);
  }
}

/** A disabled login keeps its sessions, as on the real server, but does not come back. */
function alterLogin(
  { state }: Engine,
  key: ServerKey,
  { login, action }: Extract<ServerStatement, { kind: "alterLogin" }>,
): void {
  const server = state[key];
  const others = server.disabledLogins.filter((name) => name !== login.toLowerCase());
  server.disabledLogins = action === "DISABLE" ? [...others, login.toLowerCase()] : others;
}
