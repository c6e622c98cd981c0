// Reads both sides and the instance in Azure, runs the checks of the hybrid failover benefit and builds its plan.
import type { HybridBenefitChoices } from "../../shared/choices/choices.ts";
import type { Link } from "../../shared/estate/link.ts";
import { buildHybrid, checkHybrid } from "../../shared/hybrid/build.ts";
import type { Environment } from "../../shared/plan/plan.ts";
import { readEstate } from "../estate/read.ts";
import type { EstateSources } from "../estate/read.ts";
import type { Clock } from "./clock.ts";
import { pickLinkOf } from "./make-plan.ts";
import { planHash } from "./plan-hash.ts";
import type { PlannedAgain } from "./start-run.ts";

export interface HybridRequest {
  /** Undefined: the only link there is. */
  readonly linkName: string | undefined;
  readonly choices: Omit<HybridBenefitChoices, "linkName">;
  readonly environment: Environment;
}

export type HybridPlanning = PlannedAgain & { readonly link: Link };

/** Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`. */
export async function planHybrid(
  sources: EstateSources,
  request: HybridRequest,
  clock: Clock,
): Promise<HybridPlanning> {
  const estate = await readEstate(sources, clock);
  const link = pickLinkOf(estate, request.linkName);
  const choices = { ...request.choices, linkName: link.name };
  const input = { estate, link, choices, environment: request.environment };
  const findings = checkHybrid(input);
  const answer = buildHybrid({ ...input, findings });
  if (answer.kind === "refused") return { estate, link, findings, approved: undefined };
  const { plan } = answer;
  return { estate, link, findings, approved: { plan, hash: planHash(plan) } };
}
