// Looks at the old primary's copy for a while from one server alone: for script files.
import { visibleText } from "../visible-text.ts";
import { gateShutNumber, ownPositionLines } from "./gate-lines.ts";
import type { GuardedPlace } from "./guard.ts";
import { contextChecks, guardLines } from "./guard.ts";
import { ownCommitLsn, writingTransactions } from "./link-queries.ts";
import { scriptString } from "./quote.ts";
import { takeLockLines } from "./script-batch.ts";
import { groupIdOn } from "../plan/planned-server.ts";

/**
 * Ends the batch by THROW when a session writes or a last commit moves within `seconds`; otherwise prints the positions and takes
 * the lock of the link, which the drops that follow in the same file ask for. Changes nothing.
 */
export function oldCopyLines(place: GuardedPlace, seconds: number): string[] {
  const { link, server, side } = place;
  const moved = link.databases.map(
    (database, index) => `${ownCommitLsn("MAX", database)} > @own${index}`,
  );
  const refusal = visibleText(
    `Loss at risk: somebody writes to the old copy on ${server.serverName}, and it is on no other server. Nothing more is dropped.`,
  );
  return [
    ...guardLines(contextChecks(place), "old"),
    ...ownPositionLines(link, "MAX"),
    `DECLARE @looks int = 0, @writers int, @refusal nvarchar(2048) = ${scriptString(refusal)};`,
    `WHILE @looks < ${Math.max(1, Math.ceil(seconds))}`,
    "BEGIN",
    "    WAITFOR DELAY '00:00:01';",
    "    SET @looks = @looks + 1;",
    "    SET @writers = NULL;",
    `    SET @writers = ${writingTransactions(link)};`,
    `    IF @writers IS NULL OR @writers > 0 OR ${moved.join(" OR ")}`,
    `        THROW ${gateShutNumber}, @refusal, 1;`,
    "END;",
    ...takeLockLines(groupIdOn(link, side)),
  ];
}
