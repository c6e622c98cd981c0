// One plan for each way that a link is moved or left, for tests of what every script must be.
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { forcedChoices, forcedPlanOf } from "../../scenarios/forced-estate.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { adatumInAzure, plannedChoices, removing } from "../../scenarios/linked-estate.ts";
import { offlineScenario } from "../../scenarios/offline-estate.ts";
import { scenario as hostileNames } from "../../scenarios/hostile-names/scenario.ts";
import {
  cleanUpInput,
  cleanUpOf,
  goneEstate,
  hybridInput,
  hybridOf,
  removable,
} from "../clean-up/left-behind.ts";
import {
  boxGivenUp,
  endingAlone,
  instanceGivenUp,
  instanceGivenUpByAzure,
  nobodyPrimary,
  repaired,
} from "../repair/repaired.ts";
import { inputFor } from "../plan/planned.ts";
import type { Choices, ForcedFailoverChoices } from "../../../shared/choices/choices.ts";

const on2019: LinkShape = {
  ...adatumInAzure,
  box: { ...adatumInAzure.box, productVersion: "15.0.4312.2" },
};
const hostile: LinkShape = { ...hostileNames.shape, azure: adatumInAzure.azure };
const onInstance = (shape: LinkShape): LinkShape => ({ ...shape, primary: "instance" });

export const everyWay: readonly (readonly [string, Plan])[] = [
  ["kept", planOf(adatumInAzure)],
  ["kept, back by T-SQL", planOf(onInstance(adatumInAzure))],
  ["kept, back by Azure", planOf(onInstance(adatumInAzure), { failoverBy: "arm" })],
  ["removed after FAILOVER", planOf(adatumInAzure, removing())],
  [
    "removed after FAILOVER, the group dropped",
    planOf(adatumInAzure, removing({ dropGroup: true })),
  ],
  ["removed after FAILOVER back", planOf(onInstance(adatumInAzure), removing())],
  ["removed by DELETE", planOf(on2019, removing())],
  ["removed by DELETE, the group dropped", planOf(on2019, removing({ dropGroup: true }))],
  ["that is gone, everything removed", cleanUpOf(cleanUpInput(removable())).plan],
  [
    "that is gone, the groups of SQL Server removed",
    cleanUpOf(
      cleanUpInput([`distributed-group:${adatumInAzure.link}`, `group:${adatumInAzure.boxGroup}`], {
        estate: goneEstate("kept"),
      }),
    ).plan,
  ],
  ["whose instance is passive", hybridOf(hybridInput("Passive")).plan],
  ["repaired, SQL Server given up", repaired(boxGivenUp).plan],
  ["repaired, the instance given up", repaired(instanceGivenUp).plan],
  ["repaired, the instance given up by Azure", repaired(instanceGivenUpByAzure).plan],
  ["repaired, nobody primary", repaired(nobodyPrimary).plan],
  ["repaired, ended as two databases", repaired(endingAlone).plan],
  ["kept, hostile names", planOf(hostile)],
  ["removed after FAILOVER, hostile names", planOf(hostile, removing())],
  ["back by Azure, hostile names", planOf(onInstance(hostile), { failoverBy: "arm" })],
  ["brought back offline", offlineScenario(adatumInAzure, "there").made().plan],
  ["brought back offline, hostile names", offlineScenario(hostile, "gone").made().plan],
  ["forced to the instance", forced(adatumInAzure)],
  ["forced to the instance by Azure", forced(adatumInAzure, { failoverBy: "arm" })],
  ["forced to SQL Server", forced(onInstance(adatumInAzure))],
  [
    "forced although it may be alive",
    forced(adatumInAzure, {
      despite: ["alive", "suspended", "working"],
      reason: "It's a $(drill)",
    }),
  ],
  ["forced, hostile names", forced(hostile)],
  [
    "ended by force",
    forced({ ...adatumInAzure, azure: { failoverMode: "None", databaseFormat: "SQLServer2022" } }),
  ],
];

function forced(shape: LinkShape, more: Partial<ForcedFailoverChoices> = {}): Plan {
  const choices = forcedChoices(shape, more);
  const seen = { secondary: "silent", wasReadBefore: false } as const;
  return forcedPlanOf({ shape, choices, environment: "production", ...seen }).plan;
}

function planOf(shape: LinkShape, more: Partial<Choices> = {}): Plan {
  const answer = buildPlan(inputFor(shape, { choices: plannedChoices(shape, more) }));
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
  return answer.plan;
}
