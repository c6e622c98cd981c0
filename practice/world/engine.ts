// What the rules work on: the state, and the timeline for what takes world time.
import type { Timeline } from "./timeline.ts";
import type { WorldState } from "./state.ts";

export interface Engine {
  readonly state: WorldState;
  readonly timeline: Timeline;
}
