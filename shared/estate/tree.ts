// The estate as Object Explorer shows it: SSMS's tree, with bad news and missing rights as nodes in place of what they hide.
import { visibleText } from "../visible-text.ts";
import type { SideReading } from "./estate.ts";
import { linkEnds } from "./find-links.ts";
import { pairAlone } from "./pair.ts";
import { databaseNodes } from "./tree-databases.ts";
import { groupNodes } from "./tree-groups.ts";
import { isSplit, linksNode } from "./tree-links.ts";
import type { TreeLink } from "./tree-links.ts";
import { factNodes, folder, messageNode, nodeId } from "./tree-node.ts";
import type { NodeSource, SeenReading, TreeNode } from "./tree-node.ts";

/** A connected server, and what is remembered of it. */
export interface TreeServer {
  readonly connectionId: string;
  readonly reading: SideReading;
  /** The last reading that was answered: what stays visible, with its age, while the server does not answer. */
  readonly lastSeen?: SeenReading | undefined;
  /** Since when it does not answer, ISO 8601 UTC. */
  readonly silentSince?: string | undefined;
}

/** First every link once, then every server; nothing at all while no server is connected. */
export function treeOf(
  servers: readonly TreeServer[],
  links: readonly TreeLink[],
): readonly TreeNode[] {
  if (servers.length === 0) return [];
  const areAllTold = servers.every(({ reading }) => tellsLinks(reading));
  return [linksNode(links, areAllTold), ...servers.map((server) => serverNode(server, links))];
}

/** Whether a link that is not listed cannot be there. */
function tellsLinks(reading: SideReading): boolean {
  return linkEnds(reading).otherwise.kind === "absent";
}

function serverNode(one: TreeServer, links: readonly TreeLink[]): TreeNode {
  const { connectionId, reading } = one;
  const { side } = reading;
  const seen = reading.kind === "seen" ? reading : one.lastSeen;
  const id = nodeId(null, connectionId);
  const own = links.filter(({ pair }) => pair[side] === connectionId);
  const children = seen === undefined ? [] : childrenOf(seen, id, { connectionId, links: own });
  const server = {
    id,
    kind: "server",
    side,
    connectionId,
    opensByDefault: true,
    label: visibleText(seen?.facts.server.serverName ?? reading.address),
  } as const;
  if (reading.kind === "seen") {
    const { productVersion } = reading.facts.server;
    const { login } = reading.facts.rights;
    const product = side === "box" ? `SQL Server ${productVersion}` : "SQL Managed Instance";
    return { ...server, note: visibleText(`(${product} - ${login})`), children };
  }
  const since = one.silentSince ?? reading.at;
  const asOf = seen === undefined ? undefined : `as of ${seen.at.slice(11, 19)} UTC`;
  return {
    ...server,
    isBad: true,
    note: "(not connected)",
    children: [
      messageNode({
        parent: id,
        tone: "bad",
        label: `${visibleText(reading.problem.summary)} Since ${since.slice(11, 19)} UTC.`,
      }),
      ...children.map((child) => (asOf === undefined ? child : { ...child, note: asOf })),
    ],
  };
}

/** `links`: those of this very server. */
function childrenOf(
  reading: SeenReading,
  id: string,
  { connectionId, links }: { readonly connectionId: string; readonly links: readonly TreeLink[] },
): readonly TreeNode[] {
  const databases = folder(id, "Databases", reading.side);
  const alwaysOn = folder(id, "Always On High Availability", reading.side);
  const groups = folder(alwaysOn.id, "Availability Groups", reading.side);
  // Of several of one name the first, as they are listed.
  const pairs = new Map(links.toReversed().map(({ link, pair }) => [link.name, pair]));
  const at: NodeSource = {
    connectionId,
    reading,
    splitBrain: links.filter(isSplit).map(({ link }) => link.name),
    pairOf: (name) => pairs.get(name) ?? pairAlone(reading.side, connectionId),
  };
  const { facts } = reading;
  return [
    {
      ...databases,
      children: factNodes(facts.databases, databases.id, "No databases", (rows) =>
        databaseNodes(rows, databases.id, at),
      ),
    },
    {
      ...alwaysOn,
      children: [
        {
          ...groups,
          children: factNodes(facts.groups, groups.id, "No availability groups", (rows) =>
            groupNodes(rows, groups.id, at),
          ),
        },
      ],
    },
  ];
}
