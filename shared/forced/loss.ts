// What a forced failover gives up, as far as anybody can know: stated before it is risked, "unknown" where it is unknown.
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
  /** It still sends its log: what is lost is known only afterwards. */
  readonly isAlive: boolean;
}

/** One sentence or more per database, in their order. Times are those of the servers' own clocks, never this tool's. */
export function lossSentences(input: LossInput): readonly string[] {
  return input.target.copies.flatMap((copy) => lossOf(copy, input));
}

function lossOf(copy: TargetCopy, input: LossInput): readonly string[] {
  const { from, to } = input;
  const name = visibleText(copy.database);
  if (input.isAlive) {
    return [
      `${name}: ${from} is alive and goes on committing. Everything that has not arrived on ${to} at the moment of the failover is lost; how much is not known before.`,
    ];
  }
  const gap = gapOf(copy, input);
  return [
    knownTime(copy.lastCommitTime)
      ? `${name}: everything committed on ${from} after ${copy.lastCommitTime} is lost. That is ${from}'s own clock, ${zoneOf(input)}.`
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

function gapOf({ database, lastCommitLsn }: TargetCopy, input: LossInput): string | undefined {
  const own = input.fromCommitLsns[database] ?? null;
  if (!isKnownLsn(own) || !isKnownLsn(lastCommitLsn)) return undefined;
  const name = visibleText(database);
  return compareLsn(lastCommitLsn, own) < 0
    ? `${name}: ${input.from} was last read at last_commit_lsn ${own}, ${input.to} has ${lastCommitLsn}.`
    : `${name}: ${input.to} has everything that ${input.from} had committed when it was last read (last_commit_lsn ${own}).`;
}

/** datetime carries no zone; only the server's own offset says it. NULL and 1900-01-01 are no times. */
function knownTime(time: string | null): time is string {
  return time !== null && !time.startsWith("1900-01-01");
}

function zoneOf({ fromServerTime }: LossInput): string {
  const offset = /[+-]\d{2}:\d{2}$/u.exec(fromServerTime ?? "")?.[0];
  return offset === undefined ? "whose zone is not known" : `zone ${offset}`;
}
