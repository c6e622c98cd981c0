// Whether the connection that carried a statement, or one that was killed, is still on the server, and still works there.
import { AppError } from "../../shared/errors/app-error.ts";
import type { StatementConnection } from "../../shared/run/step-state.ts";
import type { SessionLook } from "../../shared/sessions/session-end.ts";
import type { SessionActivityRow } from "../estate/queries/session-activity.ts";
import {
  canSeeRow,
  sessionActivityRow,
  sessionActivitySql,
} from "../estate/queries/session-activity.ts";
import type { SqlSession } from "../sql/session.ts";

/** `notAllowed`: no VIEW SERVER STATE; `noAnswer`: the server could not be asked. Nothing is concluded from either. */
export type SessionActivity = "gone" | "idle" | "working" | "notAllowed" | "noAnswer";

type Connection = Pick<StatementConnection, "sessionId" | "loginTime">;

/** Never throws but for an abort. `session` reads on the side that the statement ran on. */
export async function readSessionActivity(
  session: SqlSession,
  connection: StatementConnection,
  signal?: AbortSignal,
): Promise<SessionActivity> {
  const found = await readRowsOf(session, connection, signal);
  if (typeof found === "string") return found;
  if (found.length === 0) return "gone";
  return found.some((row) => row.command !== null) ? "working" : "idle";
}

/** The same of a session that was told to end. */
export async function lookAtSession(
  session: SqlSession,
  connection: Connection,
  signal?: AbortSignal,
): Promise<SessionLook> {
  const found = await readRowsOf(session, connection, signal);
  if (typeof found === "string") return { kind: found };
  if (found.length === 0) return { kind: "gone" };
  const undoing = found.find(({ command }) => command === "KILLED/ROLLBACK");
  if (undoing === undefined) return { kind: "there" };
  const { percentComplete, estimatedMs } = undoing;
  return {
    kind: "rollingBack",
    percent: percentComplete === null ? null : Math.floor(percentComplete),
    secondsLeft: estimatedMs === null ? null : Math.ceil(estimatedMs / 1000),
  };
}

async function readRowsOf(
  session: SqlSession,
  { sessionId, loginTime }: Connection,
  signal: AbortSignal | undefined,
): Promise<readonly SessionActivityRow[] | "notAllowed" | "noAnswer"> {
  try {
    const [rights, rows] = await session.read(sessionActivitySql, { sessionId, loginTime }, signal);
    const canSee = rights?.some((row) => canSeeRow.parse(row)) ?? false;
    if (!canSee || rows === undefined) return "notAllowed";
    return rows.map((row) => sessionActivityRow.parse(row));
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return error.problem.code === "noPermission" ? "notAllowed" : "noAnswer";
  }
}
