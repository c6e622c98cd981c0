// Of two readings of both sides, each side as it was read last.
import type { Estate } from "../../shared/estate/estate.ts";

/** Answers the first itself when nothing in the second is newer. */
export function newestEstate(one: Estate, other: Estate): Estate {
  const isNewer = (side: keyof Estate): boolean => other[side].at > one[side].at;
  if (!isNewer("box") && !isNewer("instance")) return one;
  return {
    box: isNewer("box") ? other.box : one.box,
    instance: isNewer("instance") ? other.instance : one.instance,
  };
}
