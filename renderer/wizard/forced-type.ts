// Forced failover as a type: where it is offered and in which words, which side takes over, and the choices it comes to.
import type { ForcedDespite, ForcedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import { armLinkOf, azureOf } from "../../shared/estate/link-in-azure.ts";
import { isLinkNameTyped } from "../../shared/forced/confirmed.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { PageName } from "../../shared/ways/pages.ts";
import type { Answers } from "./answers.ts";
import type { LinkFacts, ReplicaFacts } from "./link-facts.ts";
import type { WizardState } from "./wizard-state.ts";
import { planToRun } from "./wizard-state.ts";
import { migrating } from "../text/wizard-words.ts";

/** What was chosen, or what the run that is shown was. */
export function isForced({ run, answers }: Pick<WizardState, "run" | "answers">): boolean {
  const plan = run.kind === "followed" ? run.log.state.started?.plan : undefined;
  return plan === undefined ? answers.type === "forced" : plan.kind === "forcedFailover";
}

/** The side that takes over in a forced failover, and the one that is given up. */
export interface ForcedSides {
  readonly own: ReplicaFacts;
  readonly other: ReplicaFacts;
}

/**
 * It is forced from the side where the wizard was opened, as in SSMS. The other one is called as the plan calls it too: by its
 * endpoint, which is known whether it answers or not.
 */
export function forcedSides(facts: LinkFacts, startedFrom: Side): ForcedSides {
  const other = facts[otherSide(startedFrom)];
  const { name, serverName, endpointHost } = other;
  const isCalledSo = endpointHost === undefined || endpointHost === serverName;
  return {
    own: facts[startedFrom],
    other: isCalledSo ? other : { ...other, name: `${name} (${endpointHost})` },
  };
}

export interface ForcedOffer {
  readonly isOffered: boolean;
  /** What it does, or why it is not offered; one paragraph. */
  readonly words: string;
}

/** SSMS offers forced on the secondary alone. */
export function forcedOffer({ own, other }: ForcedSides): ForcedOffer {
  switch (own.role) {
    case "PRIMARY":
      return {
        isOffered: false,
        words: `Not offered: ${own.name} is primary and answers, so nothing has to be given up. If ${own.name} is lost, connect to ${other.name} and open this wizard there. ${migrating}`,
      };
    case "SECONDARY":
    case "RESOLVING":
      return {
        isOffered: true,
        words: `Makes ${own.name} primary with what it has; what ${other.name} committed beyond that is lost. For when ${other.name} is gone: ${own.name} is watched first, and ${other.name} is not asked. ${migrating}`,
      };
    default:
      return {
        isOffered: false,
        words: `Not offered: the role of ${own.name} is not known. ${own.because ?? "Read it again."}`,
      };
  }
}

/** What SSMS calls "Supported failover types". */
export function supportedTypes({ way }: LinkFacts, { isOffered }: ForcedOffer): string {
  const planned = way?.supportedTypes ?? "unknown";
  if (!isOffered) return planned;
  return planned.startsWith("Planned") ? `${planned}; forced` : "Forced";
}

/** What was accepted, each by itself: a reason typed for one thing never speaks for another. */
export function despiteOf({
  aliveReason,
  suspendedReason,
  goOn,
}: Pick<Answers, "aliveReason" | "suspendedReason" | "goOn">): readonly ForcedDespite[] {
  return [
    ...(aliveReason === "" ? [] : (["alive"] as const)),
    ...(suspendedReason === "" ? [] : (["suspended"] as const)),
    ...(goOn ? (["working"] as const) : []),
  ];
}

export interface ForcedAnswers extends Pick<WizardState, "linkName" | "startedFrom"> {
  readonly answers: Pick<Answers, "aliveReason" | "suspendedReason" | "goOn" | "askAzure">;
}

/** Azure can force the instance alone, and only where somebody is signed in who sees the link. */
export function mayForceByAzure(estate: Estate, linkName: string, to: Side): boolean {
  return to === "instance" && armLinkOf(azureOf(estate), linkName) !== undefined;
}

/** `mayAskAzure`: the tick for Azure counts. */
export function forcedChoicesOf(
  { linkName, startedFrom, answers }: ForcedAnswers,
  mayAskAzure: boolean,
): ForcedFailoverChoices {
  const reasons = [...new Set([answers.aliveReason, answers.suspendedReason])];
  const reason = reasons.filter((one) => one !== "").join(" ");
  return {
    kind: "forcedFailover",
    linkName,
    to: startedFrom,
    failoverBy: mayAskAzure && answers.askAzure ? "arm" : "tsql",
    despite: despiteOf(answers),
    reason: reason === "" ? null : reason,
  };
}

/** The page's button forces: Enter never works it, and it is nobody's default. */
export function isConfirmedByHand(
  state: Pick<WizardState, "run" | "answers">,
  page: PageName,
): boolean {
  return page === "summary" && isForced(state);
}

/** Exactly the link's name was typed under the plan that is shown. */
export function isConfirmed(state: WizardState): boolean {
  const plan: Plan | undefined = planToRun(state)?.plan;
  return plan !== undefined && isLinkNameTyped(plan.link.name, state.answers.typedLinkName);
}
