// A repair against a practice estate over real TDS.
import type { Clock } from "../../electron/run/clock.ts";
import type { RepairPlanning } from "../../electron/run/make-repair-plan.ts";
import { planRepair } from "../../electron/run/make-repair-plan.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import type { RepairChoices } from "../../shared/choices/choices.ts";
import type { BothSidesRun } from "./both-sides-run.ts";
import { bothSidesRun } from "./both-sides-run.ts";

export type RepairRun = BothSidesRun<RepairPlanning>;

export function repairRun(
  estate: PracticeEstate,
  clock: Clock,
  choices: Omit<RepairChoices, "kind" | "linkName">,
): Promise<RepairRun> {
  const request = {
    linkName: undefined,
    environment: "test",
    choices: { kind: "repair", ...choices },
  } as const;
  return bothSidesRun(estate, clock, (sources) => planRepair(sources, request, clock));
}
