// Watches the side that is to take over in a forced failover: is the primary really gone?
import { AppError } from "../../shared/errors/app-error.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { watchAfter } from "../../shared/forced/watch.ts";
import type { RequestInput, TargetSeen } from "../../shared/ipc.ts";
import type { EstateSources } from "../estate/read.ts";
import { targetReader } from "../run/target-reader.ts";
import type { Watch, WatchOptions } from "./watch.ts";
import { createWatch } from "./watch.ts";

type Target = RequestInput<"target.watch">;
export type TargetWatching = Watch<Target, TargetSeen>;

export interface TargetWatchOptions extends Pick<
  WatchOptions<Target, TargetSeen>,
  "clock" | "onState"
> {
  /** Throws AppError where nothing may be watched. */
  readonly sources: (pair: Pair) => EstateSources;
}

/** A reading that fails proves nothing of the other side: what was seen before it counts no more. */
export function createTargetWatch({ clock, sources, onState }: TargetWatchOptions): TargetWatching {
  return createWatch({
    clock,
    onState,
    begin({ pair, linkName, to }: Target) {
      const read = targetReader({ to, link: { name: linkName } }, sources(pair), clock);
      return async (before: TargetSeen | undefined, end): Promise<TargetSeen> => {
        try {
          const reading = await read(end);
          return { watch: watchAfter(before?.watch ?? undefined, reading), problem: null };
        } catch (error) {
          if (error instanceof AppError && !end.aborted) {
            return { watch: null, problem: error.problem };
          }
          throw error;
        }
      };
    },
  });
}
