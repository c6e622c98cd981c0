// What a forced failover gives up, as far as anybody can know: stated before it is risked, "unknown" where it is unknown.
import { localAndUtc, zoneOf } from "../estate/server-clock.ts";
import { compareLsn, isKnownLsn } from "../sql/lsn.ts";
import { visibleText } from "../visible-text.ts";
import type { TargetCopy, TargetReading } from "./target.ts";

export interface LossInput {
  readonly target: TargetReading;
  /** Names as sentences call them. */
  readonly from: string;
  readonly to: string;
  /** SYSDATETIMEOFFSET() of the side that is given up, from the last good reading of it; null where there was none. */
  readonly fromServerTime: string | null;
  /** Its own last_commit_lsn per database from that reading; empty where there was none. */
  readonly fromCommitLsns: Readonly<Record<string, string | null>>;
  /** KB of its log that had not been sent then, per database. */
  readonly fromQueuesKb: Readonly<Record<string, number | null>>;
  /**
   * `alive`: it still sends its log. `redoing`: it does not, and what has arrived is still worked through, which the operator does
   * not wait for. In both what is lost is known only afterwards, and no figure that moves stands in the sentences.
   */
  readonly arrival: "alive" | "redoing" | "ended";
}

/** One sentence or more per database, in their order. Times are those of the servers' own clocks, never this tool's. */
export function lossSentences(input: LossInput): readonly string[] {
  return input.target.copies.flatMap((copy) => lossOf(copy, input));
}

function lossOf(copy: TargetCopy, input: LossInput): readonly string[] {
  const { from, to } = input;
  const name = visibleText(copy.database);
  if (input.arrival === "alive") {
    return [
      `${name}: ${from} is alive and goes on committing. Everything that has not arrived on ${to} at the moment of the failover is lost; how much is not known before.`,
    ];
  }
  if (input.arrival === "redoing") {
    return [
      `${name}: everything committed on ${from} that has not arrived on ${to} is lost. What has arrived is kept; ${to} is still redoing it, so after which time is not known before.`,
    ];
  }
  const gap = gapOf(copy, input);
  return [
    knownTime(copy.lastCommitTime)
      ? `${name}: everything committed on ${from} after ${clockWords(copy.lastCommitTime, input)}.`
      : `${name}: what is lost is unknown: ${to} does not tell when its last transaction was committed on ${from}.`,
    ...(gap === undefined ? [] : [gap]),
    ...notRedone(copy, to),
  ];
}

/** What had arrived is kept: it is redone before the database opens. */
function notRedone({ database, redoQueueKb }: TargetCopy, to: string): readonly string[] {
  return redoQueueKb === null || redoQueueKb === 0
    ? []
    : [
        `${visibleText(database)}: ${String(redoQueueKb)} KB of log have arrived on ${to} and are not redone yet; they are kept.`,
      ];
}

/** How far the lost side was when it was last read, with that time: the reader sees how old that is. */
function gapOf({ database, lastCommitLsn }: TargetCopy, input: LossInput): string | undefined {
  const { from, to, fromServerTime } = input;
  if (fromServerTime === null) return undefined;
  const name = visibleText(database);
  const zone = zoneOf(fromServerTime);
  const at = (zone && localAndUtc(fromServerTime, zone)) ?? visibleText(fromServerTime);
  const own = input.fromCommitLsns[database] ?? null;
  const queueKb = input.fromQueuesKb[database] ?? null;
  const queue =
    queueKb === null || queueKb === 0
      ? ""
      : ` ${String(queueKb)} KB of its log had not been sent then.`;
  const read = `${name}: ${from} was last read at ${at}`;
  if (!isKnownLsn(own)) return `${read}; how far its log was is not known.${queue}`;
  if (!isKnownLsn(lastCommitLsn)) {
    return `${read}. Its last_commit_lsn was ${own} then; that of ${to} is not known.${queue}`;
  }
  return compareLsn(lastCommitLsn, own) < 0
    ? `${read}. Its last_commit_lsn was ${own} then, ${to} has ${lastCommitLsn}.${queue}`
    : `${read}. ${to} has everything that it had committed then (last_commit_lsn ${own}).${queue}`;
}

/** datetime carries no zone; only the server's own offset says it. NULL and 1900-01-01 are no times. */
function knownTime(time: string | null): time is string {
  return time !== null && !time.startsWith("1900-01-01");
}

/** In the zone that its server told when it was last read, and in UTC. */
function clockWords(time: string, { from, fromServerTime }: LossInput): string {
  const zone = zoneOf(fromServerTime ?? "");
  const both = zone && localAndUtc(time, zone);
  return both === undefined
    ? `${time} is lost. That is ${from}'s own clock, whose zone is not known`
    : `${both} is lost. That is ${from}'s own clock, with the zone that it had when it was last read`;
}
