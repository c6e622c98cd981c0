// The last hour of a link in words: what is now, what was highest, and when the secondary will have caught up. Pure.
import { assertNever } from "../../shared/assert-never.ts";
import type { CatchUp } from "../../shared/monitor/catch-up.ts";
import type { LagUnknown, Sample } from "../../shared/monitor/sample.ts";
import { highestWithin, hourMs } from "../../shared/monitor/series.ts";
import type { Measure, Series } from "../../shared/monitor/series.ts";
import { ageText, timeOfDay } from "../ui/age-text.ts";
import type { LinkPicture } from "./link-picture.ts";
import { grouped, kilobytes } from "./units.ts";

export interface HistoryRow {
  readonly measure: Measure;
  readonly label: string;
  readonly now: string;
  /** The highest of the last minute, and of the hour with when it was. */
  readonly minute: string;
  readonly hour: string;
}

const minuteMs = 60_000;
const labels: Readonly<Record<Measure, string>> = {
  lagMs: "lag",
  sendQueueKb: "send queue",
  redoQueueKb: "redo queue",
};

export function historyRows(picture: LinkPicture, series: Series): readonly HistoryRow[] {
  const newest = series.samples.at(-1);
  return (["lagMs", "sendQueueKb", "redoQueueKb"] as const).map((measure) => {
    const value = (highest: ReturnType<typeof highestWithin>) =>
      highest === undefined ? "unknown" : valueText(measure, highest.value);
    const hour = highestWithin(series, measure, hourMs);
    const when = hour === undefined ? "" : ` at ${timeOfDay(new Date(hour.atMs).toISOString())}`;
    return {
      measure,
      label: labels[measure],
      now: nowText(picture, newest, measure),
      minute: value(highestWithin(series, measure, minuteMs)),
      hour: `${value(hour)}${when}`,
    };
  });
}

function nowText(picture: LinkPicture, newest: Sample | undefined, measure: Measure): string {
  const value = newest?.[measure] ?? null;
  if (value !== null) return valueText(measure, value);
  const why = measure === "lagMs" ? (newest?.lagUnknown ?? null) : null;
  return why === null ? "unknown" : `unknown: ${lagUnknownWords(picture, why)}`;
}

function valueText(measure: Measure, value: number): string {
  return measure === "lagMs" ? seconds(value) : kilobytes(value);
}

/** "0.9 s", "12 s", "3 min" */
function seconds(ms: number): string {
  return ms > 0 && ms < 10_000
    ? `${(ms / 1000).toFixed(1)} s`
    : ageText(ms).replace("0.0 s", "0 s");
}

function lagUnknownWords(picture: LinkPicture, why: LagUnknown): string {
  const { primary, sides } = picture;
  const own = primary === "instance" ? sides.instance.name : sides.box.name;
  const other = primary === "instance" ? sides.box.name : sides.instance.name;
  switch (why) {
    case "noPrimary":
      return "not exactly one side is PRIMARY";
    case "primarySilent":
      return `${own} does not answer`;
    case "secondarySilent":
      return `${other} does not answer`;
    case "apart":
      return "the two answers are more than 2 s apart";
    case "notTold":
      return "a side shows no time of its last commit";
    case "twoClocks":
      return "the last commits were written by two clocks";
    default:
      return assertNever(why);
  }
}

/** One sentence; who is meant is named. */
export function catchUpSentence(picture: LinkPicture, estimate: CatchUp): string {
  const { primary, sides } = picture;
  const name = primary === "instance" ? sides.box.name : sides.instance.name;
  switch (estimate.kind) {
    case "level":
      return `Nothing is queued for ${name}.`;
    case "inMs":
      return `${name} catches up in about ${seconds(Math.max(estimate.ms, 100))}.`;
    case "fallsBehind":
      return `${name} does not catch up: the queues grow by ${grouped(estimate.kbPerSecond)} KB/s, the ${estimate.slowPart} queue most.`;
    case "unknown":
      return `When ${name} catches up is not known: ${unknownWords[estimate.because]}.`;
  }
}

const unknownWords = {
  queueNotTold: "a queue is not told",
  rateNotTold: "a rate is not told",
  standsStill: "the queues stand still and the rate is 0",
} as const;
