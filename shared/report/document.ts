// A report as headings, sentences, lists and tables of plain text: what every form of it says, in one order and with the same words.
import type { Side } from "../estate/estate.ts";
import { requestText } from "../plan/azure-request.ts";
import { placeName } from "../plan/where.ts";
import type { SeenPosition, SideReadBack, StepOutcome } from "../run/events.ts";
import type { Report } from "./build.ts";
import type { Moment } from "./moment.ts";
import type { ReportStep } from "./report-step.ts";

/** All text is of any origin: each form makes it harmless itself. */
export interface ReportDocument {
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { readonly kind: "text"; readonly line: ReportLine }
  | { readonly kind: "list"; readonly items: readonly ReportItem[] }
  | {
      readonly kind: "table";
      readonly titles: readonly string[];
      readonly rows: readonly (readonly ReportLine[])[];
    }
  | { readonly kind: "code"; readonly text: string };

/** `number` stands before the text and is followed by a point; `strong` stands out before it. */
export interface ReportLine {
  readonly number?: number;
  readonly strong?: string;
  readonly text: string;
}

export interface ReportItem {
  readonly text: string;
  readonly below?: readonly string[];
}

/** The words of the state vocabulary. */
const words: Readonly<Record<StepOutcome | "notBegun" | "notReady", string>> = {
  succeeded: "Success",
  warning: "Warning",
  failed: "Failed",
  unknown: "Unknown",
  skipped: "Skipped",
  stopped: "Stopped",
  notBegun: "Not started",
  notReady: "Not ready",
};

const levels = {
  passed: "Ready",
  warning: "Warning",
  failed: "Failed",
  unknown: "Unknown",
  waits: "Waits",
} as const;

const openedBy = {
  commitLsn: "the secondary's own commit LSN against the primary's own",
  fallback: "the fallback, the end of both logs, since commit LSNs were not enough",
  tick: "the operator's tick; the proof is missing and the engine itself waited and refused",
} as const;

const conclusions = {
  happened: "It happened.",
  didNotHappen: "It did not happen.",
  stillRunning: "It is still running.",
  cannotSay: "It cannot be said.",
} as const;

export function reportDocument(report: Report): ReportDocument {
  const { plan, environment } = report;
  return {
    title: `${environment.toUpperCase()}: planned failover of ${plan.link.name}`,
    summary: plan.summary,
    sections: [
      { title: "Result", blocks: result(report) },
      { title: "Still to do", blocks: listOr(report.toDo, "Nothing that this run knows of.") },
      { title: "Who and where", blocks: [list(who(report))] },
      { title: "Checks before the start", blocks: [checks(report)] },
      { title: "Steps", blocks: steps(report) },
      { title: "The gate", blocks: gate(report) },
      { title: "Read back", blocks: readBack(report) },
      ...(report.looks.length === 0 ? [] : [{ title: "Looked at later", blocks: [looks(report)] }]),
      { title: "Statements of the plan", blocks: report.steps.flatMap(statement(report)) },
    ],
  };
}

function result(report: Report): readonly ReportBlock[] {
  return [
    { kind: "text", line: { strong: `${words[report.outcome]}.`, text: report.verdict } },
    ...titledList("Proved, read back from the servers:", report.proved),
    ...titledList("Unknown:", report.unknown),
  ];
}

function who(report: Report): readonly string[] {
  const { plan } = report;
  return [
    `Environment: ${report.environment.toUpperCase()}`,
    `Operator: ${report.operator} on ${report.toolHost}`,
    `Started: ${time(report.started)}`,
    `Ended: ${report.ended === undefined ? "no end on disk" : time(report.ended)}`,
    ...(report.stopRequested === undefined
      ? []
      : [`Stop asked for: ${time(report.stopRequested)}`]),
    `Link: ${plan.link.name}, databases: ${plan.link.databases.join(", ")}`,
    server(report, "box"),
    server(report, "instance"),
    `Plan approved: ${report.planHash}`,
    `Run: ${report.runId}, MI Link Failover ${report.toolVersion}`,
  ];
}

function server(report: Report, side: Side): string {
  const { serverName, address, productVersion, edition } = report.plan[side];
  const kind = side === "box" ? "SQL Server" : "SQL Managed Instance";
  return `${kind}: ${serverName} at ${address}, ${productVersion}, ${edition}, login ${report.logins[side]}`;
}

function checks(report: Report): ReportBlock {
  if (report.findings.length === 0) return text("No checks are on record.");
  return table(
    ["Check", "Server", "Result", "Finding"],
    report.findings.map((finding) => [
      finding.check,
      finding.server === "" ? "both" : finding.server,
      levels[finding.level],
      [finding.summary, finding.remedy].filter((part) => part !== "").join(" "),
    ]),
  );
}

function steps(report: Report): readonly ReportBlock[] {
  return [
    table(
      ["Step", "Where", "Began", "Took", "Outcome"],
      report.steps.map((step) => [
        { number: step.number, text: step.step.title },
        place(report, step),
        step.began === undefined ? "-" : step.began.utc,
        step.ended === undefined ? "-" : `${step.seconds} s`,
        words[step.outcome],
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
    ...(step.answer === undefined || step.outcome === "notBegun" ? [] : [step.answer]),
    ...step.seen.filter((seen) => seen !== step.summary).map((seen) => `Seen: ${seen}`),
    ...(step.problem?.detail === undefined ? [] : [`Server: ${step.problem.detail}`]),
    ...(step.problem === undefined ? [] : [`To do: ${step.problem.remedy}`]),
  ];
}

function gate({ gate: seen, plan }: Report): readonly ReportBlock[] {
  if (seen === undefined) return [text("The gate was not read.")];
  return [
    text(seen.sentence),
    list([
      ...(seen.by === undefined ? [] : [`Opened by: ${openedBy[seen.by]}`]),
      seen.heldSince === undefined
        ? "It did not hold when it was last read."
        : `Held without a break since: ${time(seen.heldSince)}`,
    ]),
    table(
      ["Database", "Server", "last_commit_lsn", "end_of_log_lsn", "last_hardened_lsn"],
      seen.positions.flatMap(({ database, primary, secondary }) => [
        positionRow(database, plan[plan.from].serverName, primary),
        positionRow(database, plan[plan.to].serverName, secondary),
      ]),
    ),
  ];
}

function positionRow(database: string, server: string, own: SeenPosition): readonly string[] {
  const shown = [own.lastCommitLsn, own.endOfLogLsn, own.lastHardenedLsn];
  return [database, server, ...shown.map((lsn) => lsn ?? "unknown")];
}

function readBack(report: Report): readonly ReportBlock[] {
  if (report.readBack === undefined) return [text("Both sides were not read back in this run.")];
  const { at, sides } = report.readBack;
  return [
    text(`Read at ${time(at)}.`),
    table(
      ["Server", "Role", "Health", "Databases", "Its own time"],
      (["box", "instance"] as const).map((side) => sideRow(report, side, sides[side])),
    ),
  ];
}

function sideRow(report: Report, side: Side, seen: SideReadBack): readonly string[] {
  if (seen.kind === "unreadable") {
    return [report.plan[side].serverName, "unknown", "unknown", seen.because, "unknown"];
  }
  const databases = seen.databases.map(
    (database) =>
      `${database.name}: ${database.updateability ?? "unknown"}, ${database.synchronizationState ?? "unknown"}`,
  );
  return [
    seen.serverName,
    seen.role ?? "unknown",
    seen.synchronizationHealth ?? "unknown",
    databases.length === 0 ? "unknown" : databases.join("; "),
    seen.serverTime,
  ];
}

function looks(report: Report): ReportBlock {
  return {
    kind: "list",
    items: report.looks.map((look) => ({
      text: `${time(look.at)}: ${conclusions[look.conclusion]} ${look.summary}`,
      below: look.seen,
    })),
  };
}

function statement(report: Report): (step: ReportStep) => readonly ReportBlock[] {
  return (step) => [
    {
      kind: "text",
      line: { number: step.number, text: `${step.step.title}, ${place(report, step)}` },
    },
    sentByStep(step.step),
  ];
}

function sentByStep({ statement, request }: ReportStep["step"]): ReportBlock {
  if (statement !== undefined) return { kind: "code", text: statement };
  return request === undefined ? text("Reads only.") : { kind: "code", text: requestText(request) };
}

function place(report: Report, { step: { runsOn } }: ReportStep): string {
  return runsOn === "both" ? "both sides" : placeName(report.plan, runsOn);
}

function time(moment: Moment): string {
  return [moment.utc, ...moment.local].join(", ");
}

function text(sentence: string): ReportBlock {
  return { kind: "text", line: { text: sentence } };
}

function list(sentences: readonly string[]): ReportBlock {
  return { kind: "list", items: sentences.map((one) => ({ text: one })) };
}

function listOr(sentences: readonly string[], none: string): readonly ReportBlock[] {
  return [sentences.length === 0 ? text(none) : list(sentences)];
}

function titledList(title: string, sentences: readonly string[]): readonly ReportBlock[] {
  return sentences.length === 0 ? [] : [text(title), list(sentences)];
}

function table(
  titles: readonly string[],
  rows: readonly (readonly (string | ReportLine)[])[],
): ReportBlock {
  const line = (cell: string | ReportLine) => (typeof cell === "string" ? { text: cell } : cell);
  return { kind: "table", titles, rows: rows.map((row) => row.map(line)) };
}
