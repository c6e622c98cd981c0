// Two primaries: SQL Server came back, is saved, and follows the instance.
import { boxGivenUp, repaired } from "../../shared/repair/repaired.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => repaired(boxGivenUp) };
