// The name of the restored database: nothing is written over, and the old name is asked for only once its copy was shown.
import type { Place } from "../checks/check.ts";
import { askSide, failed, passed, unknown } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { Fact, Side } from "../estate/estate.ts";
import { nameOf } from "../estate/name-of.ts";
import { moveAsideRemedy } from "../sql/offline-remedies.ts";
import { visibleText } from "../visible-text.ts";
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
    const what = oldCopy(input);
    if (isOldName && choices.overOldName === null) {
      return [
        failed(
          place,
          `${visibleText(as)} is the old name. ${what}`,
          "Restore under another name, or ask for the old one: --over-old-name.",
        ),
      ];
    }
    if (choices.overOldName !== null && choices.overOldName.typed !== database) {
      return [
        failed(
          place,
          `Under the old name: ${what}`,
          `Type it: --database-name ${visibleText(database)}.`,
        ),
      ];
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
        isOldName
          ? moveAsideRemedy(there, groupOf(input))
          : "Choose another name: --restore-as NAME.",
      ),
    ];
  });

/** Its group, its last write and its last backup, before anybody gives it up. */
function oldCopy(input: OfflineInput): string {
  const box = input.estate.box;
  const own = databaseOn(input, "box");
  if (box.kind !== "seen" || own === undefined) return "There is no old copy of it.";
  const group = groupOf(input);
  const rows = box.facts.replicaDatabases.kind === "seen" ? box.facts.replicaDatabases.value : [];
  const written = rows.find(
    (row) => row.databaseName === own.name && row.isLocal && row.lastCommitTime !== null,
  )?.lastCommitTime;
  const backups = box.facts.backups.kind === "seen" ? box.facts.backups.value : [];
  const backup = backups
    .filter(({ databaseName }) => databaseName === own.name)
    .map(({ finishedAt }) => finishedAt)
    .sort()
    .at(-1);
  return `The old copy on ${nameOf(box)} is ${own.state}, ${group === undefined ? "in no availability group" : `in the availability group ${visibleText(group)}`}; last write ${written ?? "not told"}, last backup ${backup ?? "not told"}.`;
}

function groupOf({ estate, database }: OfflineInput): string | undefined {
  const { box } = estate;
  if (box.kind !== "seen") return undefined;
  const { groups, replicaDatabases, databases } = box.facts;
  const own = databases.kind === "seen" && databases.value.find(({ name }) => name === database);
  if (groups.kind !== "seen" || replicaDatabases.kind !== "seen" || own === false) return undefined;
  if (own?.isInAvailabilityGroup !== true) return undefined;
  const ids = replicaDatabases.value
    .filter((row) => row.databaseName === database)
    .map(({ groupId }) => groupId);
  const local = groups.value.filter(({ isDistributed }) => !isDistributed);
  return (local.find(({ groupId }) => ids.includes(groupId)) ?? local[0])?.name ?? "not told";
}

/** As SQL Server compares names. */
export function databaseOn({ estate, database }: OfflineInput, side: Side) {
  const reading = estate[side];
  if (reading.kind !== "seen" || reading.facts.databases.kind !== "seen") return undefined;
  return reading.facts.databases.value.find(
    (one) => one.name.toLowerCase() === database.toLowerCase(),
  );
}

export function notRead(place: Place, fact: Exclude<Fact<unknown>, { kind: "seen" }>): Finding {
  return fact.kind === "failed"
    ? unknown(place, true, { summary: fact.problem.summary, remedy: fact.problem.remedy })
    : unknown(place, true, {
        summary: `The login has no ${fact.permission} on ${place.server}.`,
        remedy: "Ask for that permission.",
      });
}
