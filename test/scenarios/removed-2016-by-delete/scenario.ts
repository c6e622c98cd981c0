// SQL Server 2016 SP3 with the Azure Connect pack: one way only, by the end of the link.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "13.0.7000.253" },
  azure: { failoverMode: "None", databaseFormat: "SQLServer2022" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "production",
};
