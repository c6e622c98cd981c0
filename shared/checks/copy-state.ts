// Check: the copy that is to take over is ONLINE: neither restoring, nor recovering, nor suspect.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askFact, askSide, direction, failed, passed, unknown } from "./check.ts";

export const copyState: Check = (input) =>
  askSide(input, direction(input).to, { name: "copyState", blocks: true }, (seen) =>
    askFact(seen, seen.facts.databases, { what: "databases", blocks: true }, (all) =>
      input.link.databases.map((database) => {
        const { place } = seen;
        const name = visibleText(database);
        const copy = all.find((one) => one.name === database);
        if (copy === undefined) {
          return unknown(place, true, {
            summary: `${place.server} does not show its copy of ${name}.`,
            remedy: "Read it with a login that has VIEW ANY DATABASE.",
          });
        }
        return copy.state === "ONLINE"
          ? passed(place, `The copy of ${name} on ${place.server} is ONLINE.`)
          : failed(
              place,
              `The copy of ${name} on ${place.server} is ${visibleText(copy.state)} and cannot take over.`,
              "Look at the server's error log, and wait until the copy is ONLINE.",
            );
      }),
    ),
  );
