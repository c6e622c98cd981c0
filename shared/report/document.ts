// A report as headings, sentences, lists and tables of plain text: what every form of it says, in one order and with the same words.
import type { Side } from "../estate/estate.ts";
import type { ReportBlock, ReportSection } from "./blocks.ts";
import { list, listOr, table, text, time, titledList } from "./blocks.ts";
import type { Report } from "./build.ts";
import { planWords } from "../plan/plan-words.ts";
import { laterSections } from "./later.ts";
import { gate, readBack } from "./reading-sections.ts";
import { visibleText } from "../visible-text.ts";
import { outcomeWords, statements, steps } from "./step-sections.ts";

/** All text is of any origin: each form makes it harmless itself. */
export interface ReportDocument {
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly ReportSection[];
}

export const levelWords = {
  passed: "Ready",
  warning: "Warning",
  failed: "Failed",
  unknown: "Unknown",
  waits: "Waits",
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
    title: `${environment.toUpperCase()}: ${planWords(plan)} ${plan.link.name}`,
    // The plan's own words promise that nothing is given up: they do not come first where that is in doubt.
    summary: report.lossAtRisk?.sentence ?? plan.summary,
    sections: [
      { title: "Result", blocks: result(report) },
      ...givenUp(report),
      { title: "Still to do", blocks: listOr(report.toDo, "Nothing that this run knows of.") },
      ...connections(report),
      ...migration(report),
      { title: "Who and where", blocks: [list(who(report))] },
      { title: "Checks before the start", blocks: [checks(report)] },
      { title: "Steps", blocks: steps(report) },
      { title: "The gate", blocks: gate(report) },
      { title: "Read back", blocks: readBack(report) },
      ...(report.looks.length === 0 ? [] : [{ title: "Looked at later", blocks: [looks(report)] }]),
      ...laterSections(report),
      { title: "Statements of the plan", blocks: statements(report) },
    ],
  };
}

function result(report: Report): readonly ReportBlock[] {
  return [
    { kind: "text", line: { strong: `${outcomeWords[report.outcome]}.`, text: report.verdict } },
    ...titledList("Proved, read back from the servers:", report.proved),
    ...titledList("Unknown:", report.unknown),
    ...titledList(
      "Taken back:",
      report.takenBack.map(({ sentence }) => sentence),
    ),
  ];
}

/** What the operator was told before it was risked, and why it was risked. */
function givenUp({ plan: { loss, reason } }: Report): readonly ReportSection[] {
  if (loss === null) {
    return reason === null ? [] : [{ title: "What was confirmed", blocks: [text(reason)] }];
  }
  const why = reason === null ? [] : [text(`Reason given: ${reason}`)];
  return [{ title: "What was given up, as stated before", blocks: [list(loss), ...why] }];
}

function connections({ repoint }: Report): readonly ReportSection[] {
  if (repoint === undefined) return [];
  const code = repoint.strings.map(
    ({ database, driver, text }) => `${driver}, ${visibleText(database)}: ${text}`,
  );
  return [
    {
      title: "Connection strings",
      blocks: [text(repoint.sentence), { kind: "code", language: "text", text: code.join("\n") }],
    },
  ];
}

function migration({ afterMigration: items }: Report): readonly ReportSection[] {
  if (items === undefined) return [];
  const blocks = items.flatMap(({ sentence, code }): readonly ReportBlock[] => [
    text(sentence),
    ...(code === undefined ? [] : [{ kind: "code", language: "sql", text: code } as const]),
  ]);
  return [{ title: "After the migration", blocks }];
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
    ...(report.lossAtRisk === undefined ? [] : [`Planned: ${plan.summary}`]),
    `Plan approved: ${report.planHash}`,
    `Run: ${report.runId}, MI Link Failover ${report.toolVersion}`,
  ];
}

function server(report: Report, side: Side): string {
  const { serverName, address, productVersion, edition } = report.plan[side];
  const kind = side === "box" ? "SQL Server" : "SQL Managed Instance";
  return `${kind}: ${serverName} at ${address}, ${productVersion === null ? "not read" : `${productVersion}, ${edition ?? "edition not read"}`}, login ${report.logins[side]}`;
}

function checks(report: Report): ReportBlock {
  if (report.findings.length === 0) return text("No checks are on record.");
  return table(
    ["Check", "Server", "Result", "Finding"],
    report.findings.map((finding) => [
      finding.check,
      finding.server === "" ? "both" : finding.server,
      levelWords[finding.level],
      [finding.summary, finding.remedy].filter((part) => part !== "").join(" "),
    ]),
  );
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
