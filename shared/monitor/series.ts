// The last hour of a link: one sample a second at most, so that its memory is bounded however long it is watched. Pure.
import type { Sample } from "./sample.ts";

/** Oldest first. */
export interface Series {
  readonly samples: readonly Sample[];
  /** When the secondary was last seen to hold everything; null: never yet. */
  readonly levelAtMs: number | null;
}

export const hourMs = 3_600_000;
const secondMs = 1_000;
/** More than this a series never holds. */
export const mostSamples = hourMs / secondMs;

export const noSeries: Series = { samples: [], levelAtMs: null };

/** Of two samples within one second the later stands for it; a clock that went back begins a new hour. */
export function withSample({ samples, levelAtMs }: Series, sample: Sample): Series {
  const newest = samples.at(-1);
  const seconds = newest === undefined ? 1 : secondOf(sample) - secondOf(newest);
  const isBack = seconds < 0;
  const kept = isBack ? [] : within(samples, sample.atMs, seconds === 0 ? -1 : undefined);
  return {
    samples: [...kept, sample],
    levelAtMs: sample.levelAtMs ?? (isBack ? null : levelAtMs),
  };
}

/** Those of the hour before `atMs`, and one fewer than a series may hold. */
function within(samples: readonly Sample[], atMs: number, end: number | undefined): Sample[] {
  const first = samples.findIndex((one) => one.atMs > atMs - hourMs);
  return first === -1 ? [] : samples.slice(first, end).slice(1 - mostSamples);
}

function secondOf({ atMs }: Sample): number {
  return Math.floor(atMs / secondMs);
}

/** What is drawn and summed up; null where unknown. */
export type Measure = "lagMs" | "sendQueueKb" | "redoQueueKb";

/** The highest known value of the last `withinMs` before the newest sample, and when it was; undefined: none is known. */
export function highestWithin(
  { samples }: Series,
  measure: Measure,
  withinMs: number,
): { readonly value: number; readonly atMs: number } | undefined {
  const from = (samples.at(-1)?.atMs ?? 0) - withinMs;
  let highest: { value: number; atMs: number } | undefined;
  for (const sample of samples) {
    const value = sample[measure];
    if (sample.atMs < from || value === null) continue;
    if (highest === undefined || value > highest.value) highest = { value, atMs: sample.atMs };
  }
  return highest;
}
