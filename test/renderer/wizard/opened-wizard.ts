// A wizard over the healthy estate, taken to any page by the events a window would tell.
import type { Estate, Side } from "../../../shared/estate/estate.ts";
import type { LinkFacts } from "../../../renderer/wizard/link-facts.ts";
import { linkFacts } from "../../../renderer/wizard/link-facts.ts";
import type { PageName } from "../../../shared/ways/pages.ts";
import { pageNames } from "../../../shared/ways/pages.ts";
import type {
  Assessment,
  WizardEvent,
  WizardState,
} from "../../../renderer/wizard/wizard-state.ts";
import { openedOn, transition } from "../../../renderer/wizard/wizard-state.ts";
import { adatumLink } from "../link-estate.ts";
import { adatum, linkedEstate } from "../../scenarios/linked-estate.ts";
import { plannedLinkAndServers } from "../../shared/plan/planned.ts";

export const { plan } = plannedLinkAndServers();
export const saidPlan = { plan, hash: "7f3a91c2".repeat(8) };
export const planned: Assessment = { findings: [], plan: saidPlan, atMs: 1_000 };

export interface Opening {
  readonly startedFrom?: Side;
  readonly estate?: Estate;
}

export function openedWizard(opening: Opening = {}): WizardState {
  const { startedFrom = "box", estate = linkedEstate(adatum) } = opening;
  return after(openedOn(adatumLink, startedFrom, estate), {
    kind: "opened",
    showIntroduction: true,
  });
}

export function after(state: WizardState, ...events: readonly WizardEvent[]): WizardState {
  return events.reduce(transition, state);
}

/** By Next alone, up to Summary; its plan is known. */
export function wizardOn(page: PageName, opening: Opening = {}): WizardState {
  const opened = openedWizard(opening);
  const { primary } = factsOf(opened);
  const steps = pageNames
    .slice(0, pageNames.indexOf(page))
    .map((from): WizardEvent => ({ kind: "next", from, primary }));
  const state = after(opened, ...steps);
  return page === "summary" ? withPlan(state) : state;
}

export function withPlan(state: WizardState, answer: Assessment = planned): WizardState {
  return after(
    state,
    { kind: "asked", what: "planning", ticket: 1 },
    { kind: "heard", what: "planning", ticket: 1, answer },
  );
}

export function factsOf(state: WizardState): LinkFacts {
  return linkFacts(state.estate, state.linkName, state.answers.removeLink);
}
