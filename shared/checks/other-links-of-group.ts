// Check: what the other links over the same local availability group mean for this one, and what is chosen for the group.
import type { AvailabilityGroup } from "../estate/estate.ts";
import { linksOverGroup } from "../estate/links-over-group.ts";
import { listOf } from "../plan/actions/action-form.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check, CheckInput, Place } from "./check.ts";
import { askEnd, askFact, failed, passed, unknown, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

const check = { name: "otherLinksOfGroup", blocks: true };

export const otherLinksOfGroup: Check = (input) =>
  askEnd(input, "box", check, (seen, { own }) =>
    askFact(seen, seen.facts.groups, { what: "availability groups", blocks: true }, () => {
      const { place } = seen;
      if (own === undefined) {
        return [
          unknown(place, true, {
            summary: `${place.server} does not show which availability group the link uses.`,
            remedy: "Read it again on the primary node of the availability group.",
          }),
        ];
      }
      const local = visibleText(own.replicaServerName);
      const others = linksOverGroup(input.estate, input.link);
      return others.length === 0
        ? [passed(place, `${local} on ${place.server} carries this link alone.`)]
        : [...secondaryThere(place, local, others), ...shared(input, place, local, others)];
    }),
  );

/** A group that another link has made secondary gives nothing away and takes nothing over. */
function secondaryThere(
  place: Place,
  local: string,
  others: readonly AvailabilityGroup[],
): readonly Finding[] {
  return others
    .filter(({ replicas }) =>
      replicas.some((own) => own.isLocal === true && own.role === "SECONDARY"),
    )
    .map(({ name }) =>
      failed(
        place,
        `${local} on ${place.server} is SECONDARY in its other link ${visibleText(name)}.`,
        `Fail ${visibleText(name)} back to ${place.server} first, or remove it.`,
      ),
    );
}

function shared(
  input: CheckInput,
  place: Place,
  local: string,
  others: readonly AvailabilityGroup[],
): readonly Finding[] {
  const { estate, link, choices } = input;
  const names = visibleText(listOf(others.map(({ name }) => name)));
  const also = `${local} on ${place.server} also carries ${names}`;
  if (!choices.keepLink && choices.removal.dropGroup) {
    return [
      failed(
        place,
        `${also}: it cannot be deleted while another link needs it.`,
        "Choose to leave the availability group, or remove that link first.",
      ),
    ];
  }
  const { move } = waysOf(estate, link, choices);
  // The end of this link changes nothing of the group that the others use.
  if (move === "delete") return [passed(place, `${also}, which stays as it is.`)];
  return [
    warning(
      place,
      choices.to === "instance"
        ? `${also}: once ${place.server} is secondary in this link, whether it passes its log on there is not documented.`
        : `${also}: what it receives while ${place.server} takes over is not documented.`,
      `Look at ${names} after the failover.`,
    ),
  ];
}
