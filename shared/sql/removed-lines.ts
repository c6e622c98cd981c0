// Reads a server after a link was removed: the distributed group gone, and the state of its copy. Changes nothing.
import { visibleText } from "../visible-text.ts";
import type { Check, GuardedPlace } from "./guard.ts";
import { contextChecks, guardLines } from "./guard.ts";
import { linkGroupId, updateability } from "./link-queries.ts";
import { scriptString } from "./quote.ts";
import { notProvedNumber, readBothFirst, writableCheck } from "./verify-lines.ts";

/** Ends the batch by THROW while the server still shows the link; then prints Updateability of every database. */
export function removedLines(
  place: GuardedPlace,
  databases: "mustBeWritable" | "asItIs",
): string[] {
  const { link, server } = place;
  const gone: Check = {
    number: notProvedNumber,
    verdict: "Not proved",
    seen: `ISNULL(${linkGroupId(link)}, N'gone')`,
    wanted: ["gone"],
    what: `the link ${link.name} on ${server.serverName}`,
    remedy: readBothFirst,
  };
  const written = databases === "asItIs" ? [] : link.databases;
  return [
    ...guardLines(
      [...contextChecks(place), gone, ...written.map((database) => writableCheck(place, database))],
      "removed",
    ),
    ...link.databases.map(
      (database) =>
        `PRINT ${scriptString(visibleText(`${database} on ${server.serverName}: `))} + ISNULL(${updateability(database)}, N'not visible') + N'.';`,
    ),
  ];
}
