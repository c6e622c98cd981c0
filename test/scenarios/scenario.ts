// What a scenario folder gives: an estate, what was chosen in it, and what the checks are to find.
import type { Choices, ForcedFailoverChoices } from "../../shared/choices/choices.ts";
import type { Finding } from "../../shared/checks/finding.ts";
import type { Environment, Plan } from "../../shared/plan/plan.ts";
import type { LinkShape } from "./linked-estate.ts";

export interface Scenario {
  readonly shape: LinkShape;
  readonly choices: Choices;
  readonly environment: Environment;
}

export interface ForcedScenario extends Omit<Scenario, "choices"> {
  readonly choices: ForcedFailoverChoices;
  /** What the watch saw of the side that takes over. */
  readonly secondary: "silent" | "alive" | "suspended";
  /** Whether this computer had read both sides before. */
  readonly wasReadBefore: boolean;
}

/** What moves nothing: its plan as its own builder makes it. */
export interface MadeScenario {
  readonly made: () => { readonly plan: Plan; readonly findings: readonly Finding[] };
}
