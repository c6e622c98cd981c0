// The last hour of a link: bounded whatever comes, thinned without losing a peak or a gap, and an estimate that promises nothing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catchUp } from "../../../shared/monitor/catch-up.ts";
import type { Sample } from "../../../shared/monitor/sample.ts";
import {
  highestWithin,
  hourMs,
  mostSamples,
  noSeries,
  withSample,
} from "../../../shared/monitor/series.ts";
import type { Series } from "../../../shared/monitor/series.ts";
import { gapMs, thinned } from "../../../shared/monitor/thin.ts";

const startMs = Date.parse("2026-11-21T20:00:00.000Z");
const empty: Sample = {
  atMs: startMs,
  lagMs: null,
  lagUnknown: null,
  levelAtMs: null,
  sendQueueKb: null,
  redoQueueKb: null,
  sendRateKbPerSecond: null,
  redoRateKbPerSecond: null,
};

/** One sample a second, from the start on. */
function everySecond(...values: readonly Partial<Sample>[]): Series {
  return values.reduce<Series>(
    (series, value, index) =>
      withSample(series, { ...empty, atMs: startMs + index * 1000, ...value }),
    noSeries,
  );
}

const value = fc.option(fc.nat(1_000_000), { nil: null });
/** Steps forward of up to a minute, now and then back. */
const samples = fc.array(fc.tuple(fc.integer({ min: -5_000, max: 60_000 }), value), {
  maxLength: 400,
});

function seriesOf(steps: readonly (readonly [number, number | null])[]): Series {
  let atMs = startMs;
  let series = noSeries;
  for (const [step, sendQueueKb] of steps) {
    atMs += step;
    series = withSample(series, { ...empty, atMs, sendQueueKb });
  }
  return series;
}

describe("a series", () => {
  test("holds an hour and no more, one sample a second at most, in their order", () => {
    fc.assert(
      fc.property(samples, (steps) => {
        const times = seriesOf(steps).samples.map(({ atMs }) => atMs);
        expect(times.length).toBeLessThanOrEqual(mostSamples);
        expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(hourMs);
        const seconds = times.map((atMs) => Math.floor(atMs / 1000));
        expect(seconds).toEqual([...new Set(seconds)].sort((one, other) => one - other));
      }),
    );
  });

  test("is full after an hour at ten samples a second, and stays as it is", () => {
    let series = noSeries;
    const sizes: number[] = [];
    for (let tenth = 0; tenth < 50_000; tenth++) {
      series = withSample(series, { ...empty, atMs: startMs + tenth * 100 });
      if (tenth === 35_999) sizes.push(series.samples.length);
    }
    expect([...sizes, series.samples.length]).toEqual([mostSamples, mostSamples]);
  });

  test("keeps the newest sample whatever came before", () => {
    fc.assert(
      fc.property(samples, fc.nat(), (steps, sendQueueKb) => {
        const before = seriesOf(steps);
        const atMs = (before.samples.at(-1)?.atMs ?? startMs) + 1;
        const newest = { ...empty, atMs, sendQueueKb };
        expect(withSample(before, newest).samples.at(-1)).toEqual(newest);
      }),
    );
  });

  test("tells the highest of the last minute and of the hour, and nothing of what nobody knew", () => {
    const series = everySecond(
      { lagMs: 9_000 },
      ...Array.from({ length: 90 }, (_, index) => ({ lagMs: index === 80 ? 4_000 : 100 })),
      { lagMs: null },
    );
    expect(highestWithin(series, "lagMs", hourMs)).toEqual({ value: 9_000, atMs: startMs });
    expect(highestWithin(series, "lagMs", 60_000)?.value).toBe(4_000);
    expect(highestWithin(series, "redoQueueKb", hourMs)).toBeUndefined();
  });
});

function shownOf({ samples }: Series, buckets: number) {
  const { x, y } = thinned(samples, buckets);
  return { x, y: y.sendQueueKb };
}

describe("thinned", () => {
  test("keeps the highest and the lowest value, ascends, and never holds more than it may", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 50 }), (steps, buckets) => {
        const series = seriesOf(steps);
        const { x, y } = shownOf(series, buckets);
        expect(x.length).toBe(y.length);
        expect(x.length).toBeLessThanOrEqual(10 * (buckets + hourMs / gapMs));
        expect(x).toEqual([...new Set(x)].sort((one, other) => one - other));
        const known = series.samples.flatMap((one) => one.sendQueueKb ?? []);
        const shown = y.filter((one) => one !== null);
        expect([Math.max(...shown), Math.min(...shown)]).toEqual([
          Math.max(...known),
          Math.min(...known),
        ]);
      }),
    );
  });

  test("leaves a gap wherever a value was unknown or nobody looked, so that no line crosses it", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 50 }), (steps, buckets) => {
        const series = seriesOf(steps);
        const { samples: all } = series;
        const { x, y } = shownOf(series, buckets);
        const isGap = (from: number, to: number) =>
          x.some((atMs, index) => atMs > from && atMs < to && y[index] === null);
        const unknown = all.filter(({ sendQueueKb }) => sendQueueKb === null);
        // Within a bucket one null stands for every unknown of it.
        expect(y.includes(null) || unknown.length === 0).toBe(true);
        for (const [index, { atMs }] of all.entries()) {
          const next = all[index + 1];
          if (next !== undefined && next.atMs - atMs > gapMs) {
            expect(isGap(atMs - 1, next.atMs)).toBe(true);
          }
        }
      }),
    );
  });
});

describe("the estimate of when the secondary has caught up", () => {
  const rates = { sendRateKbPerSecond: 1000, redoRateKbPerSecond: 500 };

  test("is level where nothing is queued, whatever the rates", () => {
    expect(catchUp(everySecond({ sendQueueKb: 0, redoQueueKb: 0 }))).toEqual({ kind: "level" });
  });

  test("goes by the rates while there is no trend yet, by the slower of the two", () => {
    const series = everySecond({ sendQueueKb: 1000, redoQueueKb: 1500, ...rates });
    expect(catchUp(series)).toEqual({ kind: "inMs", ms: 3000 });
  });

  test.each([
    ["a queue that is not told", { sendQueueKb: 5, ...rates }, "queueNotTold"],
    ["a rate that is not told", { sendQueueKb: 5, redoQueueKb: 5 }, "rateNotTold"],
    [
      "a rate of 0",
      { sendQueueKb: 5, redoQueueKb: 5, sendRateKbPerSecond: 10, redoRateKbPerSecond: 0 },
      "standsStill",
    ],
  ])("is unknown with %s", (_name, sample, because) => {
    expect(catchUp(everySecond(sample))).toEqual({ kind: "unknown", because });
  });

  test("does not promise an end while the queue grows, however high the rates, and names the queue", () => {
    const grows = Array.from({ length: 30 }, (_, index) => ({
      sendQueueKb: 10,
      redoQueueKb: 100 * index,
      ...rates,
    }));
    const estimate = catchUp(everySecond(...grows));
    expect(estimate).toMatchObject({ kind: "fallsBehind", slowPart: "redo" });
    expect(estimate.kind === "fallsBehind" && Math.round(estimate.kbPerSecond)).toBe(100);
  });

  test("goes by how fast the queue really shrinks, not by what the rates promise", () => {
    const shrinks = Array.from({ length: 31 }, (_, index) => ({
      sendQueueKb: 0,
      redoQueueKb: 4000 - 100 * index,
      ...rates,
    }));
    const estimate = catchUp(everySecond(...shrinks));
    expect(estimate.kind === "inMs" && Math.round(estimate.ms)).toBe(10_000);
  });

  test("of any series is never a time that is not one", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { maxLength: 90 }), (all) => {
        const series = everySecond(
          ...all.map(([sendQueueKb, redoQueueKb, send, redo]) => ({
            sendQueueKb,
            redoQueueKb,
            sendRateKbPerSecond: send,
            redoRateKbPerSecond: redo,
          })),
        );
        const estimate = catchUp(series);
        if (estimate.kind !== "inMs") return;
        expect(Number.isFinite(estimate.ms) && estimate.ms > 0).toBe(true);
      }),
    );
  });
});
