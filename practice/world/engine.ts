// What the rules work on: the state, the timeline for what takes world time, faults that come of it, and who asks.
import type { SessionContext } from "../tsql/host.ts";
import type { Timeline } from "./timeline.ts";
import type { ServerKey, WorldState } from "./state.ts";
import type { Fault } from "./world.ts";

export interface Engine {
  readonly state: WorldState;
  readonly timeline: Timeline;
  /** The engine of SQL Server's other link; null: there is none. */
  readonly other: Engine | null;
  /** Switches a fault, and tells those who listen. */
  readonly raise: (fault: Fault) => void;
  /** Aborts when the world ends: for what waits whatever its client does. */
  readonly over: AbortSignal;
}

/** Who asked, and where. */
export interface Asked {
  readonly server: ServerKey;
  readonly session: SessionContext;
}
