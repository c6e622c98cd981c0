// One look at both sides for the gate: one batch on each, sent at the same time.
import type { Problem } from "../../shared/errors/app-error.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { groupsWithReplicas } from "../../shared/estate/groups-with-replicas.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { GateQuestion } from "../../shared/gate/question.ts";
import type { GateReading } from "../../shared/gate/reading.ts";
import type { GateAnswer } from "../../shared/gate/to-reading.ts";
import { toGateReading } from "../../shared/gate/to-reading.ts";
import type { Clock } from "../run/clock.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { groupsQuery } from "./queries/groups.ts";
import { onlyRow } from "./queries/query.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";
import { replicasQuery } from "./queries/replicas.ts";
import { serverQuery } from "./queries/server.ts";
import { writersQuery } from "./queries/writers.ts";

/** Never rejects for one side: a side that fails, or may not be seen, is `unread` in the reading. Rejects when aborted. */
export async function readGate(
  sessions: Readonly<Record<Side, SqlSession>>,
  question: GateQuestion,
  clock: Clock,
  signal?: AbortSignal,
): Promise<GateReading> {
  const [box, instance] = await Promise.all([
    readGateSide(sessions.box, clock, signal),
    readGateSide(sessions.instance, clock, signal),
  ]);
  return toGateReading({ box, instance }, question);
}

/** One side alone, in one batch. Rejects when aborted only. */
export async function readGateSide(
  session: SqlSession,
  clock: Clock,
  signal?: AbortSignal,
): Promise<GateAnswer> {
  try {
    const read = await readGuarded(
      session,
      [serverQuery, groupsQuery, replicasQuery, replicaDatabasesQuery, writersQuery],
      ["definition", "serverState", "anyDatabase"],
      signal,
    );
    const atMs = clock.nowMs();
    if (read.kind === "failed") return { kind: "unread", atMs, problem: read.problem };
    if (read.kind === "notAllowed") {
      return { kind: "unread", atMs, problem: notAllowed(session, read.permission) };
    }
    const [serverRows, groups, replicas, replicaDatabases, writers] = read.value;
    const { serverName } = onlyRow(serverRows, session, serverQuery.name);
    return {
      kind: "read",
      atMs,
      serverName,
      groups: groupsWithReplicas(groups, replicas),
      replicaDatabases,
      writers,
    };
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof AppError)) throw error;
    return { kind: "unread", atMs: clock.nowMs(), problem: error.problem };
  }
}

function notAllowed(session: SqlSession, permission: string): Problem {
  return {
    code: "noPermission",
    class: "block",
    summary: `The login has no ${permission} on ${session.address}.`,
    remedy: "Ask for that permission; the check of rights shows the statement.",
  };
}
