// A forced failover's estate as the side that takes over tells it: the other one is not asked, and what still arrives is chosen.
import { checkForced } from "../../shared/forced/checks.ts";
import { buildForcedPlan } from "../../shared/forced/build.ts";
import type { ForcedInput } from "../../shared/forced/input.ts";
import { memoryOf } from "../../shared/forced/link-memory.ts";
import { targetReading } from "../../shared/forced/target.ts";
import type { TargetReading, TargetCopy } from "../../shared/forced/target.ts";
import type { TargetWatch } from "../../shared/forced/watch.ts";
import { watchAfter, watchSeconds } from "../../shared/forced/watch.ts";
import type { ForcedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Estate, SideReading } from "../../shared/estate/estate.ts";
import type { Link } from "../../shared/estate/link.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { LinkShape } from "./linked-estate.ts";
import { linkedEstate } from "./linked-estate.ts";
import type { ForcedScenario } from "./scenario.ts";

export function forcedChoices(
  shape: LinkShape,
  more: Partial<ForcedFailoverChoices> = {},
): ForcedFailoverChoices {
  return {
    kind: "forcedFailover",
    linkName: shape.link,
    to: otherSide(shape.primary),
    failoverBy: "tsql",
    despite: [],
    reason: null,
    ...more,
  };
}

/** The plan of a forced scenario with what its checks found. Throws where it is refused, with why. */
export function forcedPlanOf(scenario: ForcedScenario) {
  const { shape, choices, environment, secondary, wasReadBefore } = scenario;
  const whole = linkedEstate(shape);
  const estate = withoutOther(whole, choices.to);
  const link = onlyLink(estate);
  const memory = wasReadBefore ? memoryOf(whole, onlyLink(whole))?.memory : undefined;
  const watch = watched(estate, { estate, link, choices }, secondary);
  const input: ForcedInput = { estate, link, choices, watch, ...(memory && { memory }) };
  const findings = checkForced(input);
  const answer = buildForcedPlan({ ...input, environment, findings });
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings, null, 2));
  return { plan: answer.plan, findings };
}

function onlyLink(estate: Estate): Link {
  const [link] = findLinks(estate).links;
  if (link === undefined) throw new Error("The estate has one link.");
  return link;
}

function withoutOther(estate: Estate, to: "box" | "instance"): Estate {
  const from = otherSide(to);
  const gone: SideReading = {
    kind: "unreachable",
    side: from,
    address: estate[from].address,
    at: estate[from].at,
    problem: {
      code: "notAsked",
      class: "info",
      summary: "It is not asked before a forced failover.",
      remedy: "",
    },
  };
  return { ...estate, [from]: gone };
}

/** Everything seen of the secondary in its 10 s. */
function watched(
  estate: Estate,
  { link, choices }: ForcedInput,
  secondary: ForcedScenario["secondary"],
): TargetWatch {
  const read = (second: number): TargetReading => {
    const reading = targetReading(estate, link, choices.to, second * 1000);
    if (reading === undefined) throw new Error("The secondary shows the link.");
    return {
      ...reading,
      connectedState: secondary === "alive" ? "CONNECTED" : "DISCONNECTED",
      copies: reading.copies.map((copy) => ({ ...copy, ...changeOf(secondary) })),
    };
  };
  let watch = watchAfter(undefined, read(0));
  for (let second = 1; second <= watchSeconds; second += 1) watch = watchAfter(watch, read(second));
  return watch;
}

function changeOf(secondary: ForcedScenario["secondary"]): Partial<TargetCopy> {
  return secondary === "suspended"
    ? { isSuspended: true, suspendReason: "SUSPEND_FROM_USER", states: ["NOT SYNCHRONIZING"] }
    : {};
}
