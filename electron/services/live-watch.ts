// Reads the servers of the link that is shown every second, each in its own time: a slow one never holds up another.
import type { LiveRead } from "../../shared/monitor/live.ts";
import { readGateSide } from "../estate/read-gate.ts";
import type { Clock } from "../run/clock.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Watch } from "./watch.ts";
import { createWatch } from "./watch.ts";

export interface LiveWatch {
  /** These and no other; one that is watched goes on. Throws AppError `notConnected`. */
  watch(connectionIds: readonly string[], signal: AbortSignal): Promise<void>;
  /** Resolves when no reading is under way any more. */
  unwatch(): Promise<void>;
}

export interface LiveWatchOptions {
  /** What a reading is stamped with and waits by. */
  readonly clock: Clock;
  /** What the second between two readings is waited by: real time, since eyes follow no faster. */
  readonly pace: Clock;
  /** Throws AppError `notConnected`. */
  readonly sessionOf: (connectionId: string) => SqlSession;
  readonly onRead: (read: LiveRead) => void;
}

export function createLiveWatch({ clock, pace, sessionOf, onRead }: LiveWatchOptions): LiveWatch {
  const watches = new Map<string, Watch<string, LiveRead>>();
  const watchOne = (): Watch<string, LiveRead> =>
    createWatch({
      clock: pace,
      onState: onRead,
      begin(connectionId: string) {
        const session = sessionOf(connectionId);
        const { side } = session;
        return async (_before: LiveRead | undefined, end) => ({
          connectionId,
          side,
          answer: await readGateSide(session, clock, end),
        });
      },
    });
  const unwatch = async (isOver: (connectionId: string) => boolean): Promise<void> => {
    const over = [...watches].filter(([connectionId]) => isOver(connectionId));
    for (const [connectionId] of over) watches.delete(connectionId);
    await Promise.all(over.map(([, watch]) => watch.unwatch()));
  };
  return {
    async watch(connectionIds, signal) {
      await unwatch((one) => !connectionIds.includes(one));
      const wanted = connectionIds.map((connectionId) => {
        const watch = watches.get(connectionId) ?? watchOne();
        watches.set(connectionId, watch);
        return watch.watch(connectionId, signal);
      });
      await Promise.all(wanted);
    },
    unwatch: () => unwatch(() => true),
  };
}
