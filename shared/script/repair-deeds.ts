// What the whole-plan scripts do of a repair, step by step: they reach both sides, and ask the survivor before anything is given up.
import type { Side } from "../estate/estate.ts";
import type { Action, Plan, Step } from "../plan/plan.ts";
import { actionForm } from "../plan/actions/all.ts";
import { otherSide } from "../plan/actions/action-form.ts";
import { lockOf } from "../plan/planned-server.ts";
import { releaseLockLines } from "../sql/script-batch.ts";
import { verifyLines } from "../sql/verify-lines.ts";
import type { Change } from "./batches.ts";
import { change, insteadOf, placeOf } from "./batches.ts";
import type { Deed } from "./deeds.ts";

type RepairAction = Extract<
  Action,
  { kind: "waitForNoWriters" | "saveCopy" | "demote" | "resumeData" }
>;

export function repairDeeds(plan: Plan, step: Step, action: RepairAction): readonly Deed[] {
  const { side } = action;
  const text = actionForm(action, plan).script[side]?.text ?? "";
  const asWritten = (then: Change["then"]): Change => ({
    kind: "change",
    then,
    side,
    batch: ["SET NOCOUNT ON;", text, ...releaseLockLines(lockOf(plan, side))].join("\n"),
  });
  switch (action.kind) {
    case "waitForNoWriters":
      return [
        ...(plan.loss === null ? [] : [{ kind: "confirmLoss" } as const]),
        { kind: "prove", side, batch: text },
      ];
    case "saveCopy":
      return [asWritten("stop")];
    case "demote":
      return [
        survivorIsPrimary(plan, side),
        step.instead === undefined
          ? asWritten("unknown")
          : { kind: "change", then: "unknown", ...insteadOf(plan, step) },
      ];
    case "resumeData":
      // FORCE returns once it is accepted, and suspends this side only when it is carried out.
      return [
        ...(plan.move === "force" ? [survivorIsPrimary(plan, side)] : []),
        change(plan, step, "warn"),
      ];
  }
}

/** Read directly before, and waited for while it is on its way: two sides must never both be made secondary. */
function survivorIsPrimary(plan: Plan, side: Side): Deed {
  const survivor = otherSide(side);
  const lines = verifyLines(placeOf(plan, survivor, ["PRIMARY"]), "forced");
  return { kind: "prove", side: survivor, batch: lines.join("\n") };
}
