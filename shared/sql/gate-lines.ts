// The gate as far as one server can see it alone: for script files, which have no second connection.
import type { GateSettings } from "../choices/choices.ts";
import type { PlannedLink } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import type { GuardedPlace } from "./guard.ts";
import {
  ownCommitLsn,
  remoteLinkState,
  reportedByRemote,
  suspendedCopies,
  writingTransactions,
} from "./link-queries.ts";
import { scriptString } from "./quote.ts";

/** Ends the batch of a script whose gate never opened; nothing was changed then. */
export const gateShutNumber = 50010;

/** How long a script waits for the gate when the plan itself would wait without end. */
export const scriptPatienceSeconds = 60;

/**
 * Reads every few seconds until `leastReadings` in a row over `stableSeconds` showed: nobody writes, the other side is
 * connected and not suspended, its last reported commit is not behind the own one, and that one stands still. Gives up with
 * THROW. Under `acceptUnproved` the log positions are not asked for. Design: *Ready to fail over*, as far as the primary sees it.
 */
export function gateLines(place: GuardedPlace, gate: GateSettings): string[] {
  const { link } = place;
  const readings = Math.max(2, gate.leastReadings);
  const delaySeconds = Math.max(1, Math.ceil(gate.stableSeconds / (readings - 1)));
  const patienceSeconds = gate.giveUpSeconds ?? scriptPatienceSeconds;
  const mostReadings = readings + Math.ceil(patienceSeconds / delaySeconds);
  return [
    "DECLARE @held int = 0, @readings int = 0, @problem nvarchar(1000), @refusal nvarchar(2048);",
    stateVariables,
    ...link.databases.map(
      (_, index) =>
        `DECLARE @own${index} numeric(25, 0), @before${index} numeric(25, 0), @remote${index} numeric(25, 0), @queueKb${index} bigint;`,
    ),
    `WHILE @held < ${readings}`,
    "BEGIN",
    ...[
      `IF @readings >= ${mostReadings} AND @problem IS NOT NULL`,
      "BEGIN",
      `    SET @refusal = ${text(`Not ready on ${place.server.serverName}: `)} + @problem + ${text(" Nothing was changed. Correct it and run the script again.")};`,
      `    THROW ${gateShutNumber}, @refusal, 1;`,
      "END;",
      `IF @readings > 0 WAITFOR DELAY '${clock(delaySeconds)}';`,
      "SET @readings = @readings + 1;",
      ...stateLines(link),
      ...link.databases.flatMap((database, index) => positionLines(link, database, index)),
      ...problemLines([
        ...stateProblems,
        ...(gate.acceptUnproved ? [] : link.databases.flatMap(positionProblems)),
      ]),
      "SET @held = CASE WHEN @problem IS NULL THEN @held + 1 ELSE 0 END;",
      ...link.databases.map((_, index) => `SET @before${index} = @own${index};`),
    ].map(indent),
    "END;",
    ...link.databases.map((database, index) => printPosition(database, `@own${index}`)),
  ];
}

/**
 * What this server says of its own position, for the operator to compare: one PRINT per database. If several rows disagree,
 * the lowest counts on the secondary and the highest on the primary.
 */
export function ownPositionLines(link: PlannedLink, which: "MIN" | "MAX"): string[] {
  return link.databases.flatMap((database, index) => [
    `DECLARE @own${index} numeric(25, 0);`,
    `SET @own${index} = ${ownCommitLsn(which, database)};`,
    printPosition(database, `@own${index}`),
  ]);
}

function positionLines(link: PlannedLink, database: string, index: number): string[] {
  return [
    `SET @own${index} = NULL; SET @remote${index} = NULL; SET @queueKb${index} = NULL;`,
    // If several rows disagree, the highest counts on the primary.
    `SET @own${index} = ${ownCommitLsn("MAX", database)};`,
    `SET @remote${index} = ${reportedByRemote("MIN(d.last_commit_lsn)", link, database)};`,
    `SET @queueKb${index} = ${reportedByRemote("MAX(ISNULL(d.log_send_queue_size, 0) + ISNULL(d.redo_queue_size, 0))", link, database)};`,
  ];
}

/** Condition and sentence: what is wrong, in the operator's words. */
export type Problem = readonly [condition: string, sentence: string];

/** Variables of `stateLines` and `stateProblems`. */
export const stateVariables = "DECLARE @connected nvarchar(60), @suspended int, @writers int;";

/** What only the primary sees: the other side's connection, suspended copies, writing transactions. */
export function stateLines(link: PlannedLink): string[] {
  return [
    // First NULL: a query that fails leaves a variable as it was.
    "SET @connected = NULL; SET @suspended = NULL; SET @writers = NULL;",
    `SET @connected = ${remoteLinkState("rs.connected_state_desc", link)};`,
    `SET @suspended = ${suspendedCopies(link)};`,
    `SET @writers = ${writingTransactions(link)};`,
  ];
}

export const notConnected: Problem = [
  "@connected IS NULL OR @connected <> N'CONNECTED'",
  "the other side is not connected, or this login may not see it.",
];
export const isSuspended: Problem = [
  "@suspended IS NULL OR @suspended > 0",
  "data movement is suspended, or this login may not see it.",
];
export const isWritten: Problem = [
  "@writers IS NULL OR @writers > 0",
  "sessions are still writing, or this login may not see them. Stop the workload.",
];

const stateProblems: readonly Problem[] = [notConnected, isSuspended, isWritten];

/** Sets `@problem` to the first sentence that applies, or NULL; a value that could not be read is a problem. */
export function problemLines(problems: readonly Problem[]): string[] {
  return [
    "SET @problem = CASE",
    ...problems.map(([condition, sentence]) => `    WHEN ${condition} THEN ${text(sentence)}`),
    "    END;",
  ];
}

/** The own last_commit_lsn of one database as `@own<index>`; without it nothing is proved. */
export function ownUnknown(database: string, index: number): Problem {
  return [
    `@own${index} IS NULL OR @own${index} = 0`,
    `the own last_commit_lsn of ${database} is not known here; use MI Link Failover, which sees both sides.`,
  ];
}

function positionProblems(database: string, index: number): readonly Problem[] {
  return [
    ownUnknown(database, index),
    [`@own${index} <> @before${index}`, `something still commits in ${database}.`],
    [
      `@remote${index} IS NULL OR @remote${index} < @own${index}`,
      `the other side has not reported the last commit of ${database}.`,
    ],
    [
      `@queueKb${index} IS NULL OR @queueKb${index} > 0`,
      `log of ${database} still waits to be sent or redone.`,
    ],
  ];
}

function printPosition(database: string, variable: string): string {
  return `PRINT ${text(`Own last_commit_lsn of ${database}: `)} + ISNULL(CAST(${variable} AS nvarchar(30)), N'not known') + N'.';`;
}

function indent(lines: string): string {
  return lines.replaceAll(/^/gmu, "    ");
}

function clock(seconds: number): string {
  const part = (value: number): string => String(Math.trunc(value)).padStart(2, "0");
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(part).join(":");
}

function text(sentence: string): string {
  return scriptString(visibleText(sentence));
}
