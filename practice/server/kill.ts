// KILL: ends a client's connection or a session of the world, and tells how far a rollback has come ("KILL (Transact-SQL)").
import { SqlError, type SqlOutput } from "../sql-types.ts";
import type { ServerStatement, SessionContext } from "../tsql/host.ts";
import { rollbackProgress } from "../world/rollback.ts";
import type { WorkloadSession } from "../world/state.ts";
import { stateOf, type ServerParts } from "./server-parts.ts";

type Kill = Extract<ServerStatement, { kind: "kill" }>;

/** Session ids are smallint, so no process id lies above. */
const highestSessionId = 32_767;

/** Throws 6101, 6104, 6106, 6107 or 6120. */
export async function* kill(
  parts: ServerParts,
  statement: Kill,
  session: SessionContext,
  signal: AbortSignal,
): AsyncIterable<SqlOutput> {
  const { sessionId, statusOnly } = statement;
  if (sessionId < 1 || sessionId > highestSessionId) throw notValid(sessionId);
  const own = stateOf(parts).sessions.find((one) => one.sessionId === sessionId);
  if (statusOnly) {
    yield statusOf(parts, sessionId, own);
    return;
  }
  if (sessionId === session.sessionId) {
    throw new SqlError(6104, "Cannot use KILL to kill your own process.");
  }
  const client = parts.clients.get(sessionId);
  if (client !== undefined) {
    parts.clients.delete(sessionId);
    parts.locks.releaseAll(sessionId);
    client.kill();
    return;
  }
  if (own !== undefined && !own.isUserProcess) {
    throw new SqlError(6107, "Only user processes can be killed.", { severity: 14 });
  }
  // A second KILL tells how far the first has come, as WITH STATUSONLY does.
  if (own?.rollingBack != null) yield statusOf(parts, sessionId, own);
  else yield* parts.world.run(parts.key, statement, session, signal);
}

function statusOf(
  { world }: ServerParts,
  sessionId: number,
  own: WorkloadSession | undefined,
): SqlOutput {
  const progress = own === undefined ? undefined : rollbackProgress(own, world.state.nowMs);
  if (progress === undefined) {
    throw new SqlError(
      6120,
      `Status report cannot be obtained. Rollback operation for Process ID ${sessionId} is not in progress.`,
    );
  }
  const text = `SPID ${sessionId}: transaction rollback in progress. Estimated rollback completion: ${progress.percent}%. Estimated time remaining: ${progress.secondsLeft} seconds.`;
  return { kind: "info", message: { number: 6109, severity: 10, state: 1, text } };
}

function notValid(sessionId: number): SqlError {
  return new SqlError(
    6101,
    `Process ID ${sessionId} is not a valid process ID. Choose a number between 1 and ${highestSessionId}.`,
  );
}
