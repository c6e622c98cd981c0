// Check: an encrypted database can go where it is to go. A key of the service itself never leaves Azure.
import { nameOf } from "../estate/name-of.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askFact, askSide, direction, passed, unknown } from "./check.ts";

/** Whose key it is no view of ours tells, so it is not known here; the engine refuses by itself. */
export const encryption: Check = (input) => {
  const { from, to } = direction(input);
  const target = nameOf(input.estate[to]);
  return askSide(input, from, { name: "encryption", blocks: false }, (seen) =>
    askFact(seen, seen.facts.databases, { what: "databases", blocks: false }, (all) =>
      input.link.databases.map((database) => {
        const { place } = seen;
        const name = visibleText(database);
        const own = all.find((one) => one.name === database);
        if (own === undefined) {
          return unknown(place, false, {
            summary: `${place.server} does not show whether ${name} is encrypted.`,
            remedy: "Read it with a login that has VIEW ANY DATABASE.",
          });
        }
        if (!own.isEncrypted) return passed(place, `${name} is not encrypted on ${place.server}.`);
        return to === "instance"
          ? passed(place, `${name} is encrypted on ${place.server}, and ${target} replicates it.`)
          : unknown(place, false, {
              summary: `${name} is encrypted on ${place.server}, and whose key it is cannot be read here: with the service's own key the engine refuses (41979).`,
              remedy: `Look at the TDE protector of the instance in the Azure portal: it must be a customer-managed key that ${target} has too.`,
            });
      }),
    ),
  );
};
