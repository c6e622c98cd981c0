// Reads what a link may have left behind: on SQL Server, in the Agents of both servers, and in Azure.
import type { BoxLeftovers, SeenLeftovers } from "../../shared/clean-up/seen.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Fact } from "../../shared/estate/estate.ts";
import type { SqlSession } from "../sql/session.ts";
import { readGuarded } from "./guarded.ts";
import { certificateUsesQuery } from "./queries/certificate-uses.ts";
import { masterCertificatesQuery } from "./queries/master-certificates.ts";
import { mirroredDatabasesQuery } from "./queries/mirrored-databases.ts";
import { mirroringEndpointsQuery } from "./queries/mirroring-endpoints.ts";
import { networkTestJobsQuery } from "./queries/network-test-jobs.ts";
import { startupFlagsQuery } from "./queries/startup-flags.ts";
import { traceFlagsQuery } from "./queries/trace-flags.ts";
import type { SideSource } from "./read.ts";

export interface LeftoverSources {
  readonly box: SideSource;
  readonly instance: SideSource;
  /** Names of the certificates that the instance trusts; absent where Azure is not asked. */
  readonly trustCertificates?: () => Promise<readonly string[]>;
}

/** What cannot be read is said so; rejects for nothing but a defect. */
export async function readLeftovers(sources: LeftoverSources): Promise<SeenLeftovers> {
  const { box, instance, trustCertificates } = sources;
  const [onBox, boxJobs, instanceJobs, trusted] = await Promise.all([
    ofSource(box, readBoxLeftovers),
    ofSource(box, readJobs),
    ofSource(instance, readJobs),
    trustCertificates === undefined ? null : asFact(trustCertificates),
  ]);
  return { box: onBox, boxJobs, instanceJobs, trustCertificates: trusted };
}

/** One batch. Throws AppError when the connection failed. */
export async function readBoxLeftovers(
  session: SqlSession,
  signal?: AbortSignal,
): Promise<Fact<BoxLeftovers>> {
  const read = await readGuarded(
    session,
    [
      mirroringEndpointsQuery,
      masterCertificatesQuery,
      certificateUsesQuery,
      mirroredDatabasesQuery,
      startupFlagsQuery,
      traceFlagsQuery,
    ],
    ["definition", "serverState"],
    signal,
  );
  if (read.kind !== "seen") return read;
  const [endpoints, certificates, certificateUses, mirrored, startup, flags] = read.value;
  return {
    kind: "seen",
    value: {
      endpoints,
      certificates: certificates.flatMap(({ name, use }) => (use === null ? [] : [{ name, use }])),
      certificateNames: certificates.map(({ name }) => name),
      certificateUses,
      mirroredDatabases: mirrored[0] ?? 0,
      traceFlags: flags.map((one) => ({ ...one, isStartup: startup.includes(one.flag) })),
    },
  };
}

async function readJobs(session: SqlSession): Promise<Fact<readonly string[]>> {
  const read = await readGuarded(session, [networkTestJobsQuery], ["agentJobs"]);
  return read.kind === "seen" ? { kind: "seen", value: read.value[0] } : read;
}

function ofSource<T>(
  source: SideSource,
  read: (session: SqlSession) => Promise<Fact<T>>,
): Promise<Fact<T>> {
  if ("unreachable" in source) {
    return Promise.resolve({ kind: "failed", problem: source.unreachable });
  }
  return flat(asFact(() => read(source)));
}

async function asFact<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { kind: "seen", value: await read() };
  } catch (error) {
    if (error instanceof AppError) return { kind: "failed", problem: error.problem };
    throw error;
  }
}

async function flat<T>(fact: Promise<Fact<Fact<T>>>): Promise<Fact<T>> {
  const outer = await fact;
  return outer.kind === "seen" ? outer.value : outer;
}
