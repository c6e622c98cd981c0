// Two primaries: the instance came back, is saved to a URL, and follows SQL Server.
import { instanceGivenUp, repaired } from "../../shared/repair/repaired.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => repaired(instanceGivenUp) };
