// Check: the logs of the side that gives up have room, since a full log stops replication and applications alike.
import { passed, unknown, warning } from "../../checks/check.ts";
import type { Place } from "../../checks/check.ts";
import { direction } from "../../checks/check.ts";
import type { Finding } from "../../checks/finding.ts";
import { visibleText } from "../../visible-text.ts";
import type { ReadinessCheck } from "../input.ts";
import { askObjects } from "../input.ts";
import type { LogUse } from "../server-objects.ts";
import { percent } from "../words.ts";

/** Ours: what is left above it goes fast while a secondary does not follow. */
const fullPercent = 80;

export const logUse: ReadinessCheck = (input) =>
  askObjects(
    input,
    direction(input).from,
    { name: "logUse", what: "the use of the log", fact: ({ logUse: fact }) => fact },
    ({ place }, rows) =>
      input.link.databases.map((database) =>
        judge(
          place,
          visibleText(database),
          rows.find((row) => row.database === database),
        ),
      ),
  );

function judge(place: Place, database: string, row: LogUse | undefined): Finding {
  const { server } = place;
  if (row === undefined || row.activeMb === null || row.totalMb === null) {
    return unknown(place, false, {
      summary: `${server} does not tell how full the log of ${database} is.`,
      remedy: "A copy that is secondary tells nothing of its log: ask the side that is primary.",
    });
  }
  const used = percent(row.activeMb, row.totalMb);
  const said = `${String(used)} % of the log of ${database} on ${server} is in use (${String(Math.round(row.totalMb))} MB in all); log_reuse_wait_desc is ${visibleText(row.reuseWait)}.`;
  return used < fullPercent ? passed(place, said) : warning(place, said, remedyOf(row.reuseWait));
}

function remedyOf(reuseWait: string): string {
  switch (reuseWait) {
    case "LOG_BACKUP":
      return "Back up the log.";
    case "AVAILABILITY_REPLICA":
      return "The other side has not yet hardened it: look at the link, and wait until it follows.";
    case "ACTIVE_TRANSACTION":
      return "End the oldest transaction.";
    default:
      return "Find out what keeps the log before the failover, or give it room.";
  }
}
