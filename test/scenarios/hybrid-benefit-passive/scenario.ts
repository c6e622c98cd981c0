// SQL Server is primary, and the instance is confirmed to be passive.
import { hybridInput, hybridOf } from "../../shared/clean-up/left-behind.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => hybridOf(hybridInput("Passive")) };
