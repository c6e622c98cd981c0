// How the lines of the chart look: each its own dash, so that colour is never the only difference. Pure.
import type { Measure } from "../../shared/monitor/series.ts";

export const dashes: Readonly<Record<Measure, number[]>> = {
  lagMs: [],
  sendQueueKb: [6, 4],
  redoQueueKb: [1, 3],
};

/** The style sheet's variable for the line's colour. */
export const colours: Readonly<Record<Measure, string>> = {
  lagMs: "--chart-lag",
  sendQueueKb: "--chart-queue",
  redoQueueKb: "--chart-queue",
};
