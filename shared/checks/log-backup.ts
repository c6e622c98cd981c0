// Check: the last log backup of each database on the side that is primary. On an instance the service takes them.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import type { Place } from "./check.ts";
import { askFact, askSide, direction, passed, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

/** Managed Instance link, best practices: at least daily while SQL Server is primary. */
const oldestHours = 24;

export const logBackup: Check = (input) =>
  askSide(input, direction(input).from, { name: "logBackup", blocks: false }, (seen) =>
    askFact(seen, seen.facts.backups, { what: "the history of backups", blocks: false }, (all) =>
      input.link.databases.map((database) => {
        const { place } = seen;
        const name = visibleText(database);
        const ages = all
          .filter((one) => one.databaseName === database && one.type === "L")
          .map((one) => one.ageSeconds / 3600);
        if (ages.length === 0) return noneSeen(place, name);
        const hours = Math.min(...ages);
        return hours > oldestHours
          ? warning(
              place,
              `The last log backup of ${name} on ${place.server} is ${Math.floor(hours)} h old.`,
              place.where === "instance" ? azureTakesThem : "Take one now.",
            )
          : passed(
              place,
              `The last log backup of ${name} on ${place.server} is ${ageWords(hours)} old.`,
            );
      }),
    ),
  );

const azureTakesThem =
  "Azure takes the log backups of an instance: look at its backups in the Azure portal.";

/** On an instance nobody can take one by hand, and its msdb need not show the service's own. */
function noneSeen(place: Place, database: string): Finding {
  const summary = `${place.server} has no log backup of ${database} in its recent history.`;
  return place.where === "instance"
    ? unknown(place, false, { summary, remedy: azureTakesThem })
    : warning(place, summary, "Take one now, or make sure that another node or tool does.");
}

function ageWords(hours: number): string {
  return hours < 1 ? `${Math.floor(hours * 60)} min` : `${Math.floor(hours)} h`;
}
