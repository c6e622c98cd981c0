// SQL Server 2025 and an instance under the update policy SQL Server 2025; the old copy is readable already.
import { adatum, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatum,
  box: { ...adatum.box, productVersion: "17.0.1000.7", edition: "Developer Edition (64-bit)" },
  instance: { ...adatum.instance, productVersion: "17.0.4035.6" },
  secondaryRoleAllowConnections: "ALL",
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape, {
    gate: { ...plannedChoices(shape).gate, stableSeconds: 10, giveUpSeconds: 300 },
  }),
  environment: "production",
};
