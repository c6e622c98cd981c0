// The log positions of both sides, each column compared with the same column of the other side only. Pure.
import { ownPosition } from "../../shared/gate/own-position.ts";
import { compareLsn, isKnownLsn } from "../../shared/sql/lsn.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { LinkPicture, SidePicture } from "./link-picture.ts";

export interface LsnRow {
  readonly kind: "lsn";
  readonly label: string;
  readonly box: string | null;
  readonly instance: string | null;
  /** `behind`: the secondary's is lower. Only the commit's row says it; the others are for information. */
  readonly verdict: "level" | "behind" | "notKnown" | null;
}

/** The rows of one database of the link. */
export function lsnRows(picture: LinkPicture, database: string): readonly LsnRow[] {
  const suffix = picture.databases.length === 1 ? "" : `, ${visibleText(database)}`;
  const [box, instance] = [picture.sides.box, picture.sides.instance].map((side) =>
    positionOf(picture, side, database),
  );
  const row = (label: string, column: Column): LsnRow => {
    const values = { box: known(box, column), instance: known(instance, column) };
    const verdict = column === "lastCommitLsn" ? verdictOf(picture, values) : null;
    return { kind: "lsn", label: `${label}${suffix}`, ...values, verdict };
  };
  return [
    row("last_commit_lsn", "lastCommitLsn"),
    row("end_of_log_lsn", "endOfLogLsn"),
    row("last_hardened_lsn", "lastHardenedLsn"),
  ];
}

type Column = "lastCommitLsn" | "endOfLogLsn" | "lastHardenedLsn";
type Position = ReturnType<typeof ownPosition> | undefined;

function positionOf(picture: LinkPicture, side: SidePicture, database: string): Position {
  if (side.end === undefined) return undefined;
  const rows = side.end.databases.filter((row) => row.databaseName === database);
  const end = picture.primary === side.side ? "primary" : "secondary";
  return ownPosition(rows, side.end.group.groupId, end);
}

function known(position: Position, column: Column): string | null {
  if (position === undefined || position === "noRow") return null;
  const value = position[column];
  return isKnownLsn(value) ? value : null;
}

function verdictOf(
  { primary, sides }: LinkPicture,
  { box, instance }: { readonly box: string | null; readonly instance: string | null },
): LsnRow["verdict"] {
  // An old number beside a new one compares nothing.
  if (!sides.box.answers || !sides.instance.answers) return "notKnown";
  if (primary === undefined || box === null || instance === null) return "notKnown";
  const [own, other] = primary === "box" ? [box, instance] : [instance, box];
  return compareLsn(other, own) >= 0 ? "level" : "behind";
}
