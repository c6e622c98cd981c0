// The input of the checks for tests: a healthy estate, its link and the usual choices.
import type { CheckInput } from "../../../shared/checks/check.ts";
import { checkAll } from "../../../shared/checks/all.ts";
import type { Finding } from "../../../shared/checks/finding.ts";
import type { PlannedFailoverChoices } from "../../../shared/choices/choices.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import type { Estate, SideFacts } from "../../../shared/estate/estate.ts";
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import { boxReading, estate, instanceReading, names } from "../estate/sample-estate.ts";

export interface InputChanges {
  readonly box?: Partial<SideFacts>;
  readonly instance?: Partial<SideFacts>;
  readonly estate?: Partial<Estate>;
  readonly choices?: Partial<PlannedFailoverChoices>;
  readonly gate?: GateState;
}

export function input(changes: InputChanges = {}): CheckInput {
  const seen = estate({
    box: boxReading(changes.box),
    instance: instanceReading(changes.instance),
    ...changes.estate,
  });
  const link = findLinks(seen).links[0];
  if (link === undefined) throw new Error("The sample has no link.");
  return {
    estate: seen,
    link,
    choices: {
      ...defaultChoices,
      linkName: names.link,
      to: "instance",
      ...changes.choices,
    },
    ...(changes.gate === undefined ? {} : { gate: changes.gate }),
  };
}

/** What one check says: level, side, sentence and remedy of each finding. */
export function say(check: string, changes: InputChanges = {}): readonly string[] {
  return findings(check, changes).map(
    ({ level, where, summary }) => `${level} ${where}: ${summary}`,
  );
}

export function findings(check: string, changes: InputChanges = {}): readonly Finding[] {
  return checkAll(input(changes)).filter((finding) => finding.check === check);
}
