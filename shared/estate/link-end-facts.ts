// The light look at one side of a link, taken before and after every step: who answers, in which role, in which state.
import type {
  AvailabilityGroup,
  AvailabilityMode,
  Database,
  ReplicaDatabase,
  Replica,
  Role,
  ServerIdentity,
  Side,
} from "./estate.ts";
import { ownReplica, seenLinkEnd } from "./seen-link-end.ts";

/** What this side says of its own role in the distributed group. */
export type LinkRole =
  | { readonly kind: "seen"; readonly role: Role }
  /** The login may not see it; nothing is concluded. */
  | { readonly kind: "notAllowed"; readonly permission: string }
  /** There is no distributed group of that name. */
  | { readonly kind: "absent" }
  /** SQL Server: this node is not PRIMARY of the local group, whose rows would show roles upside down. */
  | { readonly kind: "notLocalPrimary"; readonly primaryReplica: string | null }
  /** The group is there, without a role of this side: seen while roles change. */
  | { readonly kind: "noRow" };

export interface LinkEndFacts {
  readonly side: Side;
  readonly server: ServerIdentity;
  readonly role: LinkRole;
  /** group_id of the distributed group; a link made anew under the same name has another one. */
  readonly groupId: string | null;
  readonly partnerEndpointUrl: string | null;
  /** SQL Server: whether this node is PRIMARY of the local group; null on the instance and where it cannot be seen. */
  readonly isLocalPrimary: boolean | null;
  /** Primary replica of the local group, as this node names it. */
  readonly primaryReplica: string | null;
  /** Of this side's own replica in the distributed group. */
  readonly synchronizationHealth: Replica["synchronizationHealth"];
  /** Of the remote replica where this side shows one (the primary), else of the own one. */
  readonly connectedState: Replica["connectedState"];
  readonly databases: readonly LinkDatabaseFacts[];
  /** Name of every availability group that this side shows, distributed ones included; null where it may not be seen. */
  readonly groupNames: readonly string[] | null;
  /** AVAILABILITY_MODE of the distributed group's replicas by their names, as this side tells it. */
  readonly commitModes: Readonly<Record<string, AvailabilityMode>>;
  /** Of this node's own replica in the local group, where that is visible. */
  readonly secondaryRoleAllowConnections: Replica["secondaryRoleAllowConnections"];
}

/** One database of the link on this side; null where the server shows no row or no value. */
export interface LinkDatabaseFacts {
  readonly name: string;
  readonly state: string | null;
  readonly updateability: Database["updateability"];
  readonly synchronizationState: string | null;
  readonly synchronizationHealth: string | null;
  readonly isSuspended: boolean | null;
}

export interface LinkEndRows {
  readonly side: Side;
  readonly server: ServerIdentity;
  readonly groups: readonly AvailabilityGroup[];
  readonly replicaDatabases: readonly ReplicaDatabase[];
  readonly databases: readonly Database[];
}

/** The look, from rows that the login is allowed to see. */
export function linkEndFacts(
  rows: LinkEndRows,
  linkName: string,
  databases: readonly string[],
): LinkEndFacts {
  const { side, server } = rows;
  const groupNames = rows.groups.map(({ name }) => name);
  const group = rows.groups.find((one) => one.isDistributed && one.name === linkName);
  if (group === undefined) {
    const facts = databases.map((name) => databaseFacts(name, rows, undefined));
    return { ...nothingSeen(side, server, { kind: "absent" }), databases: facts, groupNames };
  }
  const end = seenLinkEnd(side, group, rows);
  const primaryReplica = end.localGroup?.primaryReplica ?? null;
  return {
    side,
    server,
    role: roleOf(end.role, end.isLocalPrimary, primaryReplica),
    groupId: group.groupId,
    partnerEndpointUrl: end.partnerEndpointUrl,
    isLocalPrimary: end.isLocalPrimary,
    primaryReplica,
    synchronizationHealth: end.own?.synchronizationHealth ?? null,
    connectedState: end.remote?.connectedState ?? end.own?.connectedState ?? null,
    databases: databases.map((name) => databaseFacts(name, rows, group.groupId)),
    groupNames,
    commitModes: Object.fromEntries(
      group.replicas.map((one) => [one.replicaServerName, one.availabilityMode]),
    ),
    secondaryRoleAllowConnections:
      ownReplica(end.localGroup)?.secondaryRoleAllowConnections ?? null,
  };
}

/** Who answers, and nothing of the link. */
export function nothingSeen(side: Side, server: ServerIdentity, role: LinkRole): LinkEndFacts {
  return {
    side,
    server,
    role,
    groupId: null,
    partnerEndpointUrl: null,
    isLocalPrimary: null,
    primaryReplica: null,
    synchronizationHealth: null,
    connectedState: null,
    databases: [],
    groupNames: null,
    commitModes: {},
    secondaryRoleAllowConnections: null,
  };
}

function roleOf(
  role: Role | null,
  isLocalPrimary: boolean | null,
  primaryReplica: string | null,
): LinkRole {
  if (isLocalPrimary === false) return { kind: "notLocalPrimary", primaryReplica };
  return role === null ? { kind: "noRow" } : { kind: "seen", role };
}

/** The distributed group's own row says it, else any row of this side. */
function databaseFacts(
  name: string,
  rows: LinkEndRows,
  groupId: string | undefined,
): LinkDatabaseFacts {
  const database = rows.databases.find((one) => one.name === name);
  const local = rows.replicaDatabases.filter((row) => row.databaseName === name && row.isLocal);
  const row = local.find((one) => one.groupId === groupId) ?? local[0];
  return {
    name,
    state: database?.state ?? null,
    updateability: database?.updateability ?? null,
    synchronizationState: row?.synchronizationState ?? null,
    synchronizationHealth: row?.synchronizationHealth ?? null,
    isSuspended: row?.isSuspended ?? null,
  };
}
