// The steps of a run in its report: a table, what is known of each, and what each of them sends.
import type { AzureRequest } from "../plan/azure-request.ts";
import { requestText } from "../plan/azure-request.ts";
import type { Step } from "../plan/plan.ts";
import { placeName } from "../plan/where.ts";
import type { StepOutcome } from "../run/events.ts";
import type { ReportBlock } from "./blocks.ts";
import { table, text, time, titledList } from "./blocks.ts";
import type { Report } from "./build.ts";
import type { ReportStep } from "./report-step.ts";

/** The words of the state vocabulary. */
export const outcomeWords: Readonly<Record<StepOutcome | "notBegun" | "notReady", string>> = {
  succeeded: "Success",
  warning: "Warning",
  failed: "Failed",
  unknown: "Unknown",
  skipped: "Skipped",
  stopped: "Stopped",
  notBegun: "Not started",
  notReady: "Not ready",
};

export function steps(report: Report): readonly ReportBlock[] {
  return [
    table(
      ["Step", "Where", "Began", "Took", "Outcome"],
      report.steps.map((step) => [
        { number: step.number, text: step.step.title },
        place(report, step),
        step.began === undefined ? "-" : step.began.utc,
        step.ended === undefined ? "-" : `${step.seconds} s`,
        outcomeWords[step.outcome],
      ]),
    ),
    ...report.steps.flatMap((step) => titledList(`Step ${step.number}:`, details(step))),
  ];
}

function details(step: ReportStep): readonly string[] {
  return [
    ...(step.began === undefined || step.began.local.length === 0
      ? []
      : [`Began: ${time(step.began)}`]),
    ...(step.summary === "" ? [] : [step.summary]),
    ...refused(step),
    ...(step.azure === undefined ? [] : [`Azure accepted it: ${step.azure.accepted.utc}`]),
    ...(step.azure?.ended === undefined
      ? []
      : [`Azure said how it ended: ${step.azure.ended.utc}`]),
    ...(step.answer === undefined || step.outcome === "notBegun" ? [] : [step.answer]),
    ...step.seen.filter((seen) => seen !== step.summary).map((seen) => `Seen: ${seen}`),
    ...(step.problem?.detail === undefined ? [] : [`Server: ${step.problem.detail}`]),
    ...(step.problem === undefined ? [] : [`To do: ${step.problem.remedy}`]),
    ...(step.undone === undefined || step.undone.summary === "" ? [] : [step.undone.summary]),
  ];
}

function refused({ refusedByAzure: refusal }: ReportStep): readonly string[] {
  if (refusal === undefined) return [];
  return [
    `Azure refused the request: ${refusal.summary}`,
    ...(refusal.detail === undefined ? [] : [`Azure: ${refusal.detail}`]),
    "The statement was sent in its place.",
  ];
}

export function statements(report: Report): readonly ReportBlock[] {
  return report.steps.flatMap(({ number, step }) => [
    {
      kind: "text",
      line: { number, text: `${step.title}, ${placeOfStep(report, step)}` },
    },
    sentByStep(step),
    ...(step.instead === undefined
      ? []
      : [
          text(
            `Where Azure refuses that (403), on ${placeName(report.plan, step.instead.runsOn)}:`,
          ),
          { kind: "code", language: "sql", text: step.instead.statement } as const,
        ]),
    ...(step.takeBack === undefined ? [] : [text("Taken back by:"), sentByStep(step.takeBack)]),
  ]);
}

function sentByStep(sent: {
  readonly statement?: string;
  readonly request?: AzureRequest;
}): ReportBlock {
  const { statement, request } = sent;
  if (statement !== undefined) return { kind: "code", language: "sql", text: statement };
  return request === undefined
    ? text("Reads only.")
    : { kind: "code", language: "http", text: requestText(request) };
}

/** Where a request was refused, the statement in its place ran on a server. */
function place(report: Report, { step, refusedByAzure }: ReportStep): string {
  const planned = placeOfStep(report, step);
  return refusedByAzure === undefined || step.instead === undefined
    ? planned
    : `${planned}, then ${placeName(report.plan, step.instead.runsOn)}`;
}

function placeOfStep(report: Report, { runsOn }: Step): string {
  return runsOn === "both" ? "both sides" : placeName(report.plan, runsOn);
}
