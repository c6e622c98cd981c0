// sp_getapplock and sp_releaseapplock: their arguments, their errors and their return values.
import type { LockMode } from "../catalog/context.ts";
import { SqlError, type SqlOutput, type SqlValue } from "../sql-types.ts";
import type { SessionContext } from "../tsql/host.ts";
import type { ApplicationLocks } from "./application-locks.ts";

type Arguments = ReadonlyMap<string, SqlValue>;

const modes: readonly LockMode[] = [
  "Shared",
  "Update",
  "Exclusive",
  "IntentShared",
  "IntentExclusive",
];
const longestResource = 255;

/** Answers the return value: 0, 1, -1, -2, -3, or -999 after an error about the arguments. */
export async function* getApplicationLock(
  locks: ApplicationLocks,
  args: Arguments,
  session: SessionContext,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const name = "sp_getapplock";
  const given = argumentReader(args, [
    "@Resource",
    "@LockMode",
    "@LockOwner",
    "@LockTimeout",
    "@DbPrincipal",
  ]);
  let request: Parameters<ApplicationLocks["acquire"]>[0];
  try {
    const mode = given("@LockMode", name);
    request = {
      database: session.currentDatabase,
      resource: resourceOf(given("@Resource", name), name),
      sessionId: session.sessionId,
      mode: modeOf(mode, name),
      timeoutMs: timeoutOf(given("@LockTimeout"), name),
    };
    checkOwner(given("@LockOwner"), name);
    checkPrincipal(given("@DbPrincipal"), name);
  } catch (error) {
    yield* failed(error);
    return;
  }
  yield { kind: "returnStatus", value: await locks.acquire(request, signal) };
}

/** Answers 0, or -999 after an error: 1223 when the session does not hold the lock. */
export function* releaseApplicationLock(
  locks: ApplicationLocks,
  args: Arguments,
  session: SessionContext,
): Iterable<SqlOutput> {
  const name = "sp_releaseapplock";
  const given = argumentReader(args, ["@Resource", "@LockOwner", "@DbPrincipal"]);
  try {
    const resource = resourceOf(given("@Resource", name), name);
    checkOwner(given("@LockOwner"), name);
    checkPrincipal(given("@DbPrincipal"), name);
    if (!locks.release({ database: session.currentDatabase, resource }, session.sessionId)) {
      throw new SqlError(
        1223,
        `Cannot release the application lock (Database Principal: 'public', Resource: '${resource}') because it is not currently held.`,
        { procedure: name },
      );
    }
  } catch (error) {
    yield* failed(error);
    return;
  }
  yield { kind: "returnStatus", value: 0 };
}

function* failed(error: unknown): Iterable<SqlOutput> {
  if (!(error instanceof SqlError)) throw error;
  yield { kind: "error", message: error.sql };
  yield { kind: "returnStatus", value: -999 };
}

/** Reads arguments by name (without case) or by place; 201 for a missing one that `required` by that procedure. */
function argumentReader(args: Arguments, names: readonly string[]) {
  const byName = new Map([...args].map(([key, value]) => [key.toLowerCase(), value]));
  return (name: string, requiredBy?: string): SqlValue => {
    const value = byName.get(name.toLowerCase()) ?? byName.get(`@${names.indexOf(name) + 1}`);
    if (value === undefined && requiredBy !== undefined) {
      throw new SqlError(
        201,
        `Procedure or function '${requiredBy}' expects parameter '${name}', which was not supplied.`,
        { state: 4, procedure: requiredBy },
      );
    }
    return value ?? null;
  };
}

function invalid(number: number, what: string, procedure: string): SqlError {
  return new SqlError(number, `An invalid ${what} was passed to ${procedure}.`, { procedure });
}

function resourceOf(value: SqlValue, procedure: string): string {
  if (typeof value !== "string" || value === "") {
    throw invalid(1224, "application lock resource", procedure);
  }
  return value.slice(0, longestResource);
}

function modeOf(value: SqlValue, procedure: string): LockMode {
  const mode = modes.find(
    (one) => typeof value === "string" && one.toLowerCase() === value.toLowerCase(),
  );
  if (mode === undefined) throw invalid(1225, "application lock mode", procedure);
  return mode;
}

/** Only the session can own a lock here: the practice server keeps no transactions of T-SQL. */
function checkOwner(value: SqlValue, procedure: string): void {
  const owner = typeof value === "string" ? value.toLowerCase() : "transaction";
  if (owner === "session") return;
  if (owner !== "transaction") throw invalid(1226, "application lock owner", procedure);
  throw new SqlError(
    3918,
    "The statement or function must be executed in the context of a user transaction.",
    { procedure },
  );
}

function timeoutOf(value: SqlValue, procedure: string): number {
  if (value === null) return -1;
  const ms = Number(value);
  if (!Number.isInteger(ms) || ms < -1) throw invalid(1227, "application lock time-out", procedure);
  return ms;
}

function checkPrincipal(value: SqlValue, procedure: string): void {
  if (value === null) return;
  if (typeof value !== "string" || value.toLowerCase() !== "public") {
    throw invalid(1230, "database principal", procedure);
  }
}
