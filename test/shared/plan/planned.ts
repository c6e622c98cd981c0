// A plan, its estate and its input, made by the real builder from the healthy estate of the scenarios.
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { Link } from "../../../shared/estate/link.ts";
import type { PlanInput } from "../../../shared/plan/build.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { adatum, linkedEstate, plannedChoices } from "../../scenarios/linked-estate.ts";

export function inputFor(shape: LinkShape, more: Partial<PlanInput> = {}): PlanInput {
  const estate = linkedEstate(shape);
  return {
    estate,
    link: onlyLink(estate),
    choices: plannedChoices(shape),
    environment: "practice",
    findings: [],
    ...more,
  };
}

export function plannedLinkAndServers(shape: LinkShape = adatum): {
  readonly input: PlanInput;
  readonly plan: Plan;
} {
  const input = inputFor(shape);
  const answer = buildPlan(input);
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
  return { input, plan: answer.plan };
}

function onlyLink(estate: PlanInput["estate"]): Link {
  const [link] = findLinks(estate).links;
  if (link === undefined) throw new Error("The estate has one link.");
  return link;
}
