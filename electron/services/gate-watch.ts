// Watches the gate of one link for the window.
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { gateAfter } from "../../shared/gate/gate.ts";
import type { GateQuestion } from "../../shared/gate/question.ts";
import type { RequestInput } from "../../shared/ipc.ts";
import { readGate } from "../estate/read-gate.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Watch, WatchOptions } from "./watch.ts";
import { createWatch } from "./watch.ts";

type Asked = Pick<RequestInput<"gate.watch">, "pair"> & {
  readonly choices: PlannedFailoverChoices;
};

/** The gate as it was seen for exactly these servers and choices. */
export type GateWatch = Watch<Asked, GateState>;

/** A link as it was when the watch began, and who is asked about it. */
export interface WatchedLink {
  readonly question: GateQuestion;
  readonly sessions: Readonly<Record<Side, SqlSession>>;
}

export interface GateWatchOptions extends Pick<
  WatchOptions<Asked, GateState>,
  "clock" | "onState"
> {
  /** Throws AppError where there is nothing to watch. */
  readonly begin: (asked: Asked, signal: AbortSignal) => Promise<WatchedLink>;
}

export function createGateWatch({ clock, begin, onState }: GateWatchOptions): GateWatch {
  return createWatch({
    clock,
    onState,
    async begin(asked: Asked, signal) {
      const { sessions, question } = await begin(asked, signal);
      return async (before: GateState | undefined, end) =>
        gateAfter(
          before,
          await readGate(sessions, question, clock, end),
          asked.choices.gate,
          question,
        );
    },
  });
}
