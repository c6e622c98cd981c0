// The databases of a server as nodes: state as SSMS writes it, role of the link or group they belong to.
import { visibleText } from "../visible-text.ts";
import type { AvailabilityGroup, Database, Fact, ReplicaDatabase } from "./estate.ts";
import type { SeenLinkEnd } from "./link.ts";
import { databaseNames, ownReplica, seenLinkEnd } from "./seen-link-end.ts";
import { nodeId } from "./tree-node.ts";
import type { NodeSource, TreeNode } from "./tree-node.ts";

export function databaseNodes(
  databases: readonly Database[],
  parent: string,
  source: NodeSource,
): readonly TreeNode[] {
  return databases.map((database) => databaseNode(database, parent, source));
}

function databaseNode(database: Database, parent: string, source: NodeSource): TreeNode {
  const { side } = source.reading;
  const state = stateWord(database, source);
  const links = linksOf(database.name, source);
  // Where one link has made this server secondary, the database is not primary for another one either.
  const link = links.find(({ role }) => role !== "PRIMARY") ?? links[0];
  const node = {
    id: nodeId(parent, database.name),
    kind: "database",
    side,
    label: `${visibleText(database.name)}${state === undefined ? "" : ` (${state})`}`,
    database: database.name,
    opensByDefault: false,
    children: [],
  } as const;
  if (link !== undefined) {
    const isSecondPrimary = link.role === "PRIMARY" && source.splitBrain.includes(link.group.name);
    return {
      ...node,
      role: link.role ?? "unknown",
      linkName: link.group.name,
      ...(links.length > 1
        ? { otherLinks: links.filter((one) => one !== link).map(({ group }) => group.name) }
        : {}),
      ...(isSecondPrimary ? { isSecondPrimary } : {}),
    };
  }
  const role = localGroupRole(database.name, source);
  return role === undefined ? node : { ...node, role };
}

/** SSMS: (Synchronized), (Synchronizing), (Not synchronizing) in a group; otherwise a state other than ONLINE. */
function stateWord(database: Database, source: NodeSource): string | undefined {
  if (database.state !== "ONLINE") return sentenceCase(database.state);
  const state = ownRow(database.name, source)?.synchronizationState ?? null;
  return state === null ? undefined : sentenceCase(state);
}

/** The local group's row speaks of this server's own copy; where it is not shown, the distributed group's does. */
function ownRow(name: string, source: NodeSource): ReplicaDatabase | undefined {
  const distributed = seenRows(source.reading.facts.groups)
    .filter((group) => group.isDistributed)
    .map((group) => group.groupId);
  const rows = seenRows(source.reading.facts.replicaDatabases).filter(
    (row) => row.isLocal && row.databaseName === name,
  );
  return rows.find((row) => !distributed.includes(row.groupId)) ?? rows[0];
}

function linksOf(name: string, source: NodeSource): readonly SeenLinkEnd[] {
  const groups = seenRows(source.reading.facts.groups);
  const replicaDatabases = seenRows(source.reading.facts.replicaDatabases);
  return groups
    .filter((group) => group.isDistributed)
    .map((group) => seenLinkEnd(source.reading.side, group, { groups, replicaDatabases }))
    .filter((end) => databaseNames(end).includes(name));
}

function localGroupRole(name: string, source: NodeSource): TreeNode["role"] {
  const groupId = ownRow(name, source)?.groupId;
  const group: AvailabilityGroup | undefined = seenRows(source.reading.facts.groups).find(
    (one) => one.groupId === groupId,
  );
  return ownReplica(group)?.role ?? undefined;
}

/** Rows that may not be seen are told where they belong, not by every database. */
function seenRows<T>(fact: Fact<readonly T[]>): readonly T[] {
  return fact.kind === "seen" ? fact.value : [];
}

/** `NOT_SYNCHRONIZING` as `Not synchronizing`. */
function sentenceCase(word: string): string {
  const spaced = visibleText(word).replaceAll("_", " ").toLowerCase();
  return `${spaced.slice(0, 1).toUpperCase()}${spaced.slice(1)}`;
}
