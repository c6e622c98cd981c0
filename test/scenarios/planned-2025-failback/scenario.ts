// Fail back to SQL Server 2025 from an instance under the update policy SQL Server 2025.
import { adatumInAzure, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "17.0.1000.7" },
  instance: { ...adatumInAzure.instance, productVersion: "17.0.4035.6" },
  azure: { failoverMode: "Manual", databaseFormat: "SQLServer2025" },
  primary: "instance",
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "production",
};
