// The groups, replicas and database replicas of bystanders: the same rows at every reading.
import type { Bystander, BystanderLink } from "../world/bystanders.ts";
import type { ReplicaRow } from "../world/replica-row.ts";
import { otherSide } from "../world/sides.ts";
import type { ServerKey, ServerState } from "../world/state.ts";
import type { CatalogContext } from "./context.ts";
import type { Group, Replica } from "./groups.ts";
import { stableGuid } from "./stable-id.ts";

/** A distributed group is the same on both sides, a local one is its server's. */
const ids = {
  link: ({ name }: BystanderLink) => stableGuid(`bystander link ${name}`),
  local: (group: string) => stableGuid(`bystander group ${group}`),
  localReplica: (group: string) => stableGuid(`bystander replica ${group}`),
  linkReplica: (group: string) => stableGuid(`bystander link replica ${group}`),
};

/** group_database_id: the same on both sides. */
export function bystanderDatabaseId({ name }: BystanderLink): string {
  return stableGuid(`bystander database ${name}`);
}

/** Each linked one has a local group and a distributed one. */
export function bystanderGroups(server: ServerState): readonly Group[] {
  return server.surroundings.bystanders.flatMap(({ name, link }) => {
    if (link === null) return [];
    const own = link.groups[server.key];
    const primary = link.role === "PRIMARY" ? server.key : otherSide(server.key);
    const bystander = { database: name, link };
    return [
      {
        id: ids.local(own),
        name: own,
        isDistributed: false,
        role: "PRIMARY",
        primaryReplica: server.name,
        bystander,
      },
      {
        id: ids.link(link),
        name: link.name,
        isDistributed: true,
        role: link.role,
        primaryReplica: link.groups[primary],
        bystander,
      },
    ];
  });
}

/** `endpointOf`: where a side of a link is reached. */
export function bystanderReplicas(
  group: Group,
  link: BystanderLink,
  {
    server,
    peer,
    endpointOf,
  }: Pick<CatalogContext, "server" | "peer"> & {
    readonly endpointOf: (side: ServerState) => string;
  },
): readonly Replica[] {
  if (!group.isDistributed) {
    return [
      {
        ...common,
        group,
        id: ids.localReplica(group.name),
        name: server.name,
        isLocal: true,
        role: group.role,
        isConnected: true,
        endpointUrl: endpointOf(server),
        availabilityMode: "SYNCHRONOUS_COMMIT",
      },
    ];
  }
  return [server, peer].map((side) => {
    const isLocal = side.key === server.key;
    return {
      ...common,
      group,
      id: ids.linkReplica(link.groups[side.key]),
      name: link.groups[side.key],
      isLocal,
      role: isLocal ? group.role : group.role === "PRIMARY" ? "SECONDARY" : null,
      isConnected: isLocal ? group.role === "PRIMARY" || link.isConnected : link.isConnected,
      endpointUrl: endpointOf(side),
      availabilityMode: "ASYNCHRONOUS_COMMIT",
    };
  });
}

const common = { secondaryAllowConnections: "ALL" } as const;

/** What sys.databases tells of the group that a linked one is in. */
export function bystanderGroupIds(
  { link }: Bystander,
  key: ServerKey,
): { readonly replicaId: string; readonly groupDatabaseId: string } | null {
  return (
    link && {
      replicaId: ids.localReplica(link.groups[key]),
      groupDatabaseId: bystanderDatabaseId(link),
    }
  );
}

/** Both copies stand at the same place of the same log, also of a link that is split: nobody has ever written. */
const place = "39000000012300003";

/** Its own rows; on a primary the other side's too. */
export function bystanderReplicaRows(server: ServerState): readonly ReplicaRow[] {
  return server.surroundings.bystanders.flatMap((bystander) => {
    const { link } = bystander;
    if (link === null) return [];
    const own = link.groups[server.key];
    const row = {
      ...rowOf(bystander, link, server),
      group: "distributed",
      groupId: ids.link(link),
      replicaId: ids.linkReplica(own),
      isLocal: true,
    } as const;
    const local = {
      ...row,
      group: "local",
      groupId: ids.local(own),
      replicaId: ids.localReplica(own),
      isPrimaryReplica: true,
    } as const;
    const partner = {
      ...row,
      replicaId: ids.linkReplica(link.groups[otherSide(server.key)]),
      isLocal: false,
    };
    return link.role === "PRIMARY" ? [row, partner, local] : [row, local];
  });
}

type OwnPart = "group" | "groupId" | "replicaId" | "isLocal";

function rowOf(
  { id, name }: Bystander,
  link: BystanderLink,
  server: ServerState,
): Omit<ReplicaRow, OwnPart> {
  const isSecondary = link.role === "SECONDARY";
  const reachedMs = isSecondary ? server.startedMs : null;
  return {
    databaseId: id,
    databaseName: name,
    groupDatabaseId: bystanderDatabaseId(link),
    isPrimaryReplica: false,
    synchronizationStateDesc: link.isConnected ? "SYNCHRONIZING" : "NOT SYNCHRONIZING",
    synchronizationHealthDesc: link.isConnected ? "HEALTHY" : "NOT_HEALTHY",
    isCommitParticipant: false,
    databaseStateDesc: "ONLINE",
    isSuspended: false,
    suspendReason: null,
    recoveryLsn: null,
    truncationLsn: null,
    lastSentLsn: null,
    lastSentMs: null,
    lastReceivedLsn: isSecondary ? place : null,
    lastReceivedMs: reachedMs,
    lastHardenedLsn: isSecondary ? place : null,
    lastHardenedMs: reachedMs,
    lastRedoneLsn: isSecondary ? place : null,
    lastRedoneMs: reachedMs,
    endOfLogLsn: place,
    lastCommitLsn: place,
    lastCommitMs: server.startedMs,
    commitClock: isSecondary ? otherSide(server.key) : server.key,
    logSendQueueKb: 0,
    logSendRateKbPerSecond: 0,
    redoQueueKb: 0,
    redoRateKbPerSecond: 0,
    secondaryLagSeconds: null,
  };
}
