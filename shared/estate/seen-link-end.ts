// What one side's own rows say of a link: its replica, its role, its partner, its databases.
import { groupedBy } from "../grouped.ts";
import { oncePer } from "../once-per.ts";
import type { AvailabilityGroup, Replica, ReplicaDatabase, Side } from "./estate.ts";
import type { SeenLinkEnd } from "./link.ts";

export interface LinkRows {
  readonly groups: readonly AvailabilityGroup[];
  readonly replicaDatabases: readonly ReplicaDatabase[];
}

/**
 * The end of the link whose distributed group is `group`, on `side`. On SQL Server the role is told only by the node that is
 * PRIMARY of the local group: on another node the distributed row shows roles upside down (design, *Which node*).
 */
export function seenLinkEnd(side: Side, group: AvailabilityGroup, rows: LinkRows): SeenLinkEnd {
  const own = group.replicas.find((replica) => replica.isLocal === true);
  const remote = own === undefined ? undefined : group.replicas.find((other) => other !== own);
  const localGroup =
    own === undefined ? undefined : localGroups(rows.groups).get(own.replicaServerName);
  const isLocalPrimary = side === "instance" ? null : ownReplica(localGroup)?.role === "PRIMARY";
  return {
    kind: "seen",
    group,
    own,
    remote,
    role: isLocalPrimary === false ? null : (own?.role ?? null),
    partnerEndpointUrl: remote?.endpointUrl ?? null,
    localGroup,
    isLocalPrimary,
    databases: databasesOf(group, localGroup, rows.replicaDatabases),
  };
}

/** This server's own replica of a group. */
export function ownReplica(group: AvailabilityGroup | undefined): Replica | undefined {
  return group?.replicas.find((replica) => replica.isLocal === true);
}

/** Names of the databases of a seen end, in order of name. */
export function databaseNames(end: SeenLinkEnd): readonly string[] {
  return [...new Set(end.databases.map((row) => row.databaseName))].sort();
}

/** Every row of a database that the distributed or the local group lists: a restart may leave only the local one. */
function databasesOf(
  group: AvailabilityGroup,
  localGroup: AvailabilityGroup | undefined,
  rows: readonly ReplicaDatabase[],
): readonly ReplicaDatabase[] {
  const byGroup = rowsByGroup(rows);
  const own = [group.groupId, localGroup?.groupId].flatMap((id) =>
    id === undefined ? [] : (byGroup.get(id) ?? []),
  );
  const names = new Set(own.map((row) => row.databaseName));
  return [...names].sort().flatMap((name) => rowsByDatabase(rows).get(name) ?? []);
}

/** A server may have hundreds of links: the rows of one are found without walking those of all. */
const localGroups = oncePer(
  (groups: readonly AvailabilityGroup[]): ReadonlyMap<string, AvailabilityGroup> =>
    new Map(
      groups
        .filter((group) => !group.isDistributed)
        .toReversed()
        .map((group) => [group.name, group]),
    ),
);

/** Rows of each group. */
export const rowsByGroup = oncePer((rows: readonly ReplicaDatabase[]) =>
  groupedBy(rows, ({ groupId }) => groupId),
);

/** Rows of each database. */
export const rowsByDatabase = oncePer((rows: readonly ReplicaDatabase[]) =>
  groupedBy(rows, ({ databaseName }) => databaseName),
);
