// Keeps an old copy from being written by disabling its applications' logins, and undoes exactly that: for script files.
import { groupIdOn } from "../plan/planned-server.ts";
import { disableLoginsBatch, enableLoginsBatch, mayBeDisabled, roleFor } from "./disable-logins.ts";
import type { Check, GuardedPlace } from "./guard.ts";
import { contextChecks, guardNumbers } from "./guard.ts";
import { linkGroupId } from "./link-queries.ts";
import { quoteName, scriptString } from "./quote.ts";

/**
 * Disables every SQL, Windows and Entra login that has a user in one of the link's databases, but for sysadmin, the login that
 * runs it and those disabled already. Which ones: the members of a server role of its own ("CREATE SERVER ROLE"), which grants
 * nothing and outlives a restart.
 */
export function closeOldCopyBatch(place: GuardedPlace): string {
  const { databases } = place.link;
  return disableLoginsBatch({
    serverName: place.server.serverName,
    role: memoryRole(place),
    guard: "close",
    checks: [...contextChecks(place), linkIsGone(place), ...databases.map(isOnline)],
    find: databases.flatMap((database, index) => [
      `DECLARE @query${index} nvarchar(max) = ${loginsOf(database)};`,
      `INSERT INTO @logins (name) EXEC (@query${index});`,
    ]),
  });
}

/** Enables the members of that role, takes them out of it, and drops it. A second run changes nothing. */
export function reopenOldCopyBatch(place: GuardedPlace): string {
  const checks = contextChecks(place);
  return enableLoginsBatch({ role: memoryRole(place), guard: "reopen", checks });
}

/** Its own for each link and side. */
function memoryRole({ link, side }: GuardedPlace): string {
  return roleFor("closed", groupIdOn(link, side));
}

/** While the link is there the old copy may be the one that everybody works with. */
function linkIsGone({ link, server }: GuardedPlace): Check {
  return {
    number: guardNumbers.linkIdentity,
    verdict: "Refused",
    seen: `ISNULL(${linkGroupId(link)}, N'gone')`,
    wanted: ["gone"],
    what: `the link ${link.name} on ${server.serverName}`,
    remedy: "Nothing was changed. Remove the link first.",
  };
}

function isOnline(database: string): Check {
  return {
    number: guardNumbers.action,
    verdict: "Refused",
    seen: `(SELECT d.state_desc FROM sys.databases AS d WHERE d.name = ${scriptString(database)})`,
    wanted: ["ONLINE"],
    what: `the state of ${database}`,
    remedy:
      "Nothing was changed. A copy that is not ONLINE cannot be written; there is nothing to close.",
  };
}

/** A query as text, sent only after the guard: a database that cannot be opened would end the whole batch. */
function loginsOf(database: string): string {
  const query = [
    "SELECT DISTINCT p.name FROM sys.server_principals AS p",
    `JOIN ${quoteName(database)}.sys.database_principals AS u ON u.sid = p.sid`,
    ...mayBeDisabled,
  ].join(" ");
  return scriptString(query);
}
