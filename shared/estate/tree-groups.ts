// Availability groups and links as nodes: on SQL Server both kinds, on the instance only the link, as SSMS shows them.
import { visibleText } from "../visible-text.ts";
import type { AvailabilityGroup, Replica, ReplicaDatabase } from "./estate.ts";
import { ownReplica, rowsByGroup, seenLinkEnd } from "./seen-link-end.ts";
import { factNodes, folder, linkAt, messageNode, nodeId } from "./tree-node.ts";
import type { NodeSource, TreeNode } from "./tree-node.ts";

export function groupNodes(
  groups: readonly AvailabilityGroup[],
  parent: string,
  source: NodeSource,
): readonly TreeNode[] {
  const isInstance = source.reading.side === "instance";
  const local = groups.filter((group) => !group.isDistributed);
  const links = groups.filter((group) => group.isDistributed);
  return [
    ...(isInstance ? [] : local.map((group) => localGroupNode(group, parent, source))),
    ...links.map((group) => linkNode(group, groups, { parent, source })),
  ];
}

function localGroupNode(group: AvailabilityGroup, parent: string, source: NodeSource): TreeNode {
  const id = nodeId(parent, group.name);
  const { side, facts } = source.reading;
  const replicas = folder(id, "Availability Replicas", side);
  const databases = folder(id, "Availability Databases", side);
  return {
    id,
    kind: "group",
    side,
    label: visibleText(group.name),
    role: ownReplica(group)?.role ?? "unknown",
    opensByDefault: false,
    children: [
      { ...replicas, children: replicaNodes(group, replicas.id, source) },
      {
        ...databases,
        opensByDefault: false,
        children: factNodes(facts.replicaDatabases, databases.id, "No databases", (rows) =>
          memberNodes(rows, group, databases.id, source),
        ),
      },
    ],
  };
}

function linkNode(
  group: AvailabilityGroup,
  groups: readonly AvailabilityGroup[],
  { parent, source }: { readonly parent: string; readonly source: NodeSource },
): TreeNode {
  const { side } = source.reading;
  const id = nodeId(parent, group.name);
  const end = seenLinkEnd(side, group, { groups, replicaDatabases: [] });
  const isSecondPrimary = end.role === "PRIMARY" && source.splitBrain.includes(group.name);
  const replicas = folder(id, "Availability Replicas", side);
  const databases = folder(id, "Availability Databases", side);
  const none = "A distributed group lists no databases of its own";
  return {
    id,
    kind: "link",
    side,
    label: `${visibleText(group.name)} (Distributed)`,
    role: end.role ?? "unknown",
    ...(isSecondPrimary ? { isSecondPrimary } : {}),
    link: linkAt(group.name, source),
    opensByDefault: true,
    children:
      side === "instance"
        ? replicaNodes(group, id, source)
        : [
            ...wrongNode(end.isLocalPrimary, end.localGroup, id),
            { ...replicas, children: replicaNodes(group, replicas.id, source, end.role !== null) },
            {
              ...databases,
              opensByDefault: false,
              children: [messageNode({ parent: databases.id, label: none, tone: "plain" })],
            },
          ],
  };
}

/** On another node of the local group the distributed row shows roles upside down, so none is told. */
function wrongNode(
  isLocalPrimary: boolean | null,
  localGroup: AvailabilityGroup | undefined,
  parent: string,
): readonly TreeNode[] {
  if (isLocalPrimary !== false) return [];
  const primary = localGroup?.primaryReplica ?? null;
  const label =
    primary === null
      ? "Roles are told by the primary node of the local availability group only"
      : `Roles are told by ${visibleText(primary)} only: connect to it`;
  return [messageNode({ parent, label, tone: "bad" })];
}

function replicaNodes(
  group: AvailabilityGroup,
  parent: string,
  source: NodeSource,
  areRolesTold = true,
): readonly TreeNode[] {
  return group.replicas.map((replica) => ({
    id: nodeId(parent, replica.replicaServerName),
    kind: "replica",
    side: source.reading.side,
    label: visibleText(replica.replicaServerName),
    role: areRolesTold ? replicaRole(replica) : "unknown",
    opensByDefault: false,
    ...(group.isDistributed ? { link: linkAt(group.name, source) } : {}),
    children: [],
  }));
}

/** A side tells its own role; the other's only while it is primary. */
function replicaRole(replica: Replica): NonNullable<TreeNode["role"]> {
  return replica.role ?? (replica.isLocal === true ? "unknown" : "notReported");
}

function memberNodes(
  rows: readonly ReplicaDatabase[],
  group: AvailabilityGroup,
  parent: string,
  source: NodeSource,
): readonly TreeNode[] {
  const names = (rowsByGroup(rows).get(group.groupId) ?? []).map((row) => row.databaseName);
  return [...new Set(names)].sort().map((name) => ({
    id: nodeId(parent, name),
    kind: "database",
    side: source.reading.side,
    label: visibleText(name),
    opensByDefault: false,
    children: [],
  }));
}
