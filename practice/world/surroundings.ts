// What stands around a link on a server and stays when the link is gone: endpoint, certificates, trace flags, jobs, other users of them.
import { SqlError } from "../sql-types.ts";
import type { Bystander } from "./bystanders.ts";
import type { Engine } from "./engine.ts";
import { usualObjects, type OwnObjects } from "./own-objects.ts";
import { sameName } from "./groups.ts";
import * as refusals from "./refusals.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";
import type { ServerStatement } from "../tsql/host.ts";

/** A further availability group of SQL Server, which has nothing to do with the link. */
export interface OtherGroup {
  readonly name: string;
  /** Servers; the first is this one, which is primary. */
  readonly replicas: readonly string[];
}

export interface Surroundings {
  endpointDropped: boolean;
  /** Lower case. */
  droppedCertificates: readonly string[];
  /** Trace flags that are on for the whole server. */
  traceFlags: readonly number[];
  /** Those among the startup parameters, which come back with a restart. */
  readonly startupTraceFlags: readonly number[];
  otherGroups: readonly OtherGroup[];
  /** Databases in a mirroring session of the old kind. */
  readonly mirroredDatabases: readonly string[];
  /** A Service Broker endpoint that shows the server's own certificate; null: there is none. */
  readonly brokerEndpoint: string | null;
  /** Logins of the server and users of master that were made from a certificate. */
  readonly certificatePrincipals: readonly {
    readonly principal: string;
    readonly kind: "login" | "user";
    readonly certificate: string;
  }[];
  /** Jobs of SQL Server Agent that test a network, by name. */
  readonly agentJobs: readonly string[];
  /** Instance: certificates of others that it trusts, as `serverTrustCertificates` names them. */
  trustCertificates: readonly string[];
  /** Instance: what its owner says that it is used for. */
  hybridSecondaryUsage: "Active" | "Passive";
  readonly licenseType: "LicenseIncluded" | "BasePrice";
  /** What no link carries to the other side. */
  readonly objects: OwnObjects;
  readonly bystanders: readonly Bystander[];
}

/** What a link's wizard leaves on either side, and nobody else who uses it. */
export const usualSurroundings: Readonly<Record<ServerKey, Surroundings>> = {
  box: {
    endpointDropped: false,
    droppedCertificates: [],
    traceFlags: [1800, 9567],
    startupTraceFlags: [1800, 9567],
    otherGroups: [],
    mirroredDatabases: [],
    brokerEndpoint: null,
    certificatePrincipals: [],
    agentJobs: [],
    trustCertificates: [],
    hybridSecondaryUsage: "Active",
    licenseType: "LicenseIncluded",
    objects: usualObjects,
    bystanders: [],
  },
  instance: {
    endpointDropped: false,
    droppedCertificates: [],
    traceFlags: [],
    startupTraceFlags: [],
    otherGroups: [],
    mirroredDatabases: [],
    brokerEndpoint: null,
    certificatePrincipals: [],
    agentJobs: [],
    trustCertificates: ["Cert_SQLBOX01_endpoint"],
    hybridSecondaryUsage: "Active",
    licenseType: "LicenseIncluded",
    objects: usualObjects,
    bystanders: [],
  },
};

type Statement<Kind extends ServerStatement["kind"]> = Extract<ServerStatement, { kind: Kind }>;

/** Name of the mirroring endpoint as it was made on either side. */
export function endpointName({ key }: Pick<ServerState, "key">): string {
  return key === "box" ? "database_mirroring_endpoint" : "Hadr_endpoint";
}

/** Name of the certificate a server's mirroring endpoint shows. */
export function ownCertificateName({ machineName }: Pick<ServerState, "machineName">): string {
  return `Cert_${machineName}_endpoint`;
}

/** Root certificates of the authorities behind Azure's certificates, on SQL Server (domain.md 2.1). */
export const rootCertificate = "DigiCertPKI";

/** Every certificate in master that was made and not dropped. */
export function certificateNames({ state, key }: Place): readonly string[] {
  const server = state[key];
  const partners = [
    state.instance,
    ...(state.otherLink === null ? [] : [state.otherLink.instance]),
  ];
  const made =
    key === "instance"
      ? [ownCertificateName(server)]
      : [ownCertificateName(server), ...partners.map(({ name }) => name), rootCertificate];
  const { droppedCertificates } = server.surroundings;
  return made.filter((name) => !droppedCertificates.includes(name.toLowerCase()));
}

interface Place {
  readonly state: WorldState;
  readonly key: ServerKey;
}

/** DROP ENDPOINT: the engine asks nobody who replicates through it, and every link of the server loses its partner. */
export function dropEndpoint(
  { state, other }: Engine,
  key: ServerKey,
  { endpoint }: Statement<"dropEndpoint">,
): void {
  const server = state[key];
  const { surroundings } = server;
  // The instance's own endpoint is the platform's.
  const isThere = key === "box" && !surroundings.endpointDropped;
  if (!isThere || !sameName(endpoint, endpointName(server))) {
    throw refusals.cannotDrop("endpoint", endpoint);
  }
  surroundings.endpointDropped = true;
  state.link.connected = false;
  if (other !== null) other.state.link.connected = false;
}

/** DROP CERTIFICATE. Throws 15151, 15352 while an endpoint shows it, 15559 while a login or user is made of it. */
export function dropCertificate(
  state: WorldState,
  key: ServerKey,
  { certificate }: Statement<"dropCertificate">,
): void {
  const server = state[key];
  const { surroundings } = server;
  const name = certificateNames({ state, key }).find((one) => sameName(one, certificate));
  if (name === undefined) throw refusals.cannotDrop("certificate", certificate);
  const isOwn = name === ownCertificateName(server);
  if (isOwn && (!surroundings.endpointDropped || surroundings.brokerEndpoint !== null)) {
    throw new SqlError(
      15352,
      "The certificate cannot be dropped because one or more entities are either signed or encrypted using it.",
    );
  }
  const mapped = surroundings.certificatePrincipals.find((one) => sameName(one.certificate, name));
  if (mapped !== undefined) {
    throw new SqlError(
      15559,
      `Cannot drop certificate '${name}' because there is a ${mapped.kind} mapped to it.`,
    );
  }
  surroundings.droppedCertificates = [...surroundings.droppedCertificates, name.toLowerCase()];
}

/** DBCC TRACEON and TRACEOFF for the whole server. */
export function setTraceFlags(server: ServerState, { on, flags }: Statement<"dbccTrace">): void {
  const { surroundings } = server;
  const others = surroundings.traceFlags.filter((flag) => !flags.includes(flag));
  surroundings.traceFlags = on ? [...others, ...flags].sort((a, b) => a - b) : others;
}
