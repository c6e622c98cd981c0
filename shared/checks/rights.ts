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
import type { Check, CheckInput } from "./check.ts";
import { askSide, direction, failed, passed } from "./check.ts";

const alterGroups = "ALTER ANY AVAILABILITY GROUP";

export const rights: Check = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askSide(input, side, { name: "rights", blocks: true }, ({ place, facts }) => {
      const login = visibleText(facts.rights.login);
      const missing = [...missingToRead(facts.rights), ...missingToAct(input, side, facts.rights)];
      if (missing.length === 0) {
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

interface Missing {
  readonly permission: string;
  readonly neededTo: string;
}

function missingToRead(held: Rights): readonly Missing[] {
  const reading = [
    ["definition", "read availability groups"],
    ["serverState", "read the state of availability groups, and who writes"],
  ] as const;
  return reading
    .filter(([right]) => !hasRight(right, held))
    .map(([right, neededTo]) => ({ permission: rightName(right, held), neededTo }));
}

/** FAILOVER runs on the side that gives up its role; the copy on SQL Server is opened for reading there. */
function missingToAct(input: CheckInput, side: Side, held: Rights): readonly Missing[] {
  const acts = side === direction(input).from || (side === "box" && letsCopyBeRead(input.choices));
  if (!acts || mayAlterGroups(held)) return [];
  return [{ permission: alterGroups, neededTo: "change the availability groups" }];
}
