// SQL Server still sends its log, and a drill forces the instance all the same, with the reason that was typed.
import { adatum } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

export const scenario: ForcedScenario = {
  shape: adatum,
  choices: forcedChoices(adatum, {
    despite: ["alive", "working"],
    reason: "Drill of 21 November, agreed with the owner of AdatumBooks.",
  }),
  environment: "production",
  secondary: "alive",
  wasReadBefore: true,
};
