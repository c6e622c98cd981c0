// Reads one side for a window that looks again and again: who does not answer in time holds nobody else up, and is asked no second time meanwhile.
import type { SideReading } from "../../shared/estate/estate.ts";
import type { Clock } from "../run/clock.ts";
import { withinTime } from "../run/pacing.ts";
import { abortable } from "../sql/abortable.ts";
import type { SqlSession } from "../sql/session.ts";
import { readSide, unreachableSide } from "./read.ts";

/** The window's own pace of reading: an answer that takes longer is told with one of the next readings. */
export const lateAfterMs = 5_000;

/**
 * A side that has not answered in `lateAfterMs` is `unreachable` and says since when it was asked; its answer, or its failure by
 * the session's own time-out, is what the next reading tells. Its old values are never told for new ones: beside the new ones of
 * the other side they would show roles that never were together. Rejects only when aborted.
 */
export function createLateReader(): typeof readSide {
  const asked = new WeakMap<SqlSession, Asked>();
  return async (session, clock, signal) => {
    const before = asked.get(session);
    const current = before === undefined || isOld(before, clock) ? ask(session, clock) : before;
    asked.set(session, current);
    const told = await withinTime(clock, lateAfterMs, signal, (within) =>
      abortable(current.answer, within, () => undefined),
    ).catch((error: unknown) => {
      if (signal?.aborted !== true) asked.delete(session);
      throw error;
    });
    if (told === "timeOver") return lateSide(session, current.atMs, clock);
    asked.delete(session);
    return told;
  };
}

interface Asked {
  readonly atMs: number;
  readonly answer: Promise<SideReading>;
  /** When it was in. */
  doneMs: number | undefined;
}

/** An answer that nobody fetched while it was new tells nothing of now. */
function isOld({ doneMs }: Asked, clock: Clock): boolean {
  return doneMs !== undefined && clock.nowMs() - doneMs > 2 * lateAfterMs;
}

/** Not the window's signal: the next reading may want the answer. The session's own time-out ends it. */
function ask(session: SqlSession, clock: Clock): Asked {
  const answer = readSide(session, clock);
  const asked: Asked = { atMs: clock.nowMs(), answer, doneMs: undefined };
  const done = () => {
    asked.doneMs = clock.nowMs();
  };
  // Whoever waits for it is told of a failure; nobody may.
  answer.then(done, done);
  return asked;
}

function lateSide(session: SqlSession, askedMs: number, clock: Clock): SideReading {
  const seconds = Math.round((clock.nowMs() - askedMs) / 1000);
  return unreachableSide(session, clock, {
    code: "answersLate",
    class: "wait",
    summary: `${session.address} was asked ${String(seconds)} s ago and has not answered yet.`,
    remedy: "It is being waited for; what it told before stays visible with its age.",
  });
}
