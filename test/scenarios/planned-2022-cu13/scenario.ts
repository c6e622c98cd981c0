// SQL Server 2022 at CU13, the lowest build for a planned failover by T-SQL, and an instance of the same format.
import { adatum, plannedChoices } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

export const scenario: Scenario = {
  shape: adatum,
  choices: plannedChoices(adatum),
  environment: "practice",
};
