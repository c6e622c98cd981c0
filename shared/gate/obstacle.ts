// What in one reading alone keeps the gate shut, whatever came before.
import type { GateSettings } from "../choices/choices.ts";
import type { WritingSession } from "../estate/estate.ts";
import type { GateReason } from "./gate.ts";
import type { GateQuestion } from "./question.ts";
import { secondaryOf } from "./question.ts";
import type { DatabaseGateReading, GateReading, OwnPosition } from "./reading.ts";

/** A database of which every row is there. */
export interface SeenDatabase extends DatabaseGateReading {
  readonly primary: OwnPosition;
  readonly secondary: OwnPosition;
}

/** The first obstacle in the order of `GateReason`; undefined when only positions and time are left to judge. */
export function obstacleIn(
  reading: GateReading,
  settings: GateSettings,
  question: GateQuestion,
): GateReason | undefined {
  if (reading.unread.length > 0) {
    const isForbidden = reading.unread.every(({ problem }) => problem.code === "noPermission");
    return isForbidden ? "notAllowedToSee" : "cannotRead";
  }
  if (!rolesAreAsPlanned(reading, question)) return "rolesMoved";
  // Written so that a value that is not a number shuts too.
  if (!(reading.spreadMs <= settings.maxSpreadMs)) return "readingTooSpread";
  if (reading.writers.kind !== "seen") {
    return reading.writers.kind === "notAllowed" ? "notAllowedToSee" : "cannotRead";
  }
  const databases = seenDatabases(reading);
  if (databases.length === 0 || !allSeen(databases, question)) return "noRow";
  if (databases.some((database) => !isMoving(database))) return "suspended";
  if (databases.some(({ remote }) => remote.connectedState !== "CONNECTED")) return "notConnected";
  return countedWriters(reading.writers.value).length > 0 ? "writing" : undefined;
}

/** The databases that both sides show, and whose remote row the primary shows. */
export function seenDatabases(reading: GateReading): readonly SeenDatabase[] {
  return reading.databases.flatMap((one) => {
    const { primary, secondary } = one;
    const isSeen = primary !== "noRow" && secondary !== "noRow" && one.remote.isSuspended !== null;
    return isSeen ? [{ ...one, primary, secondary }] : [];
  });
}

function allSeen(databases: readonly SeenDatabase[], question: GateQuestion): boolean {
  return question.databases.every((name) => databases.some(({ database }) => database === name));
}

/** Everything but what is proved to be a system transaction. */
export function countedWriters(writers: readonly WritingSession[]): readonly WritingSession[] {
  return writers.filter((writer) => writer.origin !== "system");
}

/** Not suspended on either side; a side that does not say so is not taken as moving. */
export function isMoving(database: SeenDatabase): boolean {
  return [database.primary, database.secondary, database.remote].every(
    (row) => row.isSuspended === false,
  );
}

/** Whether a side is the planned server, on its group's primary node, in the planned role. */
function rolesAreAsPlanned(reading: GateReading, question: GateQuestion): boolean {
  const { primary, serverNames } = question;
  return (["box", "instance"] as const).every((side) => {
    const seen = reading.roles[side];
    return (
      seen !== null &&
      seen.serverName === serverNames[side] &&
      seen.isLocalPrimary !== false &&
      seen.role === (side === secondaryOf(primary) ? "SECONDARY" : "PRIMARY")
    );
  });
}
