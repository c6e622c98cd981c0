// An always-up-to-date instance over a link that is kept: it is said before that nothing comes back from it.
import { adatumInAzure, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  instance: {
    ...adatumInAzure.instance,
    productVersion: "17.0.4035.6",
    productUpdateType: "Continuous",
  },
  azure: { failoverMode: "Manual", databaseFormat: "AlwaysUpToDate" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "production",
};
