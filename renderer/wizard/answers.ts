// What the operator picks in the wizard, and the choices these answers make.
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import { defaultChoices, defaultGateSettings } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";

/** Every answer is a tick. */
export interface Answers {
  /** Introduction: do not show this page again. */
  readonly hideIntroduction: boolean;
  /** The operator says so; the gate looks for itself. */
  readonly workloadStopped: boolean;
  /** The engine itself waits and refuses (47514-47516); our proof is missing. Only asked where nothing else is left. */
  readonly acceptUnproved: boolean;
  /** SSMS's last task: SQL Server's copy can be read after it became secondary. */
  readonly letSqlServerBeRead: boolean;
}

export type AnswerName = keyof Answers;

/** The answers that make another plan. */
export type ChoiceName = "acceptUnproved" | "letSqlServerBeRead";

/** As SSMS presets them. */
export const presetAnswers: Answers = {
  hideIntroduction: false,
  workloadStopped: false,
  acceptUnproved: false,
  letSqlServerBeRead: true,
};

/** `primary` undefined: nobody says so yet, and the direction of a first failover is taken. */
export function choicesOf(
  linkName: string,
  primary: Side | undefined,
  answers: Pick<Answers, ChoiceName>,
): PlannedFailoverChoices {
  return {
    ...defaultChoices,
    linkName,
    to: otherSide(primary ?? "box"),
    gate: { ...defaultGateSettings, acceptUnproved: answers.acceptUnproved },
    letSqlServerBeRead: answers.letSqlServerBeRead,
  };
}
