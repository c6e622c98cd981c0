// Check: data movement of no database of the link is suspended, on either side.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askEnd, failed, passed, unknown } from "./check.ts";

export const suspension: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askEnd(input, side, { name: "suspension", blocks: true }, ({ place }, { group, databases }) => {
      const rows = databases.filter((row) => row.isLocal || row.groupId === group.groupId);
      const suspended = rows.filter((row) => row.isSuspended === true);
      if (suspended.length > 0) {
        return uniqueBy(suspended, (row) => row.databaseName).map((row) => {
          const database = visibleText(row.databaseName);
          const reason = row.suspendReason === null ? "no reason told" : row.suspendReason;
          return failed(
            place,
            `Data movement of ${database} is suspended on ${place.server} (${visibleText(reason)}).`,
            `Resume data movement of ${database} on ${place.server}, and wait until it has caught up.`,
          );
        });
      }
      return rows.length === 0 || rows.some((row) => row.isSuspended === null)
        ? [
            unknown(place, true, {
              summary: `${place.server} does not say whether data movement is suspended.`,
              remedy: "Read it again on the primary node of the availability group.",
            }),
          ]
        : [passed(place, `Data movement is not suspended on ${place.server}.`)];
    }),
  );

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.filter((item, index) => items.findIndex((one) => key(one) === key(item)) === index);
}
