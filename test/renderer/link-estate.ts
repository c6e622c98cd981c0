// The estate of one healthy link as the window reads it, and feeds of it.
import type { Estate, Side, SideFacts } from "../../shared/estate/estate.ts";
import type { LinkRef, Pair } from "../../shared/estate/pair.ts";
import type { ServersRead } from "../../shared/estate/servers.ts";
import type { SeenReading, TreeNode } from "../../shared/estate/tree-node.ts";
import { treeOfFeed } from "../../renderer/explorer/feed-tree.ts";
import { feedAfter, noEstate } from "../../renderer/explorer/estate-feed.ts";
import type { EstateFeed } from "../../renderer/explorer/estate-feed.ts";
import { adatum, linkedEstate } from "../scenarios/linked-estate.ts";
import type { LinkShape } from "../scenarios/linked-estate.ts";

/** `changed`: what makes it another estate than the healthy one, per side. */
export function estateWith(
  changed: Partial<Record<Side, Partial<SideFacts>>> = {},
  shape: Partial<LinkShape> = {},
): Estate {
  const estate = linkedEstate({ ...adatum, ...shape });
  return {
    box: { ...seenSide(estate, "box", changed.box) },
    instance: { ...seenSide(estate, "instance", changed.instance) },
  };
}

export function seenSide(
  estate: Estate,
  side: Side,
  changed: Partial<SideFacts> = {},
): SeenReading {
  const reading = estate[side];
  if (reading.kind !== "seen") throw new Error(`${side} is not seen in this estate.`);
  return { ...reading, facts: { ...reading.facts, ...changed } };
}

/** The same estate with one side that does not answer. */
export function withoutSide(estate: Estate, side: Side): Estate {
  return {
    ...estate,
    [side]: {
      kind: "unreachable",
      side,
      address: estate[side].address,
      at: "2026-11-21T20:00:05.000Z",
      problem: {
        code: "connectionRefused",
        class: "retry",
        summary: "SQLBOX01 refused the connection on port 1433.",
        remedy: "Start the service.",
      },
    },
  };
}

/** The connections of the estate's two servers, and the link between them. */
export const bothServers: Pair = { box: "box-1", instance: "instance-1" };
export const adatumLink: LinkRef = { pair: bothServers, linkName: adatum.link };

/** The estate as the main process answers it: the servers of these sides are connected. */
export function readOf(estate: Estate, sides: readonly Side[] = ["box", "instance"]): ServersRead {
  return {
    at:
      sides
        .map((side) => estate[side].at)
        .sort()
        .at(-1) ?? "",
    servers: sides.map((side) => ({
      connectionId: bothServers[side] ?? "",
      serverName: adatum[side].serverName,
      reading: estate[side],
      ...(side === "instance" && estate.azure !== undefined ? { azure: estate.azure } : {}),
    })),
  };
}

/** What is known after these readings, in order. */
export function feedOf(...estates: readonly Estate[]): EstateFeed {
  return estates.reduce<EstateFeed>(
    (feed, estate) => feedAfter(feed, { ok: true, value: readOf(estate) }),
    noEstate,
  );
}

/** Object Explorer's rows of what is known. */
export function treeIn(feed: EstateFeed): readonly TreeNode[] {
  return treeOfFeed(
    feed,
    (feed.read?.servers ?? []).map(({ connectionId }) => connectionId),
  );
}
