// A time of the run, in UTC and on the servers' own clocks' zones where they told theirs.
import type { Side } from "../estate/estate.ts";
import { zoneOf } from "../estate/server-clock.ts";
import type { Plan } from "../plan/plan.ts";

export interface Moment {
  /** '2026-11-21 20:00:05 UTC'. */
  readonly utc: string;
  /** The same moment in each server's zone: '22:00:05 +02:00 (SQLBOX01)'; empty where no zone is known. */
  readonly local: readonly string[];
}

/** `at` is ISO 8601 UTC by this tool's clock; `serverTimes` are SYSDATETIMEOFFSET() texts, used for their zone alone. */
export function momentOf(
  at: string,
  plan: Plan,
  serverTimes: Readonly<Partial<Record<Side, string>>>,
): Moment {
  const utcMs = Date.parse(at);
  if (Number.isNaN(utcMs)) return { utc: at, local: [] };
  const local = (["box", "instance"] as const).flatMap((side) => {
    const zone = zoneOf(serverTimes[side] ?? "");
    if (zone === undefined) return [];
    const time = new Date(utcMs + zone.minutes * 60_000).toISOString().slice(11, 19);
    return [`${time} ${zone.text} (${plan[side].serverName})`];
  });
  return { utc: `${new Date(utcMs).toISOString().slice(0, 19).replace("T", " ")} UTC`, local };
}
