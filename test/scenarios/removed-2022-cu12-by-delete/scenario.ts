// SQL Server 2022 CU12, one update short of FAILOVER: one way, by the end of the link.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "16.0.4115.5" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "production",
};
