// Of two readings of both sides, each side as it was read last; what was read beside them comes with the later one.
import type { Estate, Side } from "../../shared/estate/estate.ts";

/** Answers the first itself when nothing in the second is newer. */
export function newestEstate(one: Estate, other: Estate): Estate {
  const isNewer = (side: Side): boolean => other[side].at > one[side].at;
  if (!isNewer("box") && !isNewer("instance")) return one;
  return {
    ...other,
    box: isNewer("box") ? other.box : one.box,
    instance: isNewer("instance") ? other.instance : one.instance,
  };
}
