// Fail back: the instance is primary of a link with SQL Server 2022, update policy SQL Server 2022. SSMS's last task has no place here.
import { adatum, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = { ...adatum, primary: "instance" };

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "production",
};
