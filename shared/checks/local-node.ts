// Check: SQL Server is connected at the node that is primary of its own availability group.
import { ownReplica } from "../estate/seen-link-end.ts";
import { visibleText } from "../visible-text.ts";
import type { CheckInput } from "./check.ts";
import type { Finding } from "./finding.ts";
import { askEnd, failed, passed, unknown } from "./check.ts";

export const localNode = (input: Pick<CheckInput, "estate" | "link">): readonly Finding[] =>
  askEnd(input, "box", { name: "localNode", blocks: true }, ({ place }, { localGroup, own }) => {
    const role = ownReplica(localGroup)?.role ?? null;
    if (localGroup === undefined || role === null) {
      const group = own === undefined ? "behind this link" : visibleText(own.replicaServerName);
      return [
        unknown(place, true, {
          summary: `${place.server} does not show its role in the availability group ${group}.`,
          remedy: "Read it with a login that has VIEW ANY DEFINITION and VIEW SERVER STATE.",
        }),
      ];
    }
    const group = visibleText(localGroup.name);
    if (role === "PRIMARY") {
      return [passed(place, `${place.server} is the primary node of ${group}.`)];
    }
    const primary = localGroup.primaryReplica;
    return [
      failed(
        place,
        `${place.server} is ${role} in its own availability group ${group}; only the primary node shows and changes the link's roles.`,
        primary === null
          ? `Connect to the primary node of ${group}.`
          : `Connect to ${visibleText(primary)}.`,
      ),
    ];
  });
