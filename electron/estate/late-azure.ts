// Asks Azure for a window that reads again and again: about once a minute, and no server's reading waits long for the answer.
import { isUnreached } from "../../shared/errors/web-errors.ts";
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type { AzurePace } from "../../shared/ipc.ts";
import type { Clock } from "../run/clock.ts";
import { withinTime } from "../run/pacing.ts";
import { abortable } from "../sql/abortable.ts";
import type { AzureSource } from "./read.ts";
import { isoTime } from "./read.ts";

/** Azure Resource Manager counts requests, and what it tells changes slowly. */
export const azureEveryMs = 60_000;

/** A reading of the servers waits for Azure no longer than this. */
export const azureGraceMs = 1_000;

export interface LateAzure {
  /** Azure, asked at that pace. */
  asked(pace: AzurePace): AzureSource;
  /** Something was changed: the next reading asks anew. What is known is told until then, with its time. */
  expire(): void;
  /** Who asks has changed, or where: nothing that was answered before is told any more. */
  forget(): void;
}

/**
 * Other than an old reading of a server (see `createLateReader`), an older answer of Azure may stand beside new ones of the
 * servers: it carries its own time, which every screen that shows it shows too, and no role of a side is concluded from it. What
 * acts (plan, checks, run) asks Azure itself, and waits for it. A question that is under way is asked no second time. Rejects
 * only when aborted.
 */
export function createLateAzure(azure: AzureSource, clock: Clock): LateAzure {
  let memory = new Map<string, Known>();
  const knownOf = (address: string): Known => {
    const known = memory.get(address) ?? nothingKnown();
    memory.set(address, known);
    return known;
  };
  const ask = (address: string, known: Known, signal?: AbortSignal): Promise<AzureFact> => {
    const askedMs = clock.nowMs();
    known.isStale = false;
    return azure(address, signal).then((fact) => {
      // A question that was asked later may have been answered sooner.
      if (askedMs >= known.askedMs) Object.assign(known, { fact, askedMs });
      return fact;
    });
  };
  /** Not the window's signal: the next reading may want the answer. */
  const askBeside = (address: string, known: Known): void => {
    const answer = ask(address, known);
    const underWay = { sinceMs: clock.nowMs(), answer };
    known.underWay = underWay;
    const done = () => {
      if (known.underWay === underWay) known.underWay = undefined;
    };
    // Whoever waits for it is told of a failure; nobody may.
    answer.then(done, done);
  };
  return {
    asked: (pace) => async (address, signal) => {
      const known = knownOf(address);
      if (pace === "now") return ask(address, known, signal);
      if (pace === "soon") known.isStale = true;
      if (known.underWay === undefined && isDue(known, clock)) askBeside(address, known);
      const { underWay, fact } = known;
      if (underWay === undefined) return fact ?? notAsked;
      const told = await withinTime(clock, azureGraceMs, signal, (within) =>
        abortable(underWay.answer, within, () => undefined),
      );
      return told === "timeOver" ? (fact ?? lateFact(address, underWay, clock)) : told;
    },
    expire() {
      for (const known of memory.values()) known.isStale = true;
    },
    forget() {
      memory = new Map();
    },
  };
}

interface Known {
  /** The newest answer, and when it was asked for. */
  fact: AzureFact | undefined;
  askedMs: number;
  /** To be asked anew, however new it is. */
  isStale: boolean;
  underWay: UnderWay | undefined;
}

interface UnderWay {
  readonly sinceMs: number;
  readonly answer: Promise<AzureFact>;
}

const notAsked: AzureFact = { kind: "notAsked" };

function nothingKnown(): Known {
  return {
    fact: undefined,
    askedMs: Number.NEGATIVE_INFINITY,
    isStale: false,
    underWay: undefined,
  };
}

function isDue({ fact, askedMs, isStale }: Known, clock: Clock): boolean {
  if (fact === undefined || isStale || isPassing(fact)) return true;
  return clock.nowMs() - askedMs >= azureEveryMs;
}

/** What does not last is asked each time: where Azure was not reached that costs it nothing, as where nobody is signed in. */
function isPassing(fact: AzureFact): boolean {
  switch (fact.kind) {
    case "notAsked":
      return true;
    case "failed":
      return isUnreached(fact.problem);
    case "seen": {
      // While the service works on the instance its end is waited for.
      const { state } = fact.instance;
      return state !== null && state !== "Ready" && state !== "Stopped";
    }
  }
}

function lateFact(address: string, { sinceMs }: UnderWay, clock: Clock): AzureFact {
  const seconds = Math.round((clock.nowMs() - sinceMs) / 1000);
  return {
    kind: "failed",
    at: isoTime(clock),
    problem: {
      code: "azureAnswersLate",
      class: "wait",
      summary: `Azure was asked about ${address} ${String(seconds)} s ago and has not answered yet.`,
      remedy: "It is being waited for; the servers are read meanwhile.",
    },
  };
}
