// Check: the link on SQL Server replicates with the very instance that is connected here.
import { isInstanceOf, partnerOf } from "../estate/partner-url.ts";
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
    return isInstanceOf(partner, connected)
      ? [passed(place, `The link on ${place.server} replicates with ${nameOf(instance)}.`)]
      : [
          failed(
            place,
            `The link on ${place.server} replicates with ${visibleText(partner.host)}, not with ${nameOf(instance)}.`,
            `Connect to the instance ${visibleText(partner.host)}, or choose another link.`,
          ),
        ];
  });
