// Check: the link holds one database.
import type { Check } from "./check.ts";
import { askEnd, failed, passed, unknown } from "./check.ts";

export const oneDatabase: Check = (input) =>
  askEnd(input, "box", { name: "oneDatabase", blocks: true }, ({ place }) => {
    const count = input.link.databases.length;
    if (count === 0) {
      return [
        unknown(place, true, {
          summary: `${place.server} does not show which databases the link holds.`,
          remedy: "Read it again on the primary node of the availability group.",
        }),
      ];
    }
    return count === 1
      ? [passed(place, `The link on ${place.server} holds one database.`)]
      : [
          failed(
            place,
            `The link on ${place.server} holds ${count} databases.`,
            "A failover of a link with several databases is not in this version. Use SSMS.",
          ),
        ];
  });
