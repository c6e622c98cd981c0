// Azure refused a role change for want of a right and began nothing: the same by T-SQL, through every check again.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import type { RunTools } from "./run-tools.ts";
import type { StatementStep } from "./statement-step.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

export async function byTsql(
  tools: RunTools,
  what: StatementStep,
  refusal: Problem,
): Promise<StepResult> {
  const { instead } = what.step;
  if (instead === undefined) return nothingSent(refusal);
  const step: Step = { ...what.step, runsOn: instead.runsOn, statement: instead.statement };
  const result = await performStatement(tools, { ...what, step });
  const server = tools.plan[instead.runsOn].serverName;
  const sent = step.action.kind === "demote" ? "it" : "FAILOVER";
  return {
    ...result,
    summary: `${result.summary} Azure refused it (${refusal.summary}), so ${sent} was sent to ${server} by T-SQL.`,
  };
}
