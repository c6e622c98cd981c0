// A scenario of the list for a test that cannot go on without it.
import { findScenario } from "../../../practice/scenarios/all.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";

export function scenarioNamed(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}
