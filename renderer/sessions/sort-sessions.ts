// The order of the sessions that write: by the column that was clicked. Pure.
import type { WritingSession } from "../../shared/estate/estate.ts";

export const sessionColumns = [
  "session",
  "login",
  "host",
  "program",
  "database",
  "since",
  "log",
] as const;
export type SessionColumn = (typeof sessionColumns)[number];

export interface SessionOrder {
  readonly column: SessionColumn;
  readonly direction: "ascending" | "descending";
}

/** Longest open first. */
export const longestFirst: SessionOrder = { column: "since", direction: "ascending" };

/** The same column again turns the order round. */
export function orderAfterClick(order: SessionOrder, column: SessionColumn): SessionOrder {
  const isTurned = order.column === column && order.direction === "ascending";
  return { column, direction: isTurned ? "descending" : "ascending" };
}

/** What is not known stands last, whichever way. Equal ones keep the order of their transactions. */
export function sorted(
  sessions: readonly WritingSession[],
  { column, direction }: SessionOrder,
): readonly WritingSession[] {
  const turn = direction === "ascending" ? 1 : -1;
  return sessions.toSorted((one, other) => {
    const [first, second] = [valueOf(one, column), valueOf(other, column)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return turn * compared(first, second) || one.transactionId.localeCompare(other.transactionId);
  });
}

function compared(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other));
}

function valueOf(one: WritingSession, column: SessionColumn): string | number | null {
  const { session } = one;
  switch (column) {
    case "session":
      return session?.sessionId ?? null;
    case "login":
    case "host":
    case "program":
      return session?.[column] ?? null;
    case "database":
      return one.databaseName;
    case "since":
      return one.since;
    case "log":
      return one.logBytes;
  }
}
