// What one side of the link last said in a run, and what is expected of it at its end.
import type { Role, Side } from "../../shared/estate/estate.ts";
import type { RunState } from "../../shared/run/state.ts";

/** A role in the link, or that the side does not know the link: never, or not any more. */
export type LinkRole = Role | "noLink";

/** A role that a side said itself, with the time of it, ms since 1970. `role` null: it did not say. */
export interface SaidRole {
  readonly role: LinkRole | null;
  readonly atMs: number;
}

/** The role of a side as the run itself read it back last. */
export function lastRole(run: RunState, side: Side): SaidRole | undefined {
  const said = run.steps.flatMap(({ readBack }): SaidRole[] => {
    const seen = readBack?.sides[side];
    if (readBack === undefined || seen === undefined || seen.kind === "unreadable") return [];
    const role = seen.kind === "seen" ? seen.role : "noLink";
    return [{ role, atMs: Date.parse(readBack.at) }];
  });
  return said.at(-1);
}

/** The newest words of a side in the step at work, or in the last one that said any. */
export function lastWords(run: RunState, side: Side): string | undefined {
  const said = run.steps.findLast(({ seen }) => seen.some(({ where }) => where === side));
  return said?.seen.findLast(({ where }) => where === side)?.what;
}

/** The roles both sides are to show when the plan is done. */
export function expectedRole(run: RunState, side: Side): LinkRole | undefined {
  const plan = run.started?.plan;
  if (plan === undefined) return undefined;
  if (!plan.keepLink) return "noLink";
  return plan.to === side ? "PRIMARY" : "SECONDARY";
}

/** The roles the plan was approved with. */
export function plannedRole(run: RunState, side: Side): Role | undefined {
  const plan = run.started?.plan;
  if (plan === undefined) return undefined;
  return plan.from === side ? "PRIMARY" : "SECONDARY";
}
