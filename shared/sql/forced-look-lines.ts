// The look before a forced failover, for scripts: can the copy be primary at all, is it suspended, does its log still arrive.
import type { ForcedDespite } from "../choices/choices.ts";
import { refusedStates } from "../forced/refusals.ts";
import type { Check, GuardedPlace } from "./guard.ts";
import { guardLines, guardNumbers, placeChecks } from "./guard.ts";
import { copiesInState, ownSuspendedCopies } from "./link-queries.ts";
import { silenceLines } from "./silence-lines.ts";

/** Ends the batch by THROW where something stands in the way that was not accepted. Changes nothing. */
export function forcedLookLines(
  place: GuardedPlace,
  seconds: number,
  despite: readonly ForcedDespite[],
): string[] {
  const checks = [
    ...placeChecks(place),
    canBePrimary(place),
    ...(despite.includes("suspended") ? [] : [notSuspended(place)]),
  ];
  return [
    ...guardLines(checks, "look"),
    ...(despite.includes("alive") ? [] : silenceLines(place, seconds)),
  ];
}

function canBePrimary({ link }: GuardedPlace): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `CAST(${copiesInState(link, refusedStates)} AS nvarchar(10))`,
    wanted: ["0"],
    what: `the number of databases that are ${refusedStates.join(" or ")}`,
    remedy: "Nothing was changed. Forced now, such a database could not be started as primary.",
  };
}

function notSuspended({ link }: GuardedPlace): Check {
  return {
    number: guardNumbers.suspended,
    verdict: "Refused",
    seen: `CAST(${ownSuspendedCopies(link)} AS nvarchar(10))`,
    wanted: ["0"],
    what: "the number of databases whose data movement is suspended",
    remedy: "Nothing was changed. More than usual may be missing: plan it anew, with a reason.",
  };
}
