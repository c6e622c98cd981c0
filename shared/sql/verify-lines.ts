// Reads a server after a role change, waiting while it is on its way, and ends the batch by THROW where it is not as planned.
import { visibleText } from "../visible-text.ts";
import type { Check, GuardedPlace } from "./guard.ts";
import { checkLines, contextChecks, guardLines, nodeChecks } from "./guard.ts";
import { ownLinkState, updateability } from "./link-queries.ts";
import { scriptString } from "./quote.ts";

/** What was sent before is not proved; nothing is said of whether it changed something. */
export const notProvedNumber = 50020;

/** What to do where something is not proved. */
export const readBothFirst = "Read both sides before any other step.";

/** How often, 5 s apart, a server on its way to its role is looked at. */
const mostLooks = 12;

/** `forced`: writable too, and its health is not asked, since the other side may be gone. */
export type Verified = "mustBeWritable" | "asItIs" | "forced";

/**
 * The lines that read one side back: its role in the link and its health, and on the new primary every database READ_WRITE.
 * Changes nothing. `place.roles` holds the one role it must have.
 */
export function verifyLines(place: GuardedPlace, databases: Verified): string[] {
  const { link, server } = place;
  const isForced = databases === "forced";
  const wanted = place.roles.map((role) => (isForced ? role : `${role}, HEALTHY`));
  const state = ownLinkState(
    isForced
      ? "rs.role_desc"
      : "rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')",
    link,
  );
  const written = databases === "asItIs" ? [] : link.databases;
  const isThere = [
    `@verifySeen IN (${wanted.map(scriptString).join(", ")})`,
    ...written.map((database) => `${updateability(database)} = N'READ_WRITE'`),
  ];
  const checks: readonly Check[] = [
    {
      number: notProvedNumber,
      verdict: "Not proved",
      seen: state,
      wanted,
      what: `${server.serverName} in the link ${link.name}`,
      remedy: readBothFirst,
    },
    ...written.map((database) => writableCheck(place, database)),
  ];
  const done = `Read back on ${server.serverName}: ${link.name} is ${wanted.join(" or ")}${written.length === 0 ? "" : ", READ_WRITE"}.`;
  return [
    ...guardLines([...contextChecks(place), ...nodeChecks(place)], "verify"),
    "DECLARE @looks int = 0;",
    `WHILE @looks < ${mostLooks}`,
    "BEGIN",
    "    SET @verifySeen = NULL;",
    ...`SET @verifySeen = ${state};`.split("\n").map((line) => `    ${line}`),
    `    IF ${isThere.join(" AND ")} BREAK;`,
    // Only a server on its way is waited for: the other role stays as it is, since FAILOVER returns after the change. A forced
    // one returns once it is accepted (ALTER AVAILABILITY GROUP), and any role may still change.
    ...(isForced
      ? []
      : [`    IF @verifySeen LIKE ${scriptString(`${otherRole(place)},%`)} BREAK;`]),
    "    WAITFOR DELAY '00:00:05';",
    "    SET @looks = @looks + 1;",
    "END;",
    ...checks.flatMap((check) => checkLines(check, "verify")),
    `PRINT ${scriptString(visibleText(done))};`,
  ];
}

/** The database can be written on that server; what was sent before is not proved otherwise. */
export function writableCheck({ server }: GuardedPlace, database: string): Check {
  return {
    number: notProvedNumber,
    verdict: "Not proved",
    seen: updateability(database),
    wanted: ["READ_WRITE"],
    what: `Updateability of ${database} on ${server.serverName}`,
    remedy: readBothFirst,
  };
}

function otherRole(place: GuardedPlace): string {
  return place.roles.includes("PRIMARY") ? "SECONDARY" : "PRIMARY";
}
