// Runs of a link that were left without a known end, looked at from this computer through the connections there are.
import { hostname } from "node:os";
import type { Side } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { SideSource } from "../estate/read.ts";
import type { Clock } from "./clock.ts";
import type { LeftRuns } from "./conclude-runs.ts";
import { concludeRuns, isProcessAlive } from "./conclude-runs.ts";
import { lookAtLink } from "./look-at-link.ts";
import { readSessionActivity } from "./session-activity.ts";

export interface LookingBack {
  readonly sources: Readonly<Record<Side, SideSource>>;
  readonly clock: Clock;
  readonly dataFolder: string;
}

/** Reads both sides as often as it takes; sends nothing. Throws AppError when a journal cannot be written. */
export function concludeLeftRuns(around: LookingBack, link: Link): Promise<LeftRuns> {
  const { sources, clock, dataFolder } = around;
  const computer = { host: hostname(), isAlive: isProcessAlive };
  return concludeRuns(dataFolder, link, computer, (plan) => ({
    clock,
    look: () => lookAtLink(sources, plan.link, clock),
    async activity(connection) {
      const source = sources[connection.side];
      return "unreachable" in source ? "noAnswer" : readSessionActivity(source, connection);
    },
  }));
}
