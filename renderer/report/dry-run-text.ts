// A dry run as the text that its window shows.
import type { Plan } from "../../shared/plan/plan.ts";
import type { DryRun } from "../../shared/run/dry-run.ts";
import { dryRunLines } from "../../shared/run/dry-run.ts";
import { visibleText } from "../../shared/visible-text.ts";

/** Every line by itself: a name of any origin cannot begin another one. */
export function dryRunText(dryRun: DryRun, plan: Plan): string {
  return dryRunLines(dryRun, plan).map(visibleText).join("\n");
}
