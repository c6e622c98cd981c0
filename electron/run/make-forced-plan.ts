// Reads the side that takes over, watches it where asked, runs the checks of a forced failover and builds its plan.
import type { Finding } from "../../shared/checks/finding.ts";
import type { ForcedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Estate } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import { buildForcedPlan } from "../../shared/forced/build.ts";
import { checkForced } from "../../shared/forced/checks.ts";
import type { LinkMemory } from "../../shared/forced/link-memory.ts";
import type { TargetReading } from "../../shared/forced/target.ts";
import type { TargetWatch } from "../../shared/forced/watch.ts";
import { verdictOf, watchAfter } from "../../shared/forced/watch.ts";
import type { Environment, Plan } from "../../shared/plan/plan.ts";
import type { EstateSources } from "../estate/read.ts";
import { readEstate } from "../estate/read.ts";
import type { Clock } from "./clock.ts";
import { pickLinkOf } from "./make-plan.ts";
import { planHash } from "./plan-hash.ts";
import { targetAlone } from "./target-reader.ts";

export interface ForcedRequest {
  /** Undefined: the only link there is. */
  readonly linkName: string | undefined;
  readonly choices: Omit<ForcedFailoverChoices, "linkName">;
  readonly environment: Environment;
  /** What was remembered of the side that is given up, by the link's group_id on the other one; absent: nothing. */
  readonly recall?: (groupId: string) => LinkMemory | undefined;
}

export interface ForcedPlanning {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: ForcedFailoverChoices;
  readonly findings: readonly Finding[];
  readonly approved: { readonly plan: Plan; readonly hash: string } | undefined;
}

/** Throws AppError `noSuchLink`, `linkNotNamed` or `linksNotSeen`. `watch`: what somebody has seen of the secondary so far. */
export async function planForced(
  sources: EstateSources,
  request: ForcedRequest,
  clock: Clock,
  watch?: TargetWatch,
): Promise<ForcedPlanning> {
  const estate = await readEstate(targetAlone(sources, request.choices.to), clock);
  const link = pickLinkOf(estate, request.linkName);
  const choices = { ...request.choices, linkName: link.name };
  const end = link[choices.to];
  const memory = end.kind === "seen" ? request.recall?.(end.group.groupId) : undefined;
  const input = { estate, link, choices, ...(watch && { watch }), ...(memory && { memory }) };
  const findings = checkForced(input);
  const answer = buildForcedPlan({ ...input, environment: request.environment, findings });
  if (answer.kind === "refused") {
    const added = answer.findings.filter((finding) => !findings.includes(finding));
    return { estate, link, choices, findings: [...findings, ...added], approved: undefined };
  }
  const { plan } = answer;
  return { estate, link, choices, findings, approved: { plan, hash: planHash(plan) } };
}

/** Reads every second until there is a verdict: at once for a sign of life, after 10 s for silence. Rejects as `read` does. */
export async function watchTarget(
  read: () => Promise<TargetReading>,
  clock: Clock,
): Promise<TargetWatch> {
  let watch = watchAfter(undefined, await read());
  while (verdictOf(watch).kind === "watching") {
    await clock.wait(1_000);
    watch = watchAfter(watch, await read());
  }
  return watch;
}
