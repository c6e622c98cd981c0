// The databases of a server as nodes: state as SSMS writes it, role of the link or group they belong to.
import { groupedBy } from "../grouped.ts";
import { oncePer } from "../once-per.ts";
import { visibleText } from "../visible-text.ts";
import type { AvailabilityGroup, Database, Fact, ReplicaDatabase } from "./estate.ts";
import type { SeenLinkEnd } from "./link.ts";
import { databaseNames, ownReplica, rowsByDatabase, seenLinkEnd } from "./seen-link-end.ts";
import { linkAt, nodeId } from "./tree-node.ts";
import type { NodeSource, SeenReading, TreeNode } from "./tree-node.ts";

export function databaseNodes(
  databases: readonly Database[],
  parent: string,
  source: NodeSource,
): readonly TreeNode[] {
  return databases.map((database) => databaseNode(database, parent, source));
}

function databaseNode(database: Database, parent: string, source: NodeSource): TreeNode {
  const { side } = source.reading;
  const replication = replicationOf(source.reading);
  const own = replication.own.get(database.name);
  const state = stateWord(database, own);
  const links = replication.links.get(database.name) ?? [];
  // Where one link has made this server secondary, the database is not primary for another one either.
  const link = links.find(({ role }) => role !== "PRIMARY") ?? links[0];
  const node = {
    id: nodeId(parent, database.name),
    kind: "database",
    side,
    label: `${visibleText(database.name)}${state === undefined ? "" : ` (${state})`}`,
    database: database.name,
    connectionId: source.connectionId,
    opensByDefault: false,
    children: [],
  } as const;
  if (link !== undefined) {
    const isSecondPrimary = link.role === "PRIMARY" && source.splitBrain.includes(link.group.name);
    return {
      ...node,
      role: link.role ?? "unknown",
      link: linkAt(link.group.name, source),
      ...(links.length > 1
        ? {
            otherLinks: links
              .filter((one) => one !== link)
              .map(({ group }) => linkAt(group.name, source)),
          }
        : {}),
      ...(isSecondPrimary ? { isSecondPrimary } : {}),
    };
  }
  const role = own && ownReplica(replication.groups.get(own.groupId))?.role;
  return role == null ? node : { ...node, role };
}

/** SSMS: (Synchronized), (Synchronizing), (Not synchronizing) in a group; otherwise a state other than ONLINE. */
function stateWord(database: Database, own: ReplicaDatabase | undefined): string | undefined {
  if (database.state !== "ONLINE") return sentenceCase(database.state);
  const state = own?.synchronizationState ?? null;
  return state === null ? undefined : sentenceCase(state);
}

/** The local group's row speaks of this server's own copy; where it is not shown, the distributed group's does. */
function ownRow(
  rows: readonly ReplicaDatabase[],
  groups: ReadonlyMap<string, AvailabilityGroup>,
): ReplicaDatabase | undefined {
  const local = rows.filter((row) => row.isLocal);
  return local.find((row) => groups.get(row.groupId)?.isDistributed !== true) ?? local[0];
}

interface Replication {
  /** By their ids. */
  readonly groups: ReadonlyMap<string, AvailabilityGroup>;
  /** By the names of their databases. */
  readonly own: ReadonlyMap<string, ReplicaDatabase>;
  readonly links: ReadonlyMap<string, readonly SeenLinkEnd[]>;
}

/** What each of thousands of databases asks of the reading, put in order once. */
const replicationOf = oncePer(({ side, facts }: SeenReading): Replication => {
  const groups = seenRows(facts.groups);
  const replicaDatabases = seenRows(facts.replicaDatabases);
  const links = groups
    .filter((group) => group.isDistributed)
    .map((group) => seenLinkEnd(side, group, { groups, replicaDatabases }))
    .flatMap((end) => databaseNames(end).map((name) => ({ name, end })));
  const groupsById = new Map(groups.map((group) => [group.groupId, group]));
  const own = new Map<string, ReplicaDatabase>();
  for (const [name, rows] of rowsByDatabase(replicaDatabases)) {
    const row = ownRow(rows, groupsById);
    if (row !== undefined) own.set(name, row);
  }
  return {
    groups: groupsById,
    own,
    links: new Map(
      [...groupedBy(links, ({ name }) => name)].map(([name, found]) => [
        name,
        found.map(({ end }) => end),
      ]),
    ),
  };
});

/** Rows that may not be seen are told where they belong, not by every database. */
function seenRows<T>(fact: Fact<readonly T[]>): readonly T[] {
  return fact.kind === "seen" ? fact.value : [];
}

/** `NOT_SYNCHRONIZING` as `Not synchronizing`. */
function sentenceCase(word: string): string {
  const spaced = visibleText(word).replaceAll("_", " ").toLowerCase();
  return `${spaced.slice(0, 1).toUpperCase()}${spaced.slice(1)}`;
}
