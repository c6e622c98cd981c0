// Check: no copy of a database of the link is still being made.
import type { Seeding } from "../estate/estate.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askFact, askSide, passed, waits } from "./check.ts";

export const seeding: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "seeding", blocks: false }, (seen) =>
      askFact(seen, seen.facts.seeding, { what: "seeding", blocks: false }, (all) => {
        const { place } = seen;
        const running = all.filter((one) => input.link.databases.includes(one.databaseName));
        return running.length === 0
          ? [passed(place, `No database of the link is being seeded on ${place.server}.`)]
          : running.map((one) =>
              waits(
                place,
                `${visibleText(one.databaseName)} is being seeded on ${place.server}${progress(one)}.`,
                "Wait until the seeding has ended.",
              ),
            );
      }),
    ),
  );

function progress({ transferredBytes, databaseBytes }: Seeding): string {
  if (transferredBytes === null || databaseBytes === null || databaseBytes <= 0) return "";
  return `, ${Math.floor((100 * transferredBytes) / databaseBytes)} % so far`;
}
