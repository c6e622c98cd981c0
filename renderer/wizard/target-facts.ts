// The watch of a forced failover's target as the page says it: verdict, silent seconds, what was seen, and what has to be accepted.
import type { ForcedDespite } from "../../shared/choices/choices.ts";
import { isWatchOver } from "../../shared/forced/confirmed.ts";
import type { TargetCopy, TargetReading } from "../../shared/forced/target.ts";
import type { TargetWatch, WatchVerdict } from "../../shared/forced/watch.ts";
import { suspensionsOf, verdictOf, watchSeconds } from "../../shared/forced/watch.ts";
import { aliveSentence, workingSentence } from "../../shared/forced/words.ts";
import type { TargetSeen } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { VerdictTone } from "../ui/verdict-tone.ts";
import type { ForcedSides } from "./forced-type.ts";
import { despiteOf } from "./forced-type.ts";
import type { WizardState } from "./wizard-state.ts";
import { closedNext } from "../text/wizard-words.ts";

export interface TargetFacts {
  readonly kind: WatchVerdict["kind"] | "notRead";
  readonly tone: VerdictTone;
  /** Without a number that ticks: the live region says it. */
  readonly sentence: string;
  readonly more: string | undefined;
  /** Seconds without a sign of life; 0 once there was one. */
  readonly silentSeconds: number;
  readonly rows: readonly TargetRow[];
  /** Data movement that is suspended, one sentence each. */
  readonly suspensions: readonly string[];
}

/** One value of one database as it was first and is now; null is *not told*. */
export interface TargetRow {
  readonly database: string;
  readonly name: string;
  readonly first: string | null;
  readonly last: string | null;
}

/** `seen` undefined: nothing was heard yet. */
export function targetFacts(seen: TargetSeen | undefined, sides: ForcedSides): TargetFacts {
  const watch = seen?.watch ?? undefined;
  if (watch === undefined) return notRead(seen, sides);
  const verdict = verdictOf(watch);
  return {
    kind: verdict.kind,
    ...words(verdict, { own: sides.own.name, other: sides.other.name }),
    silentSeconds: verdict.kind === "alive" ? 0 : secondsOf(watch),
    rows: watch.last.copies.flatMap((copy) => rowsOf(copy, watch)),
    suspensions: suspensionsOf(watch.last, sides.own.name),
  };
}

/** Why Next is closed while the watch is not over or says something that was not accepted; undefined: it is open by it. */
export function targetLock(state: WizardState, sides: ForcedSides): string | undefined {
  const { target, answers } = state;
  const { kind, sentence, suspensions } = targetFacts(target, sides);
  const despite = despiteOf(answers);
  const accepted = (one: ForcedDespite): boolean => despite.includes(one);
  if (kind === "refused" || kind === "notRead") return closedNext(sentence);
  if (kind === "alive" && !accepted("alive")) {
    return closedNext(`${sentence} Choose planned, or type a reason.`);
  }
  if (suspensions.length > 0 && !accepted("suspended")) {
    return closedNext(`${suspensions.join(" ")} Type a reason to force all the same.`);
  }
  return isWatchOver(target?.watch ?? undefined, despite) ? undefined : closedNext(sentence);
}

/** What the checks have to be asked again for: another verdict, or another suspension. */
export function targetNews(facts: TargetFacts): string {
  return [facts.kind, ...facts.suspensions].join(" ");
}

/** 0 to 1: how much of the time that proves silence is over. */
export function silentShare({ kind, silentSeconds }: TargetFacts): number {
  return kind === "alive" ? 0 : Math.min(1, silentSeconds / watchSeconds);
}

/** "Silent for 4 of 10 s"; beyond that how long it lasts. */
export function silentWords({ kind, silentSeconds }: TargetFacts): string {
  if (kind === "alive") return "Not silent.";
  return silentSeconds < watchSeconds
    ? `Silent for ${String(silentSeconds)} of ${String(watchSeconds)} s.`
    : `Silent for ${String(silentSeconds)} s.`;
}

function notRead(seen: TargetSeen | undefined, { own }: ForcedSides): TargetFacts {
  const problem = seen?.problem ?? undefined;
  return {
    kind: "notRead",
    tone: problem === undefined ? "neutral" : "attention",
    sentence:
      problem === undefined
        ? `${own.name} is about to be watched.`
        : `${own.name} could not be read, and the watch begins anew. ${visibleText(problem.summary)}`,
    more: problem === undefined ? undefined : visibleText(problem.remedy),
    silentSeconds: 0,
    rows: [],
    suspensions: [],
  };
}

function words(
  verdict: WatchVerdict,
  names: { readonly own: string; readonly other: string },
): Pick<TargetFacts, "tone" | "sentence" | "more"> {
  const { own, other } = names;
  switch (verdict.kind) {
    case "watching":
      return {
        tone: "neutral",
        sentence: `${own} is being watched: does the log of ${other} still arrive?`,
        more: undefined,
      };
    case "alive":
      return {
        tone: "loss",
        sentence: aliveSentence(names),
        more: `Seen: ${verdict.signs.join(", ")}. A planned failover loses nothing.`,
      };
    case "working":
      return {
        tone: "attention",
        sentence: workingSentence(names),
        more: `${queueWords(verdict.redoQueueKb)} What is lost can be stated when that is done.`,
      };
    case "refused":
      return {
        tone: "loss",
        sentence: verdict.because,
        more: "Wait until that has ended, and read it again.",
      };
    case "quiet":
      return {
        tone: "attention",
        sentence: `Nothing arrives on ${own}, and it is not connected to ${other}.`,
        more: `That does not prove that ${other} is gone: only that nothing of it comes here.`,
      };
  }
}

function queueWords(redoQueueKb: number | null): string {
  return redoQueueKb === null
    ? "The redo queue is not told."
    : `Redo queue ${String(redoQueueKb)} KB.`;
}

/** Whole seconds, so that the tenth is not said before it is over. */
function secondsOf({ first, last }: TargetWatch): number {
  return Math.floor((last.atMs - first.atMs) / 1000);
}

const columns = {
  last_received_lsn: (copy) => copy.lastReceivedLsn,
  last_received_time: (copy) => copy.lastReceivedTime,
  last_hardened_lsn: (copy) => copy.lastHardenedLsn,
  last_commit_lsn: (copy) => copy.lastCommitLsn,
  last_commit_time: (copy) => copy.lastCommitTime,
  redo_queue_size: (copy) => (copy.redoQueueKb === null ? null : `${String(copy.redoQueueKb)} KB`),
  states: (copy) => (copy.states.length === 0 ? null : copy.states.join(", ")),
} as const satisfies Readonly<Record<string, (copy: TargetCopy) => string | null>>;

function rowsOf({ database }: TargetCopy, { first, last }: TargetWatch): readonly TargetRow[] {
  const copyIn = ({ copies }: TargetReading) => copies.find((one) => one.database === database);
  const [then, now] = [copyIn(first), copyIn(last)];
  const shown = (copy: TargetCopy | undefined, value: (copy: TargetCopy) => string | null) => {
    const told = copy === undefined ? null : value(copy);
    return told === null ? null : visibleText(told);
  };
  return Object.entries(columns).map(([name, value]) => ({
    database: visibleText(database),
    name,
    first: shown(then, value),
    last: shown(now, value),
  }));
}
