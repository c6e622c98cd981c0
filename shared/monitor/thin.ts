// Fewer points for a chart without losing a peak, a valley or a gap. Pure.
import type { Sample } from "./sample.ts";
import type { Measure } from "./series.ts";

/** One x for every line: ms since 1970, ascending. A null is a gap that no line may cross. */
export interface Lines {
  readonly x: readonly number[];
  readonly y: Readonly<Record<Measure, readonly (number | null)[]>>;
}

/** Samples further apart than this have a gap between them: nobody looked. */
export const gapMs = 20_000;

const measures: readonly Measure[] = ["lagMs", "sendQueueKb", "redoQueueKb"];

/**
 * Of every bucket of time the samples with the lowest and the highest value of each measure stay, the first in which it was
 * unknown, and a row of nulls where nobody looked: at most ten points for each bucket and each gap.
 */
export function thinned(samples: readonly Sample[], buckets: number): Lines {
  const x: number[] = [];
  const y: Record<Measure, (number | null)[]> = { lagMs: [], sendQueueKb: [], redoQueueKb: [] };
  const put = (atMs: number, of: (measure: Measure) => number | null) => {
    x.push(atMs);
    for (const measure of measures) y[measure].push(of(measure));
  };
  const first = samples[0]?.atMs ?? 0;
  const width = Math.max(1, ((samples.at(-1)?.atMs ?? 0) - first + 1) / buckets);
  let previous: Sample | undefined;
  for (const bucket of inBuckets(samples, ({ atMs }) => Math.floor((atMs - first) / width))) {
    const head = bucket[0];
    if (previous !== undefined && head !== undefined && isGap(previous, head)) {
      put(previous.atMs + 1, () => null);
    }
    for (const sample of kept(bucket)) put(sample.atMs, (measure) => sample[measure]);
    previous = bucket.at(-1);
  }
  return { x, y };
}

function isGap(earlier: Sample, later: Sample): boolean {
  return later.atMs - earlier.atMs > gapMs;
}

/** A gap ends a bucket too. */
function* inBuckets(
  samples: readonly Sample[],
  bucketOf: (sample: Sample) => number,
): Generator<readonly Sample[]> {
  let bucket: Sample[] = [];
  for (const sample of samples) {
    const last = bucket.at(-1);
    if (last !== undefined && (isGap(last, sample) || bucketOf(last) !== bucketOf(sample))) {
      yield bucket;
      bucket = [];
    }
    bucket.push(sample);
  }
  if (bucket.length > 0) yield bucket;
}

/** In their order, each once. */
function kept(bucket: readonly Sample[]): readonly Sample[] {
  const chosen = new Set(measures.flatMap((measure) => extremes(bucket, measure)));
  return bucket.filter((sample) => chosen.has(sample));
}

/** The samples with the lowest and the highest value, and the first that has none. */
function extremes(bucket: readonly Sample[], measure: Measure): readonly Sample[] {
  const known = bucket.filter((sample) => sample[measure] !== null);
  const better = (isBetter: (one: number, other: number) => boolean) =>
    known.reduce<Sample | undefined>(
      (best, one) =>
        best === undefined || isBetter(one[measure] ?? 0, best[measure] ?? 0) ? one : best,
      undefined,
    );
  return [
    better((one, other) => one < other),
    better((one, other) => one > other),
    bucket.find((sample) => sample[measure] === null),
  ].filter((sample) => sample !== undefined);
}
