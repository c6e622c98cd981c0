// SQL Server 2022 Standard edition has no readable secondary: the last step is left out.
import { adatumInAzure, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, edition: "Standard Edition (64-bit)", engineEdition: 2 },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "production",
};
