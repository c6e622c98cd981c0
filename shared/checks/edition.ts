// Check: the editions carry a link, and let SQL Server's copy be read afterwards where that is wanted.
import { letsCopyBeRead } from "../choices/choices.ts";
import { isManagedInstance } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askSide, failed, passed, warning } from "./check.ts";

/** SERVERPROPERTY('EngineEdition'); 2 is Standard, Web and Business Intelligence alike. */
const engineEditions = { standard: 2, enterprise: 3 } as const;

/** Enterprise, Standard and Developer carry a link (Managed Instance link overview). */
export const edition: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "edition", blocks: true }, ({ place, facts: { server } }) => {
      const name = visibleText(server.edition);
      const is = `${place.server} is ${name}`;
      if (isManagedInstance(server)) return [passed(place, `${is}.`)];
      const isStandard =
        server.engineEdition === engineEditions.standard && /^standard/iu.test(server.edition);
      if (server.engineEdition !== engineEditions.enterprise && !isStandard) {
        return [
          failed(
            place,
            `${is}, which carries no link.`,
            "Enterprise, Standard or Developer edition is needed.",
          ),
        ];
      }
      return isStandard && letsCopyBeRead(input.choices)
        ? [
            warning(
              place,
              `${is}: its copy cannot be read while it is secondary, so that step is left out.`,
              "Accept it, or read on the instance.",
            ),
          ]
        : [passed(place, `${is}.`)];
    }),
  );
