// An always-up-to-date instance: nothing comes back from it, so the link that was made for one way is deleted.
import { adatumInAzure, plannedChoices, removing } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  instance: {
    ...adatumInAzure.instance,
    productVersion: "17.0.4035.6",
    productUpdateType: "Continuous",
  },
  azure: { failoverMode: "None", databaseFormat: "AlwaysUpToDate" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, removing()),
  environment: "test",
};
