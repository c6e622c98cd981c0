// SQL Server 2019: the link is deleted and the old group dropped, so a step closes the old copy.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "15.0.4312.2" },
  azure: { failoverMode: "None", databaseFormat: "SQLServer2022" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing({ dropGroup: true })),
  environment: "production",
};
