// Only what the instance trusts in Azure is removed: there is nothing for T-SQL to do.
import { cleanUpInput, cleanUpOf, own } from "../../shared/clean-up/left-behind.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = {
  made: () => cleanUpOf(cleanUpInput([`trust-certificate:${own}`])),
};
