// Somebody writes whom no reading shows: the last commit moved between two of them. Pure.
import { ownPosition } from "../../shared/gate/own-position.ts";
import { compareLsn, isKnownLsn } from "../../shared/sql/lsn.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { SidePicture } from "../monitor/link-picture.ts";
import { writersOn } from "../monitor/writers.ts";
import { timeOfDay } from "../ui/age-text.ts";

/** One reading of a side, as far as it tells whether somebody wrote. */
export interface WriteMark {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly server: string;
  readonly lastCommits: Readonly<Record<string, string | null>>;
  /** Whether a session was seen with an open transaction that writes; undefined: it could not be seen. */
  readonly hasWriters: boolean | undefined;
}

/** Undefined while the side does not answer. */
export function writeMark(side: SidePicture, databases: readonly string[]): WriteMark | undefined {
  const { reading, end, answers, name } = side;
  if (!answers || reading === undefined || end === undefined) return undefined;
  const writers = writersOn(side, databases);
  const lastCommits = databases.map((database) => {
    const rows = end.databases.filter((row) => row.databaseName === database);
    const own = ownPosition(rows, end.group.groupId, "primary");
    return [database, own === "noRow" ? null : own.lastCommitLsn] as const;
  });
  return {
    at: reading.at,
    server: name,
    lastCommits: Object.fromEntries(lastCommits),
    hasWriters: writers.kind === "seen" ? writers.sessions.length > 0 : undefined,
  };
}

/** The sentence, where the log moved and neither reading shows who wrote it. */
export function unseenWriter(
  before: WriteMark | undefined,
  now: WriteMark | undefined,
): string | undefined {
  if (before === undefined || now === undefined || before.server !== now.server) return undefined;
  if (before.hasWriters !== false || now.hasWriters !== false) return undefined;
  const moved = Object.entries(now.lastCommits).filter(([database, lsn]) =>
    hasMoved(before.lastCommits[database] ?? null, lsn),
  );
  if (moved.length === 0) return undefined;
  const names = moved.map(([database]) => visibleText(database)).join(", ");
  return `Somebody is still writing on ${visibleText(now.server)}: the last commit of ${names} moved between ${timeOfDay(before.at)} and ${timeOfDay(now.at)}, and no session was seen. Short transactions end between two readings; a system task moves it too.`;
}

function hasMoved(before: string | null, now: string | null): boolean {
  return isKnownLsn(before) && isKnownLsn(now) && compareLsn(now, before) > 0;
}
