// Check: the editions carry a link, and let SQL Server's copy be read afterwards where that is wanted.
import { letsCopyBeRead } from "../choices/choices.ts";
import { isManagedInstance, isStandardEngine } from "../estate/versions.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check } from "./check.ts";
import { askSide, failed, passed, warning } from "./check.ts";

/** SERVERPROPERTY('EngineEdition'): Enterprise, Developer and Evaluation. */
const enterpriseEngine = 3;

/** Enterprise, Standard and Developer carry a link (Managed Instance link overview). */
export const edition: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "edition", blocks: true }, ({ place, facts: { server } }) => {
      const name = visibleText(server.edition);
      const is = `${place.server} is ${name}`;
      if (isManagedInstance(server)) return [passed(place, `${is}.`)];
      const isStandard = isStandardEngine(server) && /^standard/iu.test(server.edition);
      if (server.engineEdition !== enterpriseEngine && !isStandard) {
        return [
          failed(
            place,
            `${is}, which carries no link.`,
            "Enterprise, Standard or Developer edition is needed.",
          ),
        ];
      }
      const { estate, link, choices } = input;
      const isWanted = letsCopyBeRead(choices);
      const { removal, letSqlServerBeRead } = waysOf(estate, link, choices);
      return isWanted && !removal.isLocked && !letSqlServerBeRead.isOffered
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
