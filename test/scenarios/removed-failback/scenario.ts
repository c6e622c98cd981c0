// Back to SQL Server for good: FAILOVER on the instance, then the link is deleted; the old copy is the one on the instance.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  primary: "instance",
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "production",
};
