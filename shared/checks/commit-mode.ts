// Check: the link's commit mode, and what the move does to it.
import type { AvailabilityMode } from "../estate/estate.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check } from "./check.ts";
import { askEnd, passed, warning } from "./check.ts";

const synchronous: AvailabilityMode = "SYNCHRONOUS_COMMIT";

/** Best practices of the link: FAILOVER goes synchronous by itself, and ends asynchronous even where it was synchronous. */
export const commitMode: Check = (input) =>
  askEnd(input, "box", { name: "commitMode", blocks: false }, ({ place }, { group }) => {
    const isSynchronous = group.replicas.every(
      ({ availabilityMode }) => availabilityMode === synchronous,
    );
    const is = `The link on ${place.server} commits ${isSynchronous ? "synchronously" : "asynchronously"}`;
    const { move } = waysOf(input.estate, input.link, input.choices);
    if (move !== "delete" || input.choices.keepLink) {
      return [
        passed(
          place,
          `${is}. FAILOVER switches by itself${isSynchronous ? ", and leaves asynchronous commit" : ""}.`,
        ),
      ];
    }
    return isSynchronous
      ? [passed(place, `${is}, as the end of the link needs it.`)]
      : [
          warning(
            place,
            `${is}; the plan sets synchronous commit first. Synchronous commit over a distance slows the primary.`,
            "Accept it: a run that ends before the link is deleted sets it back by itself.",
          ),
        ];
  });
