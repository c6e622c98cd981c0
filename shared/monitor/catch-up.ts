// When the secondary will have caught up, as far as the last minute tells. Pure.
import type { Sample } from "./sample.ts";
import type { Series } from "./series.ts";

export type CatchUp =
  /** Nothing is queued. */
  | { readonly kind: "level" }
  | { readonly kind: "inMs"; readonly ms: number }
  /** The queue grows, by so much. */
  | { readonly kind: "fallsBehind"; readonly kbPerSecond: number; readonly slowPart: SlowPart }
  | { readonly kind: "unknown"; readonly because: "queueNotTold" | "rateNotTold" | "standsStill" };

/** Which queue grew more. */
export type SlowPart = "send" | "redo";

/** So far back the trend of the queues is read, and no estimate comes from less than a sixth of it. */
const trendMs = 60_000;
/** Queues of a link that keeps pace go up and down by less than this, and by less than a tenth. */
const wobbleKb = 64;
const wobblePart = 0.1;

/**
 * By how fast both queues together really shrink; where they neither shrink nor grow, by the rates that the servers tell (domain:
 * redo_rate counts active time alone, so that it promises too much while work goes on).
 */
export function catchUp({ samples }: Series): CatchUp {
  const newest = samples.at(-1);
  const queue = newest === undefined ? null : queueOf(newest);
  if (newest === undefined || queue === null) return { kind: "unknown", because: "queueNotTold" };
  if (queue === 0) return { kind: "level" };
  const trend = trendOf(samples, newest.atMs);
  if (trend === undefined || isWobble(trend)) return byRates(newest);
  const perSecond = ((trend.after - trend.before) / trend.ms) * 1000;
  if (perSecond > 0) {
    return { kind: "fallsBehind", kbPerSecond: perSecond, slowPart: trend.slowPart };
  }
  return { kind: "inMs", ms: (queue / -perSecond) * 1000 };
}

interface Trend {
  /** Mean of both queues in the older and in the newer half, KB, and how far apart the halves' middles are. */
  readonly before: number;
  readonly after: number;
  readonly ms: number;
  readonly slowPart: SlowPart;
}

function trendOf(samples: readonly Sample[], nowMs: number): Trend | undefined {
  const known = samples.filter((one) => one.atMs >= nowMs - trendMs && queueOf(one) !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs < trendMs / 6) {
    return undefined;
  }
  const middle = (first.atMs + last.atMs) / 2;
  const older = known.filter(({ atMs }) => atMs < middle);
  const newer = known.filter(({ atMs }) => atMs >= middle);
  const grewBy = (of: (one: Sample) => number) => mean(newer, of) - mean(older, of);
  return {
    before: mean(older, (one) => queueOf(one) ?? 0),
    after: mean(newer, (one) => queueOf(one) ?? 0),
    ms: grewBy(({ atMs }) => atMs),
    slowPart:
      grewBy((one) => one.sendQueueKb ?? 0) >= grewBy((one) => one.redoQueueKb ?? 0)
        ? "send"
        : "redo",
  };
}

function isWobble({ before, after }: Trend): boolean {
  return Math.abs(after - before) < Math.max(wobbleKb, wobblePart * before);
}

/** Sending and redoing go on at the same time: the slower of the two decides. */
function byRates(sample: Sample): CatchUp {
  const { sendQueueKb, redoQueueKb, sendRateKbPerSecond, redoRateKbPerSecond } = sample;
  const times = [
    timeFor(sendQueueKb, sendRateKbPerSecond),
    timeFor(redoQueueKb, redoRateKbPerSecond),
  ];
  if (times.includes(null)) return { kind: "unknown", because: "rateNotTold" };
  const ms = Math.max(...times.map((time) => time ?? 0));
  return ms === Infinity ? { kind: "unknown", because: "standsStill" } : { kind: "inMs", ms };
}

/** Infinite at a rate of 0. */
function timeFor(queueKb: number | null, kbPerSecond: number | null): number | null {
  if (queueKb === 0) return 0;
  if (queueKb === null || kbPerSecond === null) return null;
  return (queueKb / kbPerSecond) * 1000;
}

function queueOf({ sendQueueKb, redoQueueKb }: Sample): number | null {
  return sendQueueKb === null || redoQueueKb === null ? null : sendQueueKb + redoQueueKb;
}

function mean(samples: readonly Sample[], of: (one: Sample) => number): number {
  return samples.reduce((total, one) => total + of(one), 0) / samples.length;
}
