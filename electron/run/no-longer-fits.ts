// Why an approved plan may not run: what is not as planned, stands in its way or is a new warning, in one sentence.
import type { Finding } from "../../shared/checks/finding.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { notAsPlanned } from "./as-planned.ts";
import type { LinkLook } from "./link-look.ts";

/** `findings` and `look`: what both sides show now, which gives another plan or none. */
export function noLongerFits(plan: Plan, findings: readonly Finding[], look: LinkLook): Problem {
  const first = plan.steps[0];
  const moved = first === undefined ? undefined : notAsPlanned(plan, first.rolesBefore, look);
  // The only one that says what it was and what it is (sentence 16 of the concept).
  if (moved?.code === "planNoLongerFits") return moved;
  const finding = findings.find(({ blocks }) => blocks) ?? newWarning(plan, findings);
  const isNow =
    finding?.summary ?? "Both sides give another plan now than the one that was approved.";
  return {
    code: "planNoLongerFits",
    class: "block",
    summary: `The plan no longer fits: ${isNow} Nothing was sent.`,
    remedy: "Look at the new plan.",
  };
}

function newWarning({ acceptedWarnings }: Plan, findings: readonly Finding[]): Finding | undefined {
  return findings.find(
    ({ level, check, where }) =>
      level === "warning" &&
      !acceptedWarnings.some((known) => known.check === check && known.where === where),
  );
}
