// SQL Server is gone, this computer never read it before, and nobody is signed in to Azure: forced by T-SQL, its zone unknown.
import { adatum } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

export const scenario: ForcedScenario = {
  shape: adatum,
  choices: forcedChoices(adatum),
  environment: "production",
  secondary: "silent",
  wasReadBefore: false,
};
