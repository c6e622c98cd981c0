// SQL Server is gone, and the link was made for one way: it cannot be forced (41985), so it is deleted in Azure.
import { adatumInAzure } from "../linked-estate.ts";
import { forcedChoices } from "../forced-estate.ts";
import type { ForcedScenario } from "../scenario.ts";

const shape = {
  ...adatumInAzure,
  azure: { failoverMode: "None", databaseFormat: "SQLServer2022" },
} as const;

export const scenario: ForcedScenario = {
  shape,
  choices: forcedChoices(shape),
  environment: "production",
  secondary: "silent",
  wasReadBefore: true,
};
