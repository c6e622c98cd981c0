// SQL Server 2025 migrated, with the group dropped: FAILOVER, backup, DELETE, and a step that closes the old copy.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "17.0.1000.7" },
  instance: { ...adatumInAzure.instance, productVersion: "17.0.4035.6" },
  azure: { failoverMode: "Manual", databaseFormat: "SQLServer2025" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing({ dropGroup: true })),
  environment: "production",
};
