// What a dry run found out: every check, the gate, and every step with what it would send. Nothing that changes anything was sent.
import type { Finding } from "../checks/finding.ts";
import { requestText } from "../plan/azure-request.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { placeName } from "../plan/where.ts";
import type { GateSeen } from "./events.ts";

export interface DryRun {
  readonly planHash: string;
  /** Why the run would be refused now, one sentence; null: it would begin. */
  readonly refusal: string | null;
  readonly findings: readonly Finding[];
  /** The last reading of the gate; null where it was not come to. */
  readonly gate: GateSeen | null;
  /** In the plan's order. */
  readonly steps: readonly DryStep[];
}

export interface DryStep {
  readonly stepId: string;
  readonly probe: Probe;
}

export type Probe =
  | { readonly kind: "readsOnly" }
  /** Every check of the statement's own guard held on the very server. */
  | { readonly kind: "held" }
  | { readonly kind: "refused"; readonly summary: string }
  /** What it needs comes about only by the steps before it. */
  | { readonly kind: "later" }
  /** A request to Azure: the right is a check, and nothing else can be tried. */
  | { readonly kind: "notTried" };

/** Everything of it as lines: for a terminal, and for a window that shows plain text. */
export function dryRunLines({ refusal, gate, steps }: DryRun, plan: Plan): readonly string[] {
  return [
    "DRY RUN. Nothing that changes anything was sent.",
    refusal === null ? "A run would begin now." : `A run would be refused now: ${refusal}`,
    gate === null ? "The gate was not looked through." : `Gate: ${gate.sentence}`,
    ...plan.steps.flatMap((step, index) => [
      "",
      `${index + 1}. ${step.title} (${placeName(plan, step.runsOn)})`,
      `   ${probeWords(steps.find(({ stepId }) => stepId === step.id)?.probe)}`,
      ...sentLines(step).map((line) => `   | ${line}`),
    ]),
  ];
}

function sentLines({ statement, request }: Step): readonly string[] {
  if (statement !== undefined) return statement.split("\n");
  return request === undefined ? [] : requestText(request).split("\n");
}

function probeWords(probe: Probe | undefined): string {
  switch (probe?.kind) {
    case undefined:
      return "Not come to.";
    case "readsOnly":
      return "Reads only.";
    case "held":
      return "Would be sent. Every check of its guard holds now.";
    case "refused":
      return `Would change nothing: ${probe.summary}`;
    case "later":
      return "Would be sent after the steps before it; its guard cannot hold yet.";
    case "notTried":
      return "Would be asked of Azure.";
  }
}
