// The link is gone, and everything that it left behind is removed with it, in Azure too.
import { cleanUpInput, cleanUpOf, removable } from "../../shared/clean-up/left-behind.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => cleanUpOf(cleanUpInput(removable())) };
