// SQL Server 2022 CU13 migrated: FAILOVER first, then the first full backup, then the link is deleted.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "production",
};
