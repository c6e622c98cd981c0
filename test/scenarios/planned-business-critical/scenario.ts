// A Business Critical instance: its own further replicas are no part of the link, and none of the plan.
import { adatumInAzure, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  instance: { ...adatumInAzure.instance, serverName: "sqlmi-bc.0123456789ab.database.windows.net" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "test",
};
