// Draws the last hour with uPlot: lag at the left axis, queues at the right one. For the eye alone; the table beside it says the same.
import { useEffect, useEffectEvent, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Measure, Series } from "../../shared/monitor/series.ts";
import { thinned } from "../../shared/monitor/thin.ts";
import { colours, dashes } from "./history-lines.ts";
import { grouped } from "./units.ts";

const heightPx = 120;
/** Less than this is never drawn as wide as the chart, seconds. */
const leastSeconds = 300;
/** As many as a wide window has pixels for. */
const buckets = 400;

export function HistoryChart({ series }: { readonly series: Series }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const draw = useEffectEvent((plot: uPlot) => {
    plot.setData(dataOf(series));
  });
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const plot = new uPlot(optionsFor(element), undefined, element);
    chart.current = plot;
    draw(plot);
    const resized = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: heightPx });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    chart.current?.setData(dataOf(series));
  }, [series]);
  return <div className="history-chart" ref={place} aria-hidden="true" />;
}

function dataOf({ samples }: Series): uPlot.AlignedData {
  const { x, y } = thinned(samples, buckets);
  return [
    x.map((ms) => ms / 1000),
    y.lagMs.map((ms) => (ms === null ? null : ms / 1000)),
    [...y.sendQueueKb],
    [...y.redoQueueKb],
  ];
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name);
  const line = (measure: Measure, scale: string): uPlot.Series => ({
    scale,
    stroke: colour(colours[measure]),
    width: 1.5,
    dash: dashes[measure],
    spanGaps: false,
  });
  const axis = (values: uPlot.Axis.Values, more: Partial<uPlot.Axis>): uPlot.Axis => ({
    stroke: colour("--chart-text"),
    grid: { stroke: colour("--chart-grid"), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
    values,
    ...more,
  });
  return {
    width: element.clientWidth,
    height: heightPx,
    padding: [8, 4, 0, 4],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: (_plot, first, last) => [Math.min(first, last - leastSeconds), last] },
      lag: { range: (_plot, _min, max) => [0, Math.max(1, max)] },
      queue: { range: (_plot, _min, max) => [0, Math.max(64, max)] },
    },
    axes: [
      axis((_plot, times) => times.map(minuteOfDay), { incrs: [60, 300, 900], size: 24 }),
      axis((_plot, values) => values.map((value) => `${String(value)} s`), {
        scale: "lag",
        size: 44,
      }),
      {
        ...axis((_plot, values) => values.map((value) => `${grouped(value)} KB`), {
          scale: "queue",
          size: 72,
          grid: { show: false },
        }),
        // At the right.
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum, whose names isolated modules cannot use
        side: 1,
      },
    ],
    series: [{}, line("lagMs", "lag"), line("sendQueueKb", "queue"), line("redoQueueKb", "queue")],
  };
}

/** UTC, as every time in the window. */
function minuteOfDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 16);
}
