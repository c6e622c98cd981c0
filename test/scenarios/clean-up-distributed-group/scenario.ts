// Azure and the instance have let go of the link; SQL Server has kept its distributed group and the group below it.
import { adatum } from "../linked-estate.ts";
import { cleanUpInput, cleanUpOf, goneEstate } from "../../shared/clean-up/left-behind.ts";
import type { MadeScenario } from "../scenario.ts";

const remove = [`distributed-group:${adatum.link}`, `group:${adatum.boxGroup}`];

export const scenario: MadeScenario = {
  made: () => cleanUpOf(cleanUpInput(remove, { estate: goneEstate("kept") })),
};
