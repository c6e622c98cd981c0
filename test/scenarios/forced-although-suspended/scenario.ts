// SQL Server is gone, and data movement had been suspended: more than usual is missing, and the reason says why it is forced.
import { adatum } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

export const scenario: ForcedScenario = {
  shape: adatum,
  choices: forcedChoices(adatum, {
    despite: ["suspended"],
    reason: "SQLBOX01 burnt down; this copy is all there is.",
  }),
  environment: "production",
  secondary: "suspended",
  wasReadBefore: true,
};
