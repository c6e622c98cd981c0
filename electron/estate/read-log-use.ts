// Reads how full the logs of a link's databases are, for the link monitor. Reads only.
import type { LogUseRead } from "../../shared/monitor/live.ts";
import type { Clock } from "../run/clock.ts";
import type { SqlSession } from "../sql/session.ts";
import { mapFact, readGuarded } from "./guarded.ts";
import { logUseQuery } from "./queries/log-use.ts";

/** One batch. A missing right, or a query that fails, is said in the fact; rejects when the connection fails, or aborted. */
export async function readLogUse(
  session: SqlSession,
  { databases, clock }: { readonly databases: readonly string[]; readonly clock: Clock },
  signal?: AbortSignal,
): Promise<LogUseRead> {
  const needs = ["serverState", "anyDatabase"] as const;
  const read = await readGuarded(session, [logUseQuery(databases)], needs, signal);
  return {
    at: new Date(clock.nowMs()).toISOString(),
    logUse: mapFact(read, ([rows]) => rows),
  };
}
