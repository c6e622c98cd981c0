// A report as Markdown, for the change record: plain headings, lists and tables, no marks from names.
import type { Side } from "../estate/estate.ts";
import type { SideReadBack, StepOutcome, SeenPosition } from "../run/events.ts";
import type { Report } from "./build.ts";
import { markdownCode, markdownText as md } from "./markdown-text.ts";
import type { Moment } from "./moment.ts";
import type { ReportStep } from "./report-step.ts";

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

/** The whole report, ending with a line break. */
export function reportToMarkdown(report: Report): string {
  const sections = [
    heading(report),
    section("Result", [
      `**${words[report.outcome]}.** ${md(report.verdict)}`,
      ...bullets("Proved, read back from the servers:", report.proved),
      ...bullets("Unknown:", report.unknown),
    ]),
    section("Still to do", listOr(report.toDo, "Nothing that this run knows of.")),
    section("Who and where", who(report)),
    section("Checks before the start", checks(report)),
    section("Steps", steps(report)),
    section("The gate", gate(report)),
    section("Read back", readBack(report)),
    ...(report.looks.length === 0 ? [] : [section("Looked at later", looks(report))]),
    section("Statements of the plan", statements(report)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function heading(report: Report): string {
  const { plan, environment } = report;
  return [
    `# ${environment.toUpperCase()}: planned failover of ${md(plan.link.name)}`,
    "",
    md(plan.summary),
  ].join("\n");
}

function who(report: Report): readonly string[] {
  const { plan } = report;
  return [
    `- Environment: ${report.environment.toUpperCase()}`,
    `- Operator: ${md(report.operator)} on ${md(report.toolHost)}`,
    `- Started: ${time(report.started)}`,
    `- Ended: ${report.ended === undefined ? "no end on disk" : time(report.ended)}`,
    ...(report.stopRequested === undefined
      ? []
      : [`- Stop asked for: ${time(report.stopRequested)}`]),
    `- Link: ${md(plan.link.name)}, databases: ${plan.link.databases.map(md).join(", ")}`,
    ...(["box", "instance"] as const).map((side) => `- ${server(report, side)}`),
    `- Plan approved: ${md(report.planHash)}`,
    `- Run: ${md(report.runId)}, MI Link Failover ${md(report.toolVersion)}`,
  ];
}

function server(report: Report, side: Side): string {
  const { serverName, address, productVersion, edition } = report.plan[side];
  const kind = side === "box" ? "SQL Server" : "SQL Managed Instance";
  return `${kind}: ${md(serverName)} at ${md(address)}, ${md(productVersion)}, ${md(edition)}, login ${md(report.logins[side])}`;
}

function checks(report: Report): readonly string[] {
  if (report.findings.length === 0) return ["No checks are on record."];
  return table(
    ["Check", "Server", "Result", "Finding"],
    report.findings.map((finding) => [
      md(finding.check),
      md(finding.server === "" ? "both" : finding.server),
      levels[finding.level],
      md([finding.summary, finding.remedy].filter((part) => part !== "").join(" ")),
    ]),
  );
}

function steps(report: Report): readonly string[] {
  return [
    ...table(
      ["Step", "Where", "Began", "Took", "Outcome"],
      report.steps.map((step) => [
        `${step.number}. ${md(step.step.title)}`,
        md(place(report, step)),
        step.began === undefined ? "-" : step.began.utc,
        step.ended === undefined ? "-" : `${step.seconds} s`,
        words[step.outcome],
      ]),
    ),
    ...report.steps.flatMap(stepDetails),
  ];
}

function stepDetails(step: ReportStep): readonly string[] {
  const details = [
    ...(step.began === undefined || step.began.local.length === 0
      ? []
      : [`Began: ${time(step.began)}`]),
    ...(step.summary === "" ? [] : [md(step.summary)]),
    ...(step.answer === undefined || step.outcome === "notBegun" ? [] : [md(step.answer)]),
    ...step.seen.filter((seen) => seen !== step.summary).map((seen) => `Seen: ${md(seen)}`),
    ...(step.problem?.detail === undefined ? [] : [`Server: ${md(step.problem.detail)}`]),
    ...(step.problem === undefined ? [] : [`To do: ${md(step.problem.remedy)}`]),
  ];
  return details.length === 0 ? [] : ["", `Step ${step.number}:`, "", ...details.map(bullet)];
}

function gate(report: Report): readonly string[] {
  const { gate: seen } = report;
  if (seen === undefined) return ["The gate was not read."];
  const how = {
    commitLsn: "the secondary's own commit LSN against the primary's own",
    fallback: "the fallback, the end of both logs, since commit LSNs were not enough",
    tick: "the operator's tick; the proof is missing and the engine itself waited and refused",
  } as const;
  return [
    md(seen.sentence),
    ...(seen.by === undefined ? [] : ["", `- Opened by: ${md(how[seen.by])}`]),
    seen.heldSince === undefined
      ? "- It did not hold when it was last read."
      : `- Held without a break since: ${time(seen.heldSince)}`,
    "",
    ...table(
      ["Database", "Server", "last_commit_lsn", "end_of_log_lsn", "last_hardened_lsn"],
      seen.positions.flatMap(({ database, primary, secondary }) => [
        positionRow(database, report.plan[report.plan.from].serverName, primary),
        positionRow(database, report.plan[report.plan.to].serverName, secondary),
      ]),
    ),
  ];
}

function positionRow(database: string, server: string, own: SeenPosition): readonly string[] {
  const shown = [own.lastCommitLsn, own.endOfLogLsn, own.lastHardenedLsn];
  return [md(database), md(server), ...shown.map((lsn) => lsn ?? "unknown")];
}

function readBack(report: Report): readonly string[] {
  if (report.readBack === undefined) return ["Both sides were not read back in this run."];
  const { at, sides } = report.readBack;
  return [
    `Read at ${time(at)}.`,
    "",
    ...table(
      ["Server", "Role", "Health", "Databases", "Its own time"],
      (["box", "instance"] as const).map((side) => sideRow(report, side, sides[side])),
    ),
  ];
}

function sideRow(report: Report, side: Side, seen: SideReadBack): readonly string[] {
  if (seen.kind === "unreadable") {
    return [md(report.plan[side].serverName), "unknown", "unknown", md(seen.because), "unknown"];
  }
  const databases = seen.databases.map(
    (database) =>
      `${database.name}: ${database.updateability ?? "unknown"}, ${database.synchronizationState ?? "unknown"}`,
  );
  return [
    md(seen.serverName),
    seen.role ?? "unknown",
    md(seen.synchronizationHealth ?? "unknown"),
    md(databases.length === 0 ? "unknown" : databases.join("; ")),
    md(seen.serverTime),
  ];
}

const conclusions = {
  happened: "It happened.",
  didNotHappen: "It did not happen.",
  stillRunning: "It is still running.",
  cannotSay: "It cannot be said.",
} as const;

function looks(report: Report): readonly string[] {
  return report.looks.flatMap((look) => [
    bullet(`${time(look.at)}: ${conclusions[look.conclusion]} ${md(look.summary)}`),
    ...look.seen.map((seen) => `  - ${md(seen)}`),
  ]);
}

function statements(report: Report): readonly string[] {
  return report.steps.flatMap((step, index) => [
    ...(index === 0 ? [] : [""]),
    `${step.number}. ${md(step.step.title)}, ${md(place(report, step))}`,
    "",
    step.step.statement === undefined ? "Reads only." : markdownCode(step.step.statement),
  ]);
}

function place(report: Report, step: ReportStep): string {
  const { runsOn } = step.step;
  return runsOn === "both" ? "both sides" : report.plan[runsOn].serverName;
}

function time(moment: Moment): string {
  return [moment.utc, ...moment.local].map(md).join(", ");
}

function section(title: string, lines: readonly string[]): string {
  return [`## ${title}`, "", ...lines].join("\n");
}

function bullets(title: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : ["", title, "", ...sentences.map((one) => bullet(md(one)))];
}

function listOr(sentences: readonly string[], none: string): readonly string[] {
  return sentences.length === 0 ? [none] : sentences.map((one) => bullet(md(one)));
}

function bullet(text: string): string {
  return `- ${text}`;
}

/** Cells are Markdown already. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)];
}
