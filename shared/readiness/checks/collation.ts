// Check: both servers have the same collation (Managed Instance link, prerequisites).
import { passed, warning } from "../../checks/check.ts";
import { visibleText } from "../../visible-text.ts";
import type { ReadinessCheck } from "../input.ts";
import { askBoth } from "../input.ts";

export const collation: ReadinessCheck = (input) =>
  askBoth(
    input,
    { name: "collation", what: "the collation", fact: ({ collation: fact }) => fact },
    ({ from, to }) => {
      const { place } = to.seen;
      const [own, there] = [visibleText(from.value), visibleText(to.value)];
      return own === there
        ? [passed(place, `Both servers have the collation ${own}.`)]
        : [
            warning(
              place,
              `${place.server} has the collation ${there}, and ${from.seen.place.server} has ${own}. Comparisons with temporary tables can fail there (468).`,
              "A server's collation is set when it is made. Test the applications there before the failover.",
            ),
          ];
    },
  );
