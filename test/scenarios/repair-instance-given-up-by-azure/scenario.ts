// Two primaries: the instance came back, is saved to a URL, and Azure is asked to make it secondary.
import { instanceGivenUpByAzure, repaired } from "../../shared/repair/repaired.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => repaired(instanceGivenUpByAzure) };
