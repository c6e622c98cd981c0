// Reads a server after a link was removed: the distributed group gone, and the state of its copy. Changes nothing.
import type { PlannedLink, PlannedServer } from "../plan/plan.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./guard.ts";
import { guardLines } from "./guard.ts";
import { linkGroupId } from "./link-queries.ts";
import { scriptString } from "./quote.ts";
import { notProvedNumber } from "./verify-lines.ts";

/** Ends the batch by THROW while the server still shows the link; then prints Updateability of every database. */
export function removedLines(server: PlannedServer, link: PlannedLink): string[] {
  const gone: Check = {
    number: notProvedNumber,
    verdict: "Not proved",
    seen: `ISNULL(${linkGroupId(link)}, N'gone')`,
    wanted: ["gone"],
    what: `the link ${link.name} on ${server.serverName}`,
    remedy: "Read both sides before any other step.",
  };
  return [
    ...guardLines([gone], "removed"),
    ...link.databases.map(
      (database) =>
        `PRINT ${scriptString(visibleText(`${database} on ${server.serverName}: `))} + ISNULL(CAST(DATABASEPROPERTYEX(${scriptString(database)}, N'Updateability') AS nvarchar(128)), N'not visible') + N'.';`,
    ),
  ];
}
