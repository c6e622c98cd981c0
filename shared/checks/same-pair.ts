// Check: the link on SQL Server replicates with the very instance that is connected here.
import type { Partner } from "../estate/partner-url.ts";
import { partnerOf } from "../estate/partner-url.ts";
import { visibleText } from "../visible-text.ts";
import { nameOf } from "../estate/name-of.ts";
import type { Check } from "./check.ts";
import { askEnd, failed, passed, unknown } from "./check.ts";

export const samePair: Check = (input) =>
  askEnd(input, "box", { name: "samePair", blocks: true }, ({ place }, { partnerEndpointUrl }) => {
    const partner = partnerOf(partnerEndpointUrl);
    const instance = input.estate.instance;
    if (partner === undefined || instance.kind === "unreachable") {
      return [
        unknown(place, true, {
          summary: `It cannot be seen whether the link on ${place.server} replicates with ${nameOf(instance)}.`,
          remedy:
            instance.kind === "unreachable"
              ? instance.problem.remedy
              : `Read sys.availability_replicas on ${place.server} with a login that has VIEW ANY DEFINITION.`,
        }),
      ];
    }
    const connected = instance.facts.server.serverName;
    return isSame(partner, connected)
      ? [passed(place, `The link on ${place.server} replicates with ${nameOf(instance)}.`)]
      : [
          failed(
            place,
            `The link on ${place.server} replicates with ${visibleText(partner.host)}, not with ${nameOf(instance)}.`,
            `Connect to the instance ${visibleText(partner.host)}, or choose another link.`,
          ),
        ];
  });

/** The host is the instance's own full name, or the short name in the URL is that name's first label. */
function isSame(partner: Partner, serverName: string): boolean {
  const own = serverName.toLowerCase();
  return partner.host.toLowerCase() === own || partner.name?.toLowerCase() === own.split(".")[0];
}
