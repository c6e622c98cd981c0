// SQL Server 2022 CU13 to an instance of format 2025: the link was made for one way, so FAILOVER is refused and it is deleted.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  instance: { ...adatumInAzure.instance, productVersion: "17.0.4035.6" },
  azure: { failoverMode: "None", databaseFormat: "SQLServer2025" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "production",
};
