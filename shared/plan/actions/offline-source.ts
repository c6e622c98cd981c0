// The side a database is brought back from, whether its link is still there or gone: what it must show before each step.
import type { Side } from "../../estate/estate.ts";
import type { Check, GuardedPlace } from "../../sql/guard.ts";
import { contextChecks, placeChecks, versionCheck } from "../../sql/guard.ts";
import type { ExpectedRole } from "../plan.ts";
import type { PlanFrame } from "./action-form.ts";

/** SQL Server takes part with no role; the instance must stay PRIMARY as long as it has a link. */
export function offlineRoles({ link }: PlanFrame): Readonly<Record<Side, ExpectedRole>> {
  return { box: "any", instance: link.groupIds.instance === null ? "any" : "PRIMARY" };
}

/** The same of the instance's own batches. */
export function sourceChecks(place: GuardedPlace): readonly Check[] {
  return place.link.groupIds[place.side] === null
    ? [...contextChecks(place), versionCheck(place)]
    : placeChecks(place);
}
