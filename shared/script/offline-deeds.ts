// What the whole-plan scripts do of an offline fail back beyond saving: which backup is proved, its restore, and both read back.
import { otherSide } from "../plan/actions/action-form.ts";
import { sourceChecks } from "../plan/actions/offline-source.ts";
import { unwrittenOnInstance, verifiedOnBox } from "../plan/actions/verify-restored.ts";
import type { Action, Plan, Step } from "../plan/plan.ts";
import { backupLine, backupReading } from "../sql/restore-copy.ts";
import { noWritersCheck } from "../sql/save-copy.ts";
import { locked, placeOf } from "./batches.ts";
import type { Deed } from "./deeds.ts";

type OfflineAction = Extract<Action, { kind: "restoreCopy" | "verifyRestored" }>;

/** A backup that may be named, and the line that names it to the batch that restores. */
export interface NamedBackup {
  readonly path: string;
  readonly line: string;
}

export function offlineDeeds(plan: Plan, step: Step, action: OfflineAction): readonly Deed[] {
  const { covered } = action;
  const source = otherSide(plan.to);
  switch (action.kind) {
    case "restoreCopy": {
      const checks = [
        ...sourceChecks(placeOf(plan, source, ["PRIMARY"])),
        noWritersCheck(plan.link),
      ];
      const reading = backupReading(checks, covered, plan.reason !== null);
      const backups = covered.by.map((path) => ({ path, line: backupLine(path) }));
      return [
        { kind: "keepBackup", side: source, batch: reading },
        {
          kind: "restoreBackup",
          side: plan.to,
          batch: locked(plan, plan.to, step.statement ?? ""),
          backups,
        },
      ];
    }
    case "verifyRestored":
      return [
        { kind: "prove", side: plan.to, batch: verifiedOnBox(action.as, plan).join("\n") },
        { kind: "prove", side: source, batch: unwrittenOnInstance(covered, plan).join("\n") },
      ];
  }
}
