// SQL Server is gone and was read before: Azure forces the instance, and the loss is told with the zone and the log position.
import { adatumInAzure } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

export const scenario: ForcedScenario = {
  shape: adatumInAzure,
  choices: forcedChoices(adatumInAzure, { failoverBy: "arm" }),
  environment: "production",
  secondary: "silent",
  wasReadBefore: true,
};
