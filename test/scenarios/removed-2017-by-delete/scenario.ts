// SQL Server 2017 with the Azure Connect pack: one way only; nobody asked for the old copy to be closed.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "14.0.3490.10" },
  azure: { failoverMode: "None", databaseFormat: "SQLServer2022" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing({ keepOldCopyClosed: false })),
  environment: "production",
};
