// Nobody is primary: both sides are saved, and the instance is made primary by force.
import { nobodyPrimary, repaired } from "../../shared/repair/repaired.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => repaired(nobodyPrimary) };
