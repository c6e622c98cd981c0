// Check: the last log backup of each database on the side that is primary.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askFact, askSide, direction, passed, warning } from "./check.ts";

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
        if (ages.length === 0) {
          return warning(
            place,
            `${place.server} has no log backup of ${name} in its recent history.`,
            "Take one now, or make sure that another node or tool does.",
          );
        }
        const hours = Math.min(...ages);
        return hours > oldestHours
          ? warning(
              place,
              `The last log backup of ${name} on ${place.server} is ${Math.floor(hours)} h old.`,
              "Take one now.",
            )
          : passed(
              place,
              `The last log backup of ${name} on ${place.server} is ${ageWords(hours)} old.`,
            );
      }),
    ),
  );

function ageWords(hours: number): string {
  return hours < 1 ? `${Math.floor(hours * 60)} min` : `${Math.floor(hours)} h`;
}
