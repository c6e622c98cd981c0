// What was read on Results after a run, by hand: kept beside its journal, and told in its report with the time of the reading.
import { z } from "zod";
import type { Side } from "../estate/estate.ts";
import type { RowCounts } from "../rows/row-counts.ts";
import { comparedTables, rowNotes, rowVerdict } from "../rows/row-counts.ts";
import { connectedNote, connectedSchema, connectedSentence } from "../sessions/connected.ts";
import type { ReportBlock, ReportSection } from "./blocks.ts";
import { list, table, text } from "./blocks.ts";
import type { Report } from "./build.ts";

const sideRows = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unreadable"), because: z.string() }),
  z.strictObject({
    kind: z.literal("seen"),
    serverName: z.string(),
    serverTime: z.string(),
    tables: z
      .array(
        z.strictObject({
          schemaName: z.string(),
          tableName: z.string(),
          rowTotal: z.number().nullable(),
        }),
      )
      .readonly(),
  }),
]);

const laterReading = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("rows"),
    /** This tool's clock, ISO 8601 UTC. */
    at: z.string(),
    counts: z.strictObject({
      database: z.string(),
      sides: z.strictObject({ box: sideRows, instance: sideRows }),
    }),
  }),
  z.strictObject({
    kind: z.literal("connected"),
    at: z.string(),
    side: z.enum(["box", "instance"]),
    connected: connectedSchema,
  }),
]);

export const laterReadings = z.array(laterReading);
export type LaterReading = z.infer<typeof laterReading>;

/** The newest of each kind, side and database; the others are forgotten. */
export function withLater(
  before: readonly LaterReading[],
  reading: LaterReading,
): readonly LaterReading[] {
  return [...before.filter((one) => topicOf(one) !== topicOf(reading)), reading];
}

function topicOf(one: LaterReading): string {
  return one.kind === "rows" ? `rows ${one.counts.database}` : `connected ${one.side}`;
}

export function laterSections(report: Report): readonly ReportSection[] {
  const { later = [] } = report;
  return later.map((one) =>
    one.kind === "rows"
      ? rowsSection(one)
      : connectedSection(one, report.plan[one.side].serverName),
  );
}

function readAt(at: string): string {
  return `Read by hand at ${at.slice(0, 19).replace("T", " ")} UTC, after the run.`;
}

function rowsSection({ at, counts }: Extract<LaterReading, { kind: "rows" }>): ReportSection {
  const { sentence } = rowVerdict(counts);
  const title = `Rows on both sides: ${counts.database}`;
  const blocks = [text(readAt(at)), text(sentence), rowsTable(counts), list(rowNotes(counts))];
  return { title, blocks };
}

function rowsTable(counts: RowCounts): ReportBlock {
  const cell = (rows: number | null) => (rows === null ? "not told" : String(rows));
  return table(
    ["Table", "SQL Server", "Managed instance"],
    comparedTables(counts).map(({ table: name, box, instance }) => [
      name,
      cell(box),
      cell(instance),
    ]),
  );
}

function connectedSection(
  { at, connected }: Extract<LaterReading, { kind: "connected" }>,
  server: string,
): ReportSection {
  const seen =
    connected.kind === "unreadable" || connected.sessions.length === 0
      ? []
      : [
          table(
            [
              "Session",
              "Login",
              "Host",
              "Program",
              "Database",
              "Last request",
              "Open transactions",
            ],
            connected.sessions.map((one) => [
              String(one.sessionId),
              one.login,
              one.host ?? "unknown",
              one.program ?? "unknown",
              one.database,
              one.lastRequest ?? "unknown",
              String(one.openTransactions),
            ]),
          ),
        ];
  const own = connected.kind === "seen" ? ` Its own time: ${connected.serverTime}.` : "";
  return {
    title: `Who still connects to ${server}`,
    blocks: [
      text(readAt(at) + own),
      text(connectedSentence(connected, server)),
      ...seen,
      text(connectedNote),
    ],
  };
}

/** The side that was primary before, where the run was to move the role; undefined: there is no old side. */
export function oldSideOf({ plan }: Pick<Report, "plan">): Side | undefined {
  return plan.kind === "plannedFailover" || plan.kind === "forcedFailover" ? plan.from : undefined;
}
