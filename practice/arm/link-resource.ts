// The link as ARM shows it at 2025-01-01: read from the instance's side of the world, since the service sees no other.
import { linkHealth } from "../catalog/database-replica-states.ts";
import { connectError } from "../catalog/availability-states.ts";
import { linkEndpoint } from "../catalog/groups.ts";
import { blockAt } from "../world/log.ts";
import { replicaRows } from "../world/positions.ts";
import type { ReplicaRow } from "../world/replica-row.ts";
import { seesPartner } from "../world/sides.ts";
import type { Role, ServerState, WorldState } from "../world/state.ts";
import { ownCertificateName } from "../world/surroundings.ts";
import { instanceId, instanceType } from "./instance-resource.ts";
import type { InstanceFacts } from "./inventory.ts";

export const linkType = `${instanceType}/distributedAvailabilityGroups`;

type LinkRole = "Primary" | "Secondary";

/** The links of an instance: one or none. */
export function linkResources(facts: InstanceFacts): readonly LinkResource[] {
  const state = facts.world?.state;
  if (state === undefined || state.instance.linkDropped) return [];
  const { name } = state.link;
  const id = `${instanceId(facts)}/distributedAvailabilityGroups/${name}`;
  return [{ id, name, type: linkType, properties: linkProperties(state) }];
}

export interface LinkResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties: ReturnType<typeof linkProperties>;
}

/** "Distributed Availability Groups - Get", 2025-01-01. What is not known is left out. */
function linkProperties(state: WorldState) {
  const { link, box, instance } = state;
  const instanceLinkRole = instanceRole(state);
  const modes = Object.values(instance.linkAvailabilityMode);
  return {
    distributedAvailabilityGroupName: link.name,
    distributedAvailabilityGroupId: link.groupId.toLowerCase(),
    replicationMode: modes.every((mode) => mode === "SYNCHRONOUS_COMMIT") ? "Sync" : "Async",
    partnerLinkRole: partnerRole(state, instanceLinkRole),
    partnerAvailabilityGroupName: box.groupName,
    partnerEndpoint: instance.partnerEndpointUrl ?? linkEndpoint(box),
    instanceLinkRole,
    instanceAvailabilityGroupName: instance.groupName,
    failoverMode: link.failoverMode,
    seedingMode: "Automatic",
    databases: [linkedDatabase(state, instanceLinkRole)],
  };
}

/** ARM knows two roles: while they change, the one the instance had counts. */
function instanceRole({ instance, failover }: WorldState): LinkRole {
  if (instance.linkRole !== "RESOLVING") return armRole(instance.linkRole);
  return failover?.to === "box" ? "Primary" : "Secondary";
}

/** What the link last told of SQL Server; without a connection the opposite of the instance's own. */
function partnerRole(state: WorldState, instanceLinkRole: LinkRole): LinkRole {
  const opposite = instanceLinkRole === "Primary" ? "Secondary" : "Primary";
  const { linkRole } = state.box;
  return linkRole !== "RESOLVING" && seesPartner(state, "instance") ? armRole(linkRole) : opposite;
}

function armRole(role: Exclude<Role, "RESOLVING">): LinkRole {
  return role === "PRIMARY" ? "Primary" : "Secondary";
}

function linkedDatabase(state: WorldState, instanceLinkRole: LinkRole) {
  const { link, box, instance, failover } = state;
  const isConnected = seesPartner(state, "instance");
  return {
    databaseName: link.database,
    instanceReplicaId: instance.linkReplicaId.toLowerCase(),
    partnerReplicaId: box.linkReplicaId.toLowerCase(),
    replicaState: failover === null ? "LinkSynchronizing" : "LinkFailoverInProgress",
    synchronizationHealth: linkHealth({ state, server: instance }),
    connectedState: isConnected ? "CONNECTED" : "DISCONNECTED",
    ...positions(state, instanceLinkRole),
    ...lastBackup(instance),
    ...(isConnected ? {} : { mostRecentLinkError: connectError.text }),
    partnerAuthCertValidity: {
      certificateName: ownCertificateName(box),
      expiryDate: time(box.endpointCertificateExpiryMs),
    },
  };
}

/** A secondary tells of its own copy, a primary of what the other side last reported. */
function positions(state: WorldState, instanceLinkRole: LinkRole) {
  const rows = replicaRows(state, "instance");
  const partner = rows.find(({ group, isLocal }) => group === "distributed" && !isLocal);
  const own = rows.find(({ isLocal }) => isLocal);
  const row = instanceLinkRole === "Primary" ? (partner ?? own) : own;
  if (row === undefined) return {};
  return {
    ...reached("lastReceived", row.lastReceivedLsn, row.lastReceivedMs),
    ...reached("lastSent", row.lastSentLsn, row.lastSentMs),
    ...reached("lastCommit", row.lastCommitLsn, row.lastCommitMs),
    ...reached("lastHardened", row.lastHardenedLsn, row.lastHardenedMs),
    ...(instanceLinkRole === "Primary" ? lags(state, row) : {}),
  };
}

/** Whole seconds; they mean something on a primary alone. */
function lags({ instance, replication, nowMs }: WorldState, { secondaryLagSeconds }: ReplicaRow) {
  const { log } = instance.copy;
  const { sent } = replication;
  const unsentMs = sent < log.length ? nowMs - blockAt(log, sent + 1).writtenAtMs : 0;
  return {
    instanceSendReplicationLagSeconds: Math.floor(unsentMs / 1000),
    ...(secondaryLagSeconds === null
      ? {}
      : { instanceRedoReplicationLagSeconds: secondaryLagSeconds }),
  };
}

/** The instance's own last backup. */
function lastBackup({ backups }: ServerState) {
  const last = backups.at(-1);
  return last === undefined ? {} : reached("lastBackup", last.lastLsn, last.finishMs);
}

function reached(name: string, lsn: string | null, atMs: number | null): Record<string, string> {
  return {
    ...(lsn === null ? {} : { [`${name}Lsn`]: withoutZeros(lsn) }),
    ...(atMs === null ? {} : { [`${name}Time`]: time(atMs) }),
  };
}

/** ARM writes LSNs without the zeros in front. */
function withoutZeros(lsn: string): string {
  return BigInt(lsn).toString();
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
