// Check: the availability group behind the link carries this link alone, with one database.
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askEnd, askFact, failed, passed, unknown } from "./check.ts";

const check = { name: "otherLinks", blocks: true };

export const otherLinks: Check = (input) =>
  askEnd(input, "box", check, (seen, { group, own }) =>
    askFact(seen, seen.facts.groups, { what: "availability groups", blocks: true }, (groups) => {
      const { place } = seen;
      const { databases } = input.link;
      if (own === undefined || databases.length === 0) {
        return [
          unknown(place, true, {
            summary: `${place.server} does not show which databases the link holds.`,
            remedy: "Read it again on the primary node of the availability group.",
          }),
        ];
      }
      const others = groups.filter(
        (other) =>
          other.isDistributed &&
          other.groupId !== group.groupId &&
          other.replicas.some((replica) => replica.replicaServerName === own.replicaServerName),
      );
      const local = visibleText(own.replicaServerName);
      if (others.length > 0) {
        const names = others.map((other) => visibleText(other.name)).join(", ");
        return [
          failed(
            place,
            `The availability group ${local} on ${place.server} also carries ${names}.`,
            "A failover of one of several links over the same group is not in this version. Use SSMS.",
          ),
        ];
      }
      if (databases.length > 1) {
        return [
          failed(
            place,
            `The link on ${place.server} holds ${databases.length} databases.`,
            "A failover of a link with several databases is not in this version. Use SSMS.",
          ),
        ];
      }
      return [passed(place, `${local} on ${place.server} carries this link alone.`)];
    }),
  );
