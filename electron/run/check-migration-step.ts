// Looks at what a database that moved for good leaves to do where it is now; only reads, and what it cannot read it says by name.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Step } from "../../shared/plan/plan.ts";
import { migrationSummary } from "../../shared/report/after-migration.ts";
import type { MigrationSeen } from "../../shared/run/migration-seen.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

export async function checkMigration(tools: RunTools, step: Step): Promise<StepResult> {
  tools.recorder.begin({ kind: "stepBegan", stepId: step.id });
  try {
    const migration = await tools.readMigration();
    const summary = visibleText(migrationSummary(tools.plan, migration));
    return {
      outcome: isComplete(migration) ? "succeeded" : "warning",
      summary,
      seen: [{ where: tools.plan.to, what: summary }],
      migration,
    };
  } catch (error) {
    if (error instanceof AppError) return nothingSent(error.problem);
    throw error;
  }
}

/** A user without a login is for people to mend; only what was not seen is a warning. */
function isComplete({ newestLevel, databases }: MigrationSeen): boolean {
  return (
    newestLevel !== null &&
    databases.every(
      ({ compatibilityLevel, users }) => compatibilityLevel !== null && users.kind === "seen",
    )
  );
}
