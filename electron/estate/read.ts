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
import { mapFact } from "./guarded.ts";
import { backupsQuery } from "./queries/backups.ts";
import { certificatesQuery } from "./queries/certificates.ts";
import { databasesQuery } from "./queries/databases.ts";
import { groupsQuery } from "./queries/groups.ts";
import { onlyRow, readRows } from "./queries/query.ts";
import { replicaDatabasesQuery } from "./queries/replica-databases.ts";
import type { ReplicaRow } from "./queries/replicas.ts";
import { replicasQuery } from "./queries/replicas.ts";
import { rightsQuery } from "./queries/rights.ts";
import { seedingQuery } from "./queries/seeding.ts";
import { serverQuery } from "./queries/server.ts";
import { writersQuery } from "./queries/writers.ts";
import { readApart } from "./read-apart.ts";

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
      ? Promise.resolve(unreachableSide({ side, ...source }, clock, source.unreachable))
      : readSide(source, clock, signal);
  };
  const [box, instance] = await Promise.all([read("box"), read("instance")]);
  // On a managed instance SERVERPROPERTY('ServerName') is its whole address, however it is connected to.
  if (sides.azure === undefined || instance.kind === "unreachable") return { box, instance };
  return { box, instance, azure: await sides.azure(instance.facts.server.serverName, signal) };
}

/**
 * Four batches, whatever the number of databases and links and whatever may not be seen, one after the other on one connection.
 * A fact that may not be seen or whose query fails says so; a connection that fails makes the whole side `unreachable`. Rejects
 * only when aborted.
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
    return unreachableSide(session, clock, error.problem);
  }
}

/** The two that may take long on a server of many databases stand alone: where one takes too long, the rest is told. */
async function readFacts(session: SqlSession, signal: AbortSignal | undefined): Promise<SideFacts> {
  const [serverRows, rightsRows] = await readRows(session, [serverQuery, rightsQuery], signal);
  const replication = await readReplication(session, signal);
  const [databases] = await readApart(
    session,
    [{ query: databasesQuery, needs: ["anyDatabase"] }],
    signal,
  );
  const [backups] = await readApart(
    session,
    [{ query: backupsQuery, needs: ["backupHistory"] }],
    signal,
  );
  return {
    server: onlyRow(serverRows, session, serverQuery.name),
    rights: onlyRow(rightsRows, session, rightsQuery.name) satisfies Rights,
    ...replication,
    databases,
    backups,
  };
}

async function readReplication(
  session: SqlSession,
  signal: AbortSignal | undefined,
): Promise<Omit<SideFacts, "server" | "rights" | "databases" | "backups">> {
  const [groups, replicas, replicaDatabases, writers, certificates, seeding] = await readApart(
    session,
    [
      { query: groupsQuery, needs: ["definition", "serverState"] },
      { query: replicasQuery, needs: ["definition", "serverState"] },
      { query: replicaDatabasesQuery, needs: ["serverState", "anyDatabase"] },
      { query: writersQuery, needs: ["serverState", "anyDatabase"] },
      { query: certificatesQuery, needs: ["definition"] },
      { query: seedingQuery, needs: ["serverState"] },
    ],
    signal,
  );
  return {
    groups: withTheirReplicas(groups, replicas),
    replicaDatabases,
    writers,
    certificates: mapFact(certificates, withoutOthers),
    seeding,
  };
}

/** A group without its replicas says nothing: where either was not seen, both are not. */
function withTheirReplicas(
  groups: Fact<readonly Omit<AvailabilityGroup, "replicas">[]>,
  replicas: Fact<readonly ReplicaRow[]>,
): Fact<readonly AvailabilityGroup[]> {
  if (groups.kind !== "seen") return groups;
  return mapFact(replicas, (rows) => groupsWithReplicas(groups.value, rows));
}

function withoutOthers(
  rows: readonly (EndpointCertificate | null)[],
): readonly EndpointCertificate[] {
  return rows.filter((row) => row !== null);
}

/** A side that did not answer, and why. */
export function unreachableSide(
  { side, address }: Pick<SqlSession, "side" | "address">,
  clock: Clock,
  problem: Problem,
): SideReading {
  return { kind: "unreachable", side, address, at: isoTime(clock), problem };
}

/** This tool's clock. */
export function isoTime(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString();
}
