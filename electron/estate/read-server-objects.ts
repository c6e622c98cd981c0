// Reads what one server has of its own: logins, jobs, linked servers, credentials, collation, log and disk. Reads only.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import type { LoginUser, ServerObjects, Space } from "../../shared/readiness/server-objects.ts";
import type { SqlSession } from "../sql/session.ts";
import { mapFact, readGuarded } from "./guarded.ts";
import type { Need } from "./guarded.ts";
import { agentJobsQuery } from "./queries/agent-jobs.ts";
import { collationQuery } from "./queries/collation.ts";
import { instanceStorageQuery } from "./queries/instance-storage.ts";
import { linkedServerRightQuery, linkedServersQuery } from "./queries/linked-servers.ts";
import { logUseQuery } from "./queries/log-use.ts";
import { loginUsersOf } from "./queries/login-users.ts";
import { loginsQuery } from "./queries/logins.ts";
import { credentialsQuery } from "./queries/offline-fail-back.ts";
import type { Query } from "./queries/query.ts";
import { onlyRow } from "./queries/query.ts";
import { volumesQuery } from "./queries/volumes.ts";
import type { SideSource } from "./read.ts";

/** A side that cannot be read says so in each fact; rejects only when aborted. */
export async function readServerObjects(
  source: SideSource,
  databases: readonly string[],
  signal?: AbortSignal,
): Promise<ServerObjects> {
  if ("unreachable" in source) return unread({ kind: "failed", problem: source.unreachable });
  try {
    return await readAll(source, databases, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return unread({ kind: "failed", problem: error.problem });
  }
}

function unread(why: Extract<Fact<never>, { kind: "failed" }>): ServerObjects {
  return {
    collation: why,
    logins: why,
    users: why,
    jobs: why,
    linkedServers: why,
    credentials: why,
    logUse: why,
    space: why,
  };
}

/** One batch for each, one after the other on one connection: what one may not see never costs the other's answer. */
async function readAll(
  session: SqlSession,
  databases: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ServerObjects> {
  const rowsOf = async <Row>(query: Query<Row>, ...needs: readonly Need[]) =>
    mapFact(await readGuarded(session, [query], needs, signal), ([rows]) => rows);
  return {
    collation: mapFact(await rowsOf(collationQuery), (rows) =>
      onlyRow(rows, session, collationQuery.name),
    ),
    logins: await rowsOf(loginsQuery, "definition"),
    users: await readUsers(session, databases, signal),
    jobs: await rowsOf(agentJobsQuery(databases), "agentJobs"),
    linkedServers: await readLinkedServers(session, signal),
    credentials: mapFact(await rowsOf(credentialsQuery, "definition"), (rows) =>
      rows.map(({ name }) => name),
    ),
    logUse: await rowsOf(logUseQuery(databases), "serverState", "anyDatabase"),
    space: await readSpace(session, databases, signal),
  };
}

/** Database by database: the first that does not tell speaks for all, since half of the users are none. */
async function readUsers(
  session: SqlSession,
  databases: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Fact<readonly LoginUser[]>> {
  const users: LoginUser[] = [];
  for (const database of databases) {
    const read = await readGuarded(session, [loginUsersOf(database)], ["definition"], signal);
    if (read.kind !== "seen") return read;
    users.push(...read.value[0]);
  }
  return { kind: "seen", value: users };
}

async function readLinkedServers(
  session: SqlSession,
  signal: AbortSignal | undefined,
): Promise<Fact<readonly string[]>> {
  const queries = [linkedServersQuery, linkedServerRightQuery] as const;
  const read = await readGuarded(session, queries, [], signal);
  if (read.kind !== "seen") return read;
  const [names, right] = read.value;
  return onlyRow(right, session, linkedServerRightQuery.name)
    ? { kind: "seen", value: names }
    : { kind: "notAllowed", permission: "ALTER ANY LINKED SERVER" };
}

async function readSpace(
  session: SqlSession,
  databases: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Fact<Space>> {
  if (session.side === "instance") {
    const read = await readGuarded(session, [instanceStorageQuery], ["serverState"], signal);
    return mapFact(read, ([[row]]) =>
      row === undefined ? { kind: "notTold" } : { kind: "reserved", ...row },
    );
  }
  const needs = ["definition", "serverState"] as const;
  const read = await readGuarded(session, [volumesQuery(databases)], needs, signal);
  return mapFact(read, ([volumes]) =>
    volumes.length === 0 ? { kind: "notTold" } : { kind: "volumes", volumes },
  );
}
