// clean-up: what a link that is gone has left behind, listed with what still uses it, and removed where it was chosen.
import { stillUsedBy } from "../../shared/clean-up/leftovers.ts";
import type { Leftover } from "../../shared/clean-up/leftovers.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { CleanUpPlanning, CleanUpRequest } from "../run/make-clean-up-plan.ts";
import { findLeftovers, planCleanUp } from "../run/make-clean-up-plan.ts";
import { notConfirmed } from "./confirm.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { answer } from "./output.ts";
import type { TaskOptions } from "./task-options.ts";
import { runTask, showTask } from "./task.ts";
import { UsageError } from "./usage-error.ts";
import { findingLines } from "./words.ts";

type CleanUpOptions = Extract<TaskOptions, { kind: "cleanUp" }>;

export async function cleanUp(context: Context, { remove }: CleanUpOptions): Promise<ExitCode> {
  const { options } = context;
  if (options.command === "check" && remove.length === 0) return list(context);
  if (options.linkName === undefined) {
    throw new UsageError("clean-up needs --link NAME, the link that is gone, beside --remove.");
  }
  if (remove.length === 0) throw new UsageError("clean-up removes only what --remove names.");
  const { environment, linkName } = options;
  const request: CleanUpRequest = { linkName, remove, environment };
  const plan = (): Promise<CleanUpPlanning> =>
    planCleanUp(context.sources, request, context.clock, operationsOf(context));
  const planning = await plan();
  if (options.command !== "run") return showTask(context, planning);
  return runTask(context, { planning, planAgain: plan }, (approved) =>
    notConfirmed(context, approved, {
      what: "a clean-up",
      shownBy: "`clean-up plan`",
      first: [],
      risk: "What is dropped does not come back by itself.",
      purpose: "to remove it",
    }),
  );
}

function operationsOf({ azure }: Context) {
  return azure === undefined ? undefined : () => azure.linkOperations();
}

async function list(context: Context): Promise<ExitCode> {
  const found = await findLeftovers(context.sources, context.clock, operationsOf(context));
  const { leftovers, unread } = found;
  answer(context, { leftovers, findings: unread }, [
    ...(leftovers.length === 0 ? ["Nothing that a link leaves behind was found."] : []),
    ...leftovers.flatMap(leftoverLines),
    ...(found.seen.trustCertificates === null
      ? ["Azure was not asked: --azure-cli lists the certificates that the instance trusts."]
      : []),
    ...findingLines(unread),
  ]);
  return unread.length === 0 ? exitCodes.done : exitCodes.unknown;
}

function leftoverLines(leftover: Leftover): readonly string[] {
  const uses = stillUsedBy(leftover, new Set());
  const state = leftover.isListedOnly
    ? "Listed only."
    : uses.length === 0
      ? "Nothing uses it any more."
      : `Still used by ${uses.join(", ")}.`;
  return [
    visibleText(leftover.key),
    `  ${visibleText(leftover.sentence)}`,
    `  ${visibleText(state)}`,
  ];
}
