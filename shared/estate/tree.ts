// The estate as Object Explorer shows it: SSMS's tree, with bad news and missing rights as nodes in place of what they hide.
import { visibleText } from "../visible-text.ts";
import type { Estate, Side, SideReading } from "./estate.ts";
import { databaseNodes } from "./tree-databases.ts";
import { groupNodes } from "./tree-groups.ts";
import { factNodes, folder, messageNode, nodeId } from "./tree-node.ts";
import type { SeenReading, TreeNode } from "./tree-node.ts";

export interface TreeMemory {
  /** The last reading of each side that answered: what stays visible, with its age, while the side does not answer. */
  readonly lastSeen?: Readonly<Partial<Record<Side, SeenReading>>>;
  /** Since when a side does not answer, ISO 8601 UTC. */
  readonly silentSince?: Readonly<Partial<Record<Side, string>>>;
  /** Links in split brain: both their PRIMARY chips are bad. */
  readonly splitBrain?: readonly string[];
}

/** One root per side that is in `sides`; SQL Server first. */
export function treeOf(
  estate: Estate,
  sides: readonly Side[],
  memory: TreeMemory = {},
): readonly TreeNode[] {
  return (["box", "instance"] as const)
    .filter((side) => sides.includes(side))
    .map((side) => serverNode(estate[side], memory));
}

function serverNode(reading: SideReading, memory: TreeMemory): TreeNode {
  const { side } = reading;
  const seen = reading.kind === "seen" ? reading : memory.lastSeen?.[side];
  const id = nodeId(null, side);
  const children = seen === undefined ? [] : childrenOf(seen, id, memory);
  const server = {
    id,
    kind: "server",
    side,
    opensByDefault: true,
    label: visibleText(seen?.facts.server.serverName ?? reading.address),
  } as const;
  if (reading.kind === "seen") {
    const { productVersion } = reading.facts.server;
    const { login } = reading.facts.rights;
    const product = side === "box" ? `SQL Server ${productVersion}` : "SQL Managed Instance";
    return { ...server, note: visibleText(`(${product} - ${login})`), children };
  }
  const since = memory.silentSince?.[side] ?? reading.at;
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

function childrenOf(reading: SeenReading, id: string, memory: TreeMemory): readonly TreeNode[] {
  const databases = folder(id, "Databases", reading.side);
  const alwaysOn = folder(id, "Always On High Availability", reading.side);
  const groups = folder(alwaysOn.id, "Availability Groups", reading.side);
  const at = { reading, splitBrain: memory.splitBrain ?? [] };
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
