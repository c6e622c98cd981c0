// What one side of the link last said in a run, and what is expected of it at its end.
import type { Role, Side } from "../../shared/estate/estate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";

/** A role that a side said itself, with the time of it, ms since 1970. `role` null: it did not say. */
export interface SaidRole {
  readonly role: Role | null;
  readonly atMs: number;
}

/** The role of a side as the run itself read it back last; a side without the link has none. */
export function lastRole(run: RunState, side: Side): SaidRole | undefined {
  const said = run.steps.flatMap(({ readBack }) => {
    const seen = readBack?.sides[side];
    return readBack === undefined || seen === undefined || seen.kind === "unreadable"
      ? []
      : [{ role: seen.kind === "seen" ? seen.role : null, atMs: Date.parse(readBack.at) }];
  });
  return said.at(-1);
}

/** The watch knows no role any more once the link is gone; the run has read why. */
export function roleShown<Known extends string>(
  run: RunState,
  side: Side,
  role: Known | "unknown",
): Known | "unknown" | "absent" {
  return role === "unknown" && isWithoutLink(run, side) ? "absent" : role;
}

/** Whether the side said, when it was last read back, that it has no such link. */
function isWithoutLink(run: RunState, side: Side): boolean {
  const last = run.steps.findLast(
    ({ readBack }) => readBack !== undefined && readBack.sides[side].kind !== "unreadable",
  );
  return last?.readBack?.sides[side].kind === "withoutLink";
}

/** The newest words of a side in the step at work, or in the last one that said any. */
export function lastWords(run: RunState, side: Side): string | undefined {
  const said = run.steps.findLast(({ seen }) => seen.some(({ where }) => where === side));
  return said?.seen.findLast(({ where }) => where === side)?.what;
}

/** What both sides are to show when the plan is done; undefined where nobody asks. */
export function expectedRole(run: RunState, side: Side): Role | "absent" | undefined {
  const plan = run.started?.plan;
  if (plan === undefined || isNotAsked(plan, side)) return undefined;
  if (!plan.keepLink) return "absent";
  return plan.to === side ? "PRIMARY" : "SECONDARY";
}

/** The roles the plan was approved with. */
export function plannedRole(run: RunState, side: Side): Role | undefined {
  const plan = run.started?.plan;
  if (plan === undefined || isNotAsked(plan, side)) return undefined;
  // Two primaries, or none.
  if (plan.kind === "repair") return plan.move === "demote" ? "PRIMARY" : "SECONDARY";
  return plan.from === side ? "PRIMARY" : "SECONDARY";
}

/** The side that a forced failover gives up. */
function isNotAsked({ kind, from }: Plan, side: Side): boolean {
  return kind === "forcedFailover" && side === from;
}
