// Two primaries that end as two databases: Azure removes the link, and SQL Server's group is dropped.
import { endingAlone, repaired } from "../../shared/repair/repaired.ts";
import type { MadeScenario } from "../scenario.ts";

export const scenario: MadeScenario = { made: () => repaired(endingAlone) };
