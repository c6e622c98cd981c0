// The instance is gone: SQL Server takes over by T-SQL, with its login alone.
import { adatumInAzure } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

const shape = { ...adatumInAzure, primary: "instance" } as const;

export const scenario: ForcedScenario = {
  shape,
  choices: forcedChoices(shape),
  environment: "production",
  secondary: "silent",
  wasReadBefore: true,
};
