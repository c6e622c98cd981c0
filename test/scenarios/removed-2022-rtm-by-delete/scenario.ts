// SQL Server 2022 without an update starts no failover by T-SQL: one way, by the end of the link.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "16.0.1000.6" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "test",
};
