// What the T-SQL files of a plan are called, and which steps stand in which.
import type { Side } from "../estate/estate.ts";
import type { Plan } from "../plan/plan.ts";

/** `after`: what follows the removal of the link, which no T-SQL can do. */
export type Phase = "first" | "after";

export const closeFileName = "4-close-old-copy.sql";
export const reopenFileName = "4-reopen-old-copy.sql";

/** Numbered in the order in which they are opened: the primary's own first. */
export function tsqlFileName(plan: Plan, side: Side, phase: Phase): string {
  const server = side === "box" ? "sql-server" : "managed-instance";
  if (phase === "after") return `3-${server}-after.sql`;
  return `${side === plan.from || plan.kind === "forcedFailover" ? 1 : 2}-${server}.sql`;
}

/** The servers that have a file: in a forced failover the other one may be gone. */
export function fileSidesOf({ kind, from, to }: Plan): readonly Side[] {
  return kind === "forcedFailover" ? [to] : [from, to];
}

/** One file per server; two where the link is removed. */
export function phasesOf({ keepLink }: Plan): readonly Phase[] {
  return keepLink ? ["first"] : ["first", "after"];
}

/** The numbers of a phase's steps in the plan, from 0 on: the removal itself ends the first. */
export function stepsOf({ steps }: Plan, phase: Phase): readonly number[] {
  const removal = steps.findIndex(({ action }) => action.kind === "removeLink");
  return [...steps.keys()].filter((index) =>
    phase === "after" ? removal !== -1 && index > removal : removal === -1 || index <= removal,
  );
}
