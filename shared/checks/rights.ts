// Check: the logins may see what is judged, and may change what the plan changes.
import { letsCopyBeRead } from "../choices/choices.ts";
import type { Rights, Side } from "../estate/estate.ts";
import {
  hasRight,
  mayAlterGroups,
  missingRightRemedy,
  missingRightSentence,
  rightName,
} from "../estate/rights.ts";
import { visibleText } from "../visible-text.ts";
import { waysOf } from "../ways/ways-of.ts";
import type { Check, CheckInput, SeenSide } from "./check.ts";
import { askSide, direction, failed, passed, warning } from "./check.ts";
import type { Finding } from "./finding.ts";

/** The right to change availability groups. */
export const alterGroups = "ALTER ANY AVAILABILITY GROUP";

export const rights: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "rights", blocks: true }, (seen) => {
      const { place, facts } = seen;
      const login = visibleText(facts.rights.login);
      const missing = [...missingToRead(facts.rights), ...missingToAct(input, side, facts.rights)];
      const notProved = missingToProve(input, seen);
      if (missing.length === 0) {
        if (notProved.length > 0) return notProved;
        return [passed(place, `${login} has the rights it needs on ${place.server}.`)];
      }
      return missing.map(({ permission, neededTo }) =>
        failed(
          place,
          `${missingRightSentence(place.server, login, permission)} Needed to ${neededTo}.`,
          missingRightRemedy(facts.rights.login, permission),
        ),
      );
    }),
  );

export interface MissingRight {
  readonly permission: string;
  readonly neededTo: string;
}

/** What a login lacks of reading an estate. */
export function missingToRead(held: Rights): readonly MissingRight[] {
  const reading = [
    ["definition", "read availability groups"],
    ["serverState", "read the state of availability groups, and who writes"],
  ] as const;
  return reading
    .filter(([right]) => !hasRight(right, held))
    .map(([right, neededTo]) => ({ permission: rightName(right, held), neededTo }));
}

function missingToAct(input: CheckInput, side: Side, held: Rights): readonly MissingRight[] {
  if (!acts(input, side) || mayAlterGroups(held)) return [];
  return [{ permission: alterGroups, neededTo: "change the availability groups" }];
}

/**
 * FAILOVER runs on the side that gives up its role, unless Azure is asked and may be; SQL Server's copy is opened for
 * reading, and its groups are dropped, on SQL Server.
 */
function acts(input: CheckInput, side: Side): boolean {
  const { estate, link, choices } = input;
  if (side === "box" && (letsCopyBeRead(choices) || !choices.keepLink)) return true;
  const asksAzure =
    choices.failoverBy === "arm" && waysOf(estate, link, choices).failoverBy.default === "arm";
  return side === direction(input).from && !asksAzure;
}

/** A removal after FAILOVER waits for the service's first full backup, which only its history shows. */
function missingToProve({ estate, link, choices }: CheckInput, seen: SeenSide): readonly Finding[] {
  const { place, side, facts } = seen;
  if (side === "box" || choices.to === "box" || choices.keepLink) return [];
  if (facts.backups.kind !== "notAllowed" || waysOf(estate, link, choices).move === "delete") {
    return [];
  }
  const { login } = facts.rights;
  const { permission } = facts.backups;
  return [
    warning(
      place,
      `${missingRightSentence(place.server, visibleText(login), permission)} Without it the first full backup is not proved, and the link is not removed.`,
      missingRightRemedy(login, permission),
    ),
  ];
}
