// Whether the plan is the one that was approved, by its hash on the command line or by the operator's own word.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { Context } from "./context.ts";
import type { Options } from "./options.ts";
import { UsageError } from "./usage-error.ts";
import { planLines } from "./words.ts";
import { visibleText } from "../../shared/visible-text.ts";

const shownDigits = 8;

interface Approvable {
  readonly plan: Plan;
  readonly hash: string;
}

/** A hash was given and it is another plan's. */
export function approvalProblem(
  { approve }: Options,
  { plan, hash }: Approvable,
): Problem | undefined {
  if (approve === undefined || approve === hash) return undefined;
  return {
    code: "planNoLongerFits",
    class: "block",
    summary: `The plan no longer fits: ${approve} was approved, and what both sides show now gives ${hash}: from ${visibleText(plan[plan.from].serverName)} to ${visibleText(plan[plan.to].serverName)}. Nothing was sent.`,
    remedy: "Look at the new plan with `mi-link-failover plan`.",
  };
}

/** Without a hash somebody must say yes on the terminal. Throws UsageError where there is none. */
export async function askApproval(
  { options, terminal }: Context,
  { plan, hash }: Approvable,
): Promise<Problem | undefined> {
  if (options.approve !== undefined) return undefined;
  if (!terminal.isInteractive) {
    throw new UsageError("Without a terminal, run needs --approve HASH; `plan` shows the hash.");
  }
  terminal.tell(planLines(plan, hash).join("\n"));
  const start = hash.slice(0, shownDigits);
  const word = await terminal.ask(`\nType yes, or ${start}, to run this plan: `);
  if (["yes", start].includes(word.trim().toLowerCase())) return undefined;
  return {
    code: "notApproved",
    class: "block",
    summary: "The plan was not approved. Nothing was sent.",
    remedy: "Start again when it is to run.",
  };
}
