// Checks: linked servers and credentials, compared by name alone. What they hold is not read, and whether it is used is not known.
import { passed, warning } from "../../checks/check.ts";
import type { Asked, ReadinessCheck } from "../input.ts";
import { askBoth, sameName } from "../input.ts";
import { called } from "../words.ts";

interface Words {
  readonly one: string;
  /** How it gets there. */
  readonly remedy: string;
}

function comparedByName(asked: Asked<readonly string[]>, words: Words): ReadinessCheck {
  return (input) =>
    askBoth(input, asked, ({ from, to }) => {
      const { place } = to.seen;
      const { server } = place;
      const own = from.seen.place.server;
      if (from.value.length === 0) return [passed(place, `${own} has no ${words.one}.`)];
      const missing = from.value.filter((name) => !to.value.some((one) => sameName(one, name)));
      return missing.length === 0
        ? [passed(place, `${server} has every ${words.one} of ${own}, by name.`)]
        : [
            warning(
              place,
              `${server} has no ${called(words.one, missing)}, which ${own} has. Whether the databases use it was not read.`,
              words.remedy,
            ),
          ];
    });
}

export const linkedServers = comparedByName(
  { name: "linkedServers", what: "linked servers", fact: ({ linkedServers: fact }) => fact },
  {
    one: "linked server",
    remedy:
      "Create it there if the databases use it. SSMS writes it without its passwords: Server Objects > Linked Servers > Script Linked Server as > CREATE To.",
  },
);

export const credentials = comparedByName(
  { name: "credentials", what: "credentials", fact: ({ credentials: fact }) => fact },
  {
    one: "credential",
    remedy:
      "Create it there with CREATE CREDENTIAL if jobs or backups use it. Its secret cannot be read anywhere and must be given anew.",
  },
);
