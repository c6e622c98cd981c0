// What the hybrid failover benefit is now, what it may be set to, and what stands in the way. Pure.
import type { Finding } from "../../shared/checks/finding.ts";
import type { HybridBenefitChoices } from "../../shared/choices/choices.ts";
import type { Estate } from "../../shared/estate/estate.ts";
import { azureOf } from "../../shared/estate/link-in-azure.ts";

export interface HybridFacts {
  /** The instance's name in Azure; undefined while Azure was not read. */
  readonly instance: string | undefined;
  /** In words, or that Azure does not tell. */
  readonly usage: string;
  readonly detected: string;
  readonly state: string;
  /** What it can be changed to: the other one of the two. */
  readonly wanted: HybridBenefitChoices["usage"];
}

const notTold = "not told";

export function hybridFacts(estate: Estate): HybridFacts {
  const azure = azureOf(estate);
  const facts = azure.kind === "seen" ? azure.instance : undefined;
  return {
    instance: facts?.name,
    usage: facts?.hybridSecondaryUsage ?? notTold,
    detected: facts?.hybridSecondaryUsageDetected ?? notTold,
    state: facts?.state ?? notTold,
    wanted: facts?.hybridSecondaryUsage === "Passive" ? "Active" : "Passive",
  };
}

/** What no tick opens. */
export function hybridLocks(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ blocks, check }) => blocks && check !== "passiveConfirmed");
}
