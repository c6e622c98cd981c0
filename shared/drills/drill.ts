// What a drill is on the practice estate, what the window is told of it, and when its goal is reached. Contract.
import type { Side } from "../estate/estate.ts";
import type { WorldTruth } from "./world-truth.ts";

/** One request of the practice estate's control protocol, as it is sent. */
export type EstateRequest = Readonly<Record<string, unknown>>;

/** What has to be true of the world, as the world itself says. */
export type DrillGoal =
  | { readonly kind: "takesWrites"; readonly side: Side }
  /** One primary that takes writes, and the link works; `side`: this one. */
  | { readonly kind: "onePrimary"; readonly side?: Side }
  | { readonly kind: "linkGone" }
  /** SQL Server has a restored database with every row of the instance's. */
  | { readonly kind: "broughtBack" };

export interface Drill {
  readonly id: string;
  readonly name: string;
  /** What has happened when it has started. */
  readonly happens: string;
  /** What the operator is to do. */
  readonly toDo: string;
  /** The estate is put back to the beginning of this scenario first. */
  readonly scenario: string;
  /** Sent then, in this order. */
  readonly strikes: readonly EstateRequest[];
  readonly goal: DrillGoal;
  /** What somebody else does when the operator asks for it. */
  readonly help: { readonly name: string; readonly sends: readonly EstateRequest[] } | null;
}

export interface DrillInView extends Pick<Drill, "id" | "name" | "happens" | "toDo"> {
  /** Who can be asked for help, as a command; null: nobody. */
  readonly help: string | null;
}

/** How a drill ended: two measures in world time, and the world's own account at that moment. */
export interface DrillEnd {
  /** Counts the drills of this window from 1. */
  readonly number: number;
  readonly name: string;
  /** By itself, since its goal was seen in the world. */
  readonly reached: boolean;
  readonly tookMs: number;
  /** How much of that no server took writing. */
  readonly closedMs: number;
  readonly world: WorldTruth;
}

export interface DrillsView {
  readonly drills: readonly DrillInView[];
  readonly underWay: DrillInView | null;
  /** The last one that ended; null while one is under way. */
  readonly ended: DrillEnd | null;
}

/** Whether that goal is reached. */
export function isReached(goal: DrillGoal, world: WorldTruth): boolean {
  switch (goal.kind) {
    case "takesWrites":
      return world[goal.side].takesWrites;
    case "onePrimary": {
      const [primary, ...others] = world.primaries;
      return (
        primary !== undefined &&
        others.length === 0 &&
        (goal.side === undefined || goal.side === primary) &&
        world[primary].takesWrites &&
        [world.box, world.instance].every(
          ({ isPartnerConnected, isSuspended }) => isPartnerConnected && !isSuspended,
        )
      );
    }
    case "linkGone":
      return world.instance.linkDropped;
    case "broughtBack":
      return world.restored.some(
        ({ server, rows }) => server === "box" && rows === world.instance.rows.count,
      );
  }
}
