// The name of the restored database: nothing is written over, and the old name is asked for only once its copy was shown.
import type { Place } from "../checks/check.ts";
import { askSide, failed, passed, unknown } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { Fact } from "../estate/estate.ts";
import { moveAsideRemedy } from "../sql/offline-remedies.ts";
import { visibleText } from "../visible-text.ts";
import { groupOf, oldCopyWords } from "./copy-facts.ts";
import type { OfflineInput } from "./input.ts";
import { restoreName } from "./input.ts";

/** Nothing is written over: a name that is taken is for people to free, also where it was typed. */
export const name = (input: OfflineInput): readonly Finding[] =>
  askSide(input, "box", { name: "restoreName", blocks: true }, ({ place, facts }) => {
    const { database, choices } = input;
    const as = restoreName(input);
    const isOldName = as.toLowerCase() === database.toLowerCase();
    if (facts.databases.kind !== "seen") return [notRead(place, facts.databases)];
    const there = facts.databases.value.find((one) => one.name.toLowerCase() === as.toLowerCase());
    const what = oldCopyWords(input);
    if (isOldName && choices.overOldName === null) {
      return [
        failed(
          place,
          `${visibleText(as)} is the old name. ${what}`,
          "Restore under another name, or ask for the old one.",
        ),
      ];
    }
    if (choices.overOldName !== null && choices.overOldName.typed !== database) {
      return [failed(place, `Under the old name: ${what}`, `Type it: ${visibleText(database)}.`)];
    }
    if (there === undefined) {
      return [passed(place, `The name ${visibleText(as)} is free on ${place.server}.`)];
    }
    return [
      failed(
        place,
        isOldName
          ? `The name ${visibleText(as)} is taken on ${place.server}. ${what}`
          : `${place.server} has a database ${visibleText(as)} already, and nothing is restored over it.`,
        isOldName ? moveAsideRemedy(there, groupOf(input, "box")) : "Choose another name.",
      ),
    ];
  });

export function notRead(place: Place, fact: Exclude<Fact<unknown>, { kind: "seen" }>): Finding {
  return fact.kind === "failed"
    ? unknown(place, true, { summary: fact.problem.summary, remedy: fact.problem.remedy })
    : unknown(place, true, {
        summary: `The login has no ${fact.permission} on ${place.server}.`,
        remedy: "Ask for that permission.",
      });
}
