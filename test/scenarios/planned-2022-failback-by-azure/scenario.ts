// Fail back with rights in Azure alone: Azure is asked for the failover, and the instance itself where a right is missing.
import { adatumInAzure, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  primary: "instance",
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, { failoverBy: "arm" }),
  environment: "production",
};
