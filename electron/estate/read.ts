// Reads everything the estate holds, both sides at once; what one side cannot tell never costs the other's answer.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type {
  AvailabilityGroup,
  Estate,
  EndpointCertificate,
  Fact,
  Rights,
  Side,
  SideFacts,
  SideReading,
} from "../../shared/estate/estate.ts";
import { groupsWithReplicas } from "../../shared/estate/groups-with-replicas.ts";
import type { Clock } from "../run/clock.ts";
import type { SqlSession } from "../sql/session.ts";
import { mapFact, readGuarded } from "./guarded.ts";
import type { Need } from "./guarded.ts";
import { backupsQuery } from "./queries/backups.ts";
import { certificatesQuery } from "./queries/certificates.ts";
import { databasesQuery } from "./queries/databases.ts";
import { groupsQuery } from "./queries/groups.ts";
import type { Query } from "./queries/query.ts";
import { onlyRow, readRows } from "./queries/query.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";
import { replicasQuery } from "./queries/replicas.ts";
import { rightsQuery } from "./queries/rights.ts";
import { seedingQuery } from "./queries/seeding.ts";
import { serverQuery } from "./queries/server.ts";
import { writersQuery } from "./queries/writers.ts";

/** A side to read, or why it could not be connected to. */
export type SideSource = SqlSession | { readonly unreachable: Problem; readonly address: string };

/** Asks Azure about the instance of that address. Rejects only when aborted. */
export type AzureSource = (address: string, signal?: AbortSignal) => Promise<AzureFact>;

export type EstateSources = Readonly<Record<Side, SideSource>> & {
  /** Absent: Azure is not asked. */
  readonly azure?: AzureSource;
};

/** Both sides in parallel, then Azure about the instance. A side that fails is `unreachable`; only an abort rejects. */
export async function readEstate(
  sides: EstateSources,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Estate> {
  const read = (side: Side): Promise<SideReading> => {
    const source = sides[side];
    return "unreachable" in source
      ? Promise.resolve(unreachable(side, source.address, source.unreachable, clock))
      : readSide(source, clock, signal);
  };
  const [box, instance] = await Promise.all([read("box"), read("instance")]);
  // On a managed instance SERVERPROPERTY('ServerName') is its whole address, however it is connected to.
  if (sides.azure === undefined || instance.kind === "unreachable") return { box, instance };
  return { box, instance, azure: await sides.azure(instance.facts.server.serverName, signal) };
}

/**
 * Eight batches, whatever the number of databases, one after the other on one connection. A fact that may not be seen or whose
 * query fails says so; a connection that fails makes the whole side `unreachable`. Rejects only when aborted.
 */
export async function readSide(
  session: SqlSession,
  clock: Clock,
  signal?: AbortSignal,
): Promise<SideReading> {
  const { side, address } = session;
  try {
    const facts = await readFacts(session, signal);
    return { kind: "seen", side, address, at: isoTime(clock), facts };
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof AppError)) throw error;
    return unreachable(side, address, error.problem, clock);
  }
}

async function readFacts(session: SqlSession, signal: AbortSignal | undefined): Promise<SideFacts> {
  const rowsOf = async <Row>(
    query: Query<Row>,
    ...needs: readonly Need[]
  ): Promise<Fact<readonly Row[]>> =>
    mapFact(await readGuarded(session, [query], needs, signal), ([rows]) => rows);
  const [serverRows, rightsRows] = await readRows(session, [serverQuery, rightsQuery], signal);
  return {
    server: onlyRow(serverRows, session, serverQuery.name),
    rights: onlyRow(rightsRows, session, rightsQuery.name) satisfies Rights,
    groups: await readGroups(session, signal),
    replicaDatabases: await rowsOf(replicaDatabasesQuery, "serverState", "anyDatabase"),
    databases: await rowsOf(databasesQuery, "anyDatabase"),
    writers: await rowsOf(writersQuery, "serverState", "anyDatabase"),
    backups: await rowsOf(backupsQuery, "backupHistory"),
    certificates: mapFact(await rowsOf(certificatesQuery, "definition"), withoutOthers),
    seeding: await rowsOf(seedingQuery, "serverState"),
  };
}

async function readGroups(
  session: SqlSession,
  signal: AbortSignal | undefined,
): Promise<Fact<readonly AvailabilityGroup[]>> {
  const needs = ["definition", "serverState"] as const;
  const read = await readGuarded(session, [groupsQuery, replicasQuery], needs, signal);
  return mapFact(read, ([groups, replicas]) => groupsWithReplicas(groups, replicas));
}

function withoutOthers(
  rows: readonly (EndpointCertificate | null)[],
): readonly EndpointCertificate[] {
  return rows.filter((row) => row !== null);
}

function unreachable(side: Side, address: string, problem: Problem, clock: Clock): SideReading {
  return { kind: "unreachable", side, address, at: isoTime(clock), problem };
}

function isoTime(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString();
}
