// Lines of a journal: every kind reads back as it was written, and what is none is refused by a sentence.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { parseEvent } from "../../../shared/run/parse-event.ts";
import { finishedRun } from "../../scenarios/finished-run.ts";
import { on2019, planOf, understood } from "../report/removal-runs.ts";
import { oneOfEach, plan } from "./events.ts";

const stamp = { sequence: 7, at: "2026-11-21T20:00:00.000Z" };

describe("parseEvent", () => {
  test.each(Object.entries(oneOfEach))("reads %s back as it was written", (_, body) => {
    const event = { ...stamp, ...body };
    expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  test.each([
    ["keeps the link", plan],
    ["removes it", planOf(on2019, { removal: understood })],
  ])("reads a whole run back that %s", (_, runPlan) => {
    const events = finishedRun(runPlan, []);
    const lines = events.map((event) => JSON.stringify(event));
    expect(lines.map((line) => parseEvent(JSON.parse(line)))).toEqual(events);
  });

  test.each([
    [
      { ...stamp, kind: "forcedFailover" },
      'kind "forcedFailover", which this version does not know',
    ],
    [{ ...stamp, kind: "x\ny" }, 'kind "x\\u000ay", which this version does not know'],
    [
      { ...stamp, kind: "lockTaken", side: "cloud" },
      'kind "lockTaken" that does not have its shape',
    ],
    [{ ...stamp, kind: "stopRequested", force: true }, 'kind "stopRequested" that does not'],
    [{ kind: "stopRequested" }, 'kind "stopRequested" that does not'],
    [null, 'kind "none"'],
    ["stopRequested", 'kind "none"'],
  ])("refuses %j by a sentence", (value, sentence) => {
    const refused = () => parseEvent(value);
    expect(refused).toThrow(AppError);
    expect(refused).toThrow(sentence);
  });
});
