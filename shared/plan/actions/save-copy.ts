// Saves what only one copy holds, before that copy is given up: the backup is then the only place where it is.
import type { Side } from "../../estate/estate.ts";
import type { GuardedPlace } from "../../sql/guard.ts";
import { guardedBatch, guardedStatement } from "../../sql/guard.ts";
import {
  backupStatement,
  coverage,
  hasBackup,
  noWritersCheck,
  verifyBackupLines,
} from "../../sql/save-copy.ts";
import { takeLockLines } from "../../sql/script-batch.ts";
import { lockOf } from "../planned-server.ts";
import { notProvedNumber } from "../../sql/verify-lines.ts";
import type { Action, ExpectedRole } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { offlineRoles, sourceChecks } from "./offline-source.ts";
import { twoPrimaryRoles } from "./wait-for-no-writers.ts";

type SaveCopy = Extract<Action, { kind: "saveCopy" }>;

const methods = {
  log: "Back up the log",
  logNoTruncate: "Back up the tail of the log (NO_TRUNCATE)",
  database: "Take a COPY_ONLY full backup",
} as const;

export function saveCopyForm(action: SaveCopy, frame: PlanFrame): ActionForm {
  const { side, database, attempt, method, to } = action;
  const { serverName } = frame[side];
  const isOffline = frame.kind === "offlineFailBack";
  const isPrimary = isOffline || frame.move === "demote";
  const place: GuardedPlace = {
    side,
    server: frame[side],
    link: frame.link,
    roles: isPrimary ? ["PRIMARY"] : ["SECONDARY", "RESOLVING"],
  };
  const writers = isPrimary ? [noWritersCheck(frame.link)] : [];
  const statement = isOffline
    ? guardedStatement(frame[side], [...sourceChecks(place), ...writers], backupStatement(action))
    : guardedBatch(place, writers, backupStatement(action));
  const again = attempt === 2 ? ", once more where the log has moved" : "";
  return {
    slug: attempt === 1 ? `save-copy-${side}` : `save-copy-${side}-again`,
    title: `${methods[method]} of ${database} on ${serverName}${again}`,
    sentence: `${methods[method]} of ${database} on ${serverName} to ${to}.`,
    runsOn: side,
    why: isOffline
      ? `${frame.box.serverName} is to restore it; the copy on ${serverName} stays as it is.`
      : `What only ${serverName} holds is discarded when it becomes secondary: this backup is then the only copy.`,
    rolesBefore: isOffline ? offlineRoles(frame) : isPrimary ? twoPrimaryRoles : secondaryOn(side),
    statement,
    doneWhen:
      attempt === 1
        ? `msdb on ${serverName} shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.`
        : `The same, or the first backup held everything.`,
    undo: () =>
      method === "database"
        ? { kind: "undoable", how: `Delete ${to}.` }
        : {
            kind: "irreversible",
            why: `A log backup belongs to its chain: keep ${to}, whatever comes of the repair.`,
          },
    safeToStopAfter: true,
    // Going on without it is another plan, whose loss is approved.
    onFailure: "stopRun",
    script: {
      [side]: {
        text: [
          ...takeLockLines(lockOf(frame, side)),
          scriptText(action, statement, isOffline),
        ].join("\n"),
        endsWith: "batch",
      },
    },
  };
}

/** A file has no memory: that the second backup is needed is read from msdb. */
function scriptText(
  { database, attempt, to }: SaveCopy,
  statement: string,
  isOffline: boolean,
): string {
  const proved = [
    `IF NOT ${hasBackup(database, to)}`,
    `    THROW ${notProvedNumber}, N'Not proved: msdb does not show this backup. Nothing is ${isOffline ? "restored" : "demoted"} without it.', 1;`,
    ...verifyBackupLines(to),
  ];
  if (attempt === 1) return [statement, ...proved].join("\n");
  const first = `${to.slice(0, -"2.bak".length)}1.bak`;
  return [
    // Where no position is told a further backup proves no more than the first.
    `IF ${coverage(database, [first])} ${isOffline ? "NOT IN (N'covered', N'not known')" : "<> N'covered'"}`,
    "BEGIN",
    statement,
    ...proved,
    "END;",
    ...(isOffline
      ? [
          `ELSE IF ${coverage(database, [first])} = N'not known'`,
          "    PRINT N'Where the log stands is not told: that the first backup holds everything is not proved.';",
        ]
      : []),
    `ELSE PRINT N'The first backup holds everything.';`,
  ].join("\n");
}

function secondaryOn(side: Side): Readonly<Record<Side, ExpectedRole>> {
  return side === "box" ? { box: "any", instance: "unasked" } : { box: "unasked", instance: "any" };
}
