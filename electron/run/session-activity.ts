// Whether the connection that carried a statement is still on the server, and still works there.
import { AppError } from "../../shared/errors/app-error.ts";
import type { StatementConnection } from "../../shared/run/step-state.ts";
import {
  canSeeRow,
  sessionActivityRow,
  sessionActivitySql,
} from "../estate/queries/session-activity.ts";
import type { SqlSession } from "../sql/session.ts";

/** `notAllowed`: no VIEW SERVER STATE; `noAnswer`: the server could not be asked. Nothing is concluded from either. */
export type SessionActivity = "gone" | "idle" | "working" | "notAllowed" | "noAnswer";

/** Never throws but for an abort. `session` reads on the side that the statement ran on. */
export async function readSessionActivity(
  session: SqlSession,
  connection: StatementConnection,
  signal?: AbortSignal,
): Promise<SessionActivity> {
  const { sessionId, loginTime } = connection;
  try {
    const [rights, rows] = await session.read(sessionActivitySql, { sessionId, loginTime }, signal);
    const canSee = rights?.some((row) => canSeeRow.parse(row)) ?? false;
    if (!canSee || rows === undefined) return "notAllowed";
    const found = rows.map((row) => sessionActivityRow.parse(row));
    if (found.length === 0) return "gone";
    return found.some((row) => row.command !== null) ? "working" : "idle";
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return error.problem.code === "noPermission" ? "notAllowed" : "noAnswer";
  }
}
