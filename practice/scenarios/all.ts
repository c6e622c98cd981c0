// The scenarios there are, in the order in which they are listed.
import { belowCu13 } from "./below-cu13.ts";
import { disconnected } from "./disconnected.ts";
import { healthy } from "./healthy.ts";
import { instanceCutOff } from "./instance-cut-off.ts";
import { lagging } from "./lagging.ts";
import { manyDatabases } from "./many-databases.ts";
import { missingPermission } from "./missing-permission.ts";
import { rolesMove } from "./roles-move.ts";
import type { Scenario } from "./scenario.ts";
import { slowRedo } from "./slow-redo.ts";
import { noPrimary, noPrimaryPlanned, splitBrain, splitBrainInstance } from "./split-brain.ts";
import { suspended } from "./suspended.ts";
import { twinNames } from "./twin-names.ts";
import { twoLinks } from "./two-links.ts";
import { unprepared } from "./unprepared.ts";
import { versionScenarios } from "./versions.ts";
import { writerNeverStops } from "./writer-never-stops.ts";
import { wrongNode } from "./wrong-node.ts";

export const scenarios: readonly Scenario[] = [
  healthy,
  lagging,
  slowRedo,
  writerNeverStops,
  suspended,
  disconnected,
  belowCu13,
  missingPermission,
  wrongNode,
  rolesMove,
  twinNames,
  unprepared,
  manyDatabases,
  ...versionScenarios,
  twoLinks,
  splitBrain,
  splitBrainInstance,
  noPrimary,
  noPrimaryPlanned,
  instanceCutOff,
];

/** The scenario of that name as the command line writes it (`writer-never-stops`), or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
