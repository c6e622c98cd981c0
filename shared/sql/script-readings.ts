// What a script that reaches both servers asks of one of them: answers of one row, read by PowerShell and bash alike. Changes nothing.
import type { GateSettings } from "../choices/choices.ts";
import { fullBackupsSince } from "./backup-queries.ts";
import type { Problem } from "./gate-lines.ts";
import {
  isSuspended,
  isWritten,
  notConnected,
  ownUnknown,
  problemLines,
  stateLines,
  stateVariables,
} from "./gate-lines.ts";
import type { GuardedPlace } from "./guard.ts";
import { contextChecks, guardLines, nodeChecks, placeChecks } from "./guard.ts";
import {
  linkGroupId,
  ownCommitLsn,
  ownRedoQueue,
  remoteLinkState,
  updateability,
} from "./link-queries.ts";
import { releaseLockLines, takeLockLines } from "./script-batch.ts";
import { groupIdOn } from "../plan/planned-server.ts";

/**
 * Every reading answers one row, in a column `answer`: `shut <sentence>`, or `open` with what it has to add: the digits of a
 * position for each database in the plan's order. An error says that nothing was read: another server, node, version, link or
 * role than planned, a missing right, or somebody else's lock.
 */
export function gateReading(
  place: GuardedPlace,
  end: "primary" | "secondary",
  gate: GateSettings,
): string {
  const { link } = place;
  const proved = gate.acceptUnproved ? [] : link.databases;
  return reading(place, {
    declared: [stateVariables, ...ownVariables(proved)],
    read: [...stateLines(link), ...ownLines(proved, end === "primary" ? "MAX" : "MIN")],
    problems: [
      ...(end === "primary" ? [notConnected, isSuspended, isWritten] : [isSuspended]),
      ...proved.map(ownUnknown),
    ],
    own: proved.length,
  });
}

/** Both sides in their planned roles, and nothing else: before a removal that no gate guards. */
export function rolesReading(place: GuardedPlace): string {
  return reading(place, { declared: [], read: [], problems: [], own: 0 });
}

/** Whether the side that takes over has worked through everything that has arrived. */
export function redoReading(place: GuardedPlace): string {
  return reading(place, {
    declared: [],
    read: [],
    problems: [[`${ownRedoQueue(place.link)} > 0`, "what has arrived is still being redone."]],
    own: 0,
  });
}

/**
 * Whether every database has a full backup since a time in the instance's own clock. The batch wants a line before it:
 * `DECLARE @since datetime = ...`.
 */
export function fullBackupReading(place: GuardedPlace): string {
  return reading(place, {
    declared: [],
    read: [],
    problems: place.link.databases.map((database): Problem => [
      `${fullBackupsSince(database, "@since")} = 0`,
      `no full backup of ${database} since the failover is seen in msdb.`,
    ]),
    own: 0,
  });
}

/** The server's own clock as text, the only row: `at 2026-11-21T20:00:00.123`. */
export const clockReading = [
  "SET NOCOUNT ON;",
  "SELECT N'at ' + CONVERT(varchar(33), GETDATE(), 126) AS answer;",
].join("\n");

/** The new primary has let go of a deleted link and can be written. */
export function aloneReading(place: GuardedPlace): string {
  const { link } = place;
  return unlocked(place, {
    declared: [],
    read: [],
    problems: [
      [`${linkGroupId(link)} IS NOT NULL`, "the link is still shown."],
      ...link.databases.map((database): Problem => [
        `ISNULL(${updateability(database)}, N'') <> N'READ_WRITE'`,
        `${database} cannot be written yet.`,
      ]),
    ],
    own: 0,
  });
}

/** SQL Server has noticed that its other side is gone. */
export function partedReading(place: GuardedPlace): string {
  return unlocked(place, {
    declared: [],
    read: [],
    problems: [
      [
        `${remoteLinkState("rs.connected_state_desc", place.link)} = N'CONNECTED'`,
        "the other side of the link still answers.",
      ],
    ],
    own: 0,
  });
}

/** Who writes to an old copy, and where its log stands: `0` where no availability group tells it. */
export function oldCopyReading(place: GuardedPlace): string {
  const { link } = place;
  return unlocked(place, {
    declared: [stateVariables, ...ownVariables(link.databases)],
    read: [...stateLines(link), ...ownLines(link.databases, "MAX")],
    problems: [["@writers IS NULL OR @writers > 0", "sessions write to it."]],
    own: link.databases.length,
  });
}

interface Parts {
  readonly declared: readonly string[];
  readonly read: readonly string[];
  readonly problems: readonly Problem[];
  /** How many `@own<index>` follow an `open`. */
  readonly own: number;
}

/** As planned in every respect, and nobody else's lock on the link. */
function reading(place: GuardedPlace, parts: Parts): string {
  const groupId = groupIdOn(place.link, place.side);
  return [
    ...guarded(placeChecks(place)),
    ...takeLockLines(groupId),
    ...answered(parts),
    ...releaseLockLines(groupId),
  ].join("\n");
}

/** Where the link, its role and its lock are behind us: the server and the node alone. */
function unlocked(place: GuardedPlace, parts: Parts): string {
  return [...guarded([...contextChecks(place), ...nodeChecks(place)]), ...answered(parts)].join(
    "\n",
  );
}

function guarded(checks: Parameters<typeof guardLines>[0]): string[] {
  return ["SET NOCOUNT ON;", ...guardLines(checks, "guard")];
}

function answered({ declared, read, problems, own }: Parts): string[] {
  const positions = Array.from(
    { length: own },
    (_, index) => `N' ' + ISNULL(CAST(@own${index} AS nvarchar(30)), N'0')`,
  );
  return [
    "DECLARE @problem nvarchar(1000);",
    ...declared,
    ...read,
    ...(problems.length === 0 ? [] : problemLines(problems)),
    `SELECT CASE WHEN @problem IS NULL THEN ${["N'open'", ...positions].join(" + ")} ELSE N'shut ' + @problem END AS answer;`,
  ];
}

function ownVariables(databases: readonly string[]): string[] {
  return databases.map((_, index) => `DECLARE @own${index} numeric(25, 0);`);
}

function ownLines(databases: readonly string[], which: "MIN" | "MAX"): string[] {
  return databases.map((database, index) => `SET @own${index} = ${ownCommitLsn(which, database)};`);
}

/** What `fullBackupReading` wants before it. `time`: ISO 8601, checked by whoever puts it in. */
export function sinceLine(time: string): string {
  return `DECLARE @since datetime = CONVERT(datetime, '${time}', 126);`;
}
