// hybrid-benefit: tells Azure whether the instance only follows SQL Server, which its licence is reckoned by.
import type { HybridRequest } from "../run/make-hybrid-plan.ts";
import { planHybrid } from "../run/make-hybrid-plan.ts";
import { approvalProblem, askApproval } from "./approval.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import type { TaskOptions } from "./task-options.ts";
import { runTask, showTask } from "./task.ts";

type HybridOptions = Extract<TaskOptions, { kind: "hybridBenefit" }>;

export async function hybridBenefit(context: Context, choices: HybridOptions): Promise<ExitCode> {
  const { options } = context;
  const { linkName, environment } = options;
  const request: HybridRequest = { linkName, environment, choices };
  const plan = () => planHybrid(context.sources, request, context.clock);
  const planning = await plan();
  if (options.command !== "run") return showTask(context, planning);
  return runTask(
    context,
    { planning, planAgain: plan },
    async (approved) =>
      approvalProblem(options, approved) ?? (await askApproval(context, approved)),
  );
}
