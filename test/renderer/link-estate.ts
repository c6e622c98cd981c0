// The estate of one healthy link as the window reads it, and feeds of it.
import type { Estate, Side, SideFacts } from "../../shared/estate/estate.ts";
import type { SeenReading } from "../../shared/estate/tree-node.ts";
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

/** What is known after these readings, in order. */
export function feedOf(...estates: readonly Estate[]): EstateFeed {
  return estates.reduce<EstateFeed>(
    (feed, estate) => feedAfter(feed, { ok: true, value: estate }),
    noEstate,
  );
}
