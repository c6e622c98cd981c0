// Directly before a failover is forced: nothing may arrive on the secondary for a while, seen on the very connection that forces.
import { visibleText } from "../visible-text.ts";
import type { GuardedPlace } from "./guard.ts";
import { guardNumbers } from "./guard.ts";
import { ownLinkState, ownReceived } from "./link-queries.ts";
import { scriptString } from "./quote.ts";

/**
 * Ends the batch by THROW where the secondary is CONNECTED, or last_received_lsn or last_received_time move within `seconds`:
 * then the primary is alive. Changes nothing.
 */
export function silenceLines({ link, server }: GuardedPlace, seconds: number): string[] {
  const refusal = visibleText(
    `Refused: the primary is alive, ${server.serverName} is still receiving its log. Forcing now makes two primaries. Nothing was changed. Fail over planned, on the primary.`,
  );
  const read = (suffix: string) =>
    link.databases.flatMap((database, index) => [
      `SET @lsn${suffix}${index} = ISNULL(${ownReceived("last_received_lsn", database)}, 0);`,
      `SET @time${suffix}${index} = ISNULL(${ownReceived("last_received_time", database)}, '19000101');`,
    ]);
  const moved = link.databases.map(
    (_, index) =>
      `@lsnAfter${index} <> @lsnBefore${index} OR @timeAfter${index} <> @timeBefore${index}`,
  );
  return [
    `DECLARE @alive nvarchar(2048) = ${scriptString(refusal)};`,
    ...link.databases.map(
      (_, index) =>
        `DECLARE @lsnBefore${index} numeric(25, 0), @lsnAfter${index} numeric(25, 0), @timeBefore${index} datetime, @timeAfter${index} datetime;`,
    ),
    ...read("Before"),
    `WAITFOR DELAY '00:00:${String(seconds).padStart(2, "0")}';`,
    ...read("After"),
    `IF ISNULL(${ownLinkState("rs.connected_state_desc", link)}, N'not told') = N'CONNECTED' OR ${moved.join(" OR ")}`,
    `    THROW ${guardNumbers.connected}, @alive, 1;`,
  ];
}
