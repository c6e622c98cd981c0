// What the operator picks in the wizard, and the choices these answers make.
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import {
  defaultBudgetSeconds,
  defaultChoices,
  defaultGateSettings,
} from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Way } from "../../shared/ways/way.ts";
import { targetOf } from "./link-facts.ts";

/** Every answer is a tick, but for the type and what is typed. */
export interface Answers {
  readonly type: "planned" | "forced";
  /** "I understand" below Forced failover. */
  readonly lossUnderstood: boolean;
  /** Why it is forced although the primary is alive, as typed; empty: it is not. */
  readonly aliveReason: string;
  /** Why it is forced although data movement was suspended, as typed; empty: it is not. */
  readonly suspendedReason: string;
  /** It is forced before everything that has arrived is redone. */
  readonly goOn: boolean;
  /** The link's name, typed by hand on Summary: good for the plan that is shown there, and for no other. */
  readonly typedLinkName: string;
  /** Introduction: do not show this page again. */
  readonly hideIntroduction: boolean;
  /** The operator says so; the gate looks for itself. */
  readonly workloadStopped: boolean;
  /** The engine itself waits and refuses (47514-47516); our proof is missing. Only asked where nothing else is left. */
  readonly acceptUnproved: boolean;
  /** SSMS's last task: SQL Server's copy can be read after it became secondary. */
  readonly letSqlServerBeRead: boolean;
  /** Remove the link after successful failover completion. */
  readonly removeLink: boolean;
  /** Delete the availability group on SQL Server; counts only together with the removal. */
  readonly dropGroup: boolean;
  /** Keep the old copy from being written; counts only together with the removal. */
  readonly keepOldCopyClosed: boolean;
  /** "I understand", asked where the removal is locked. */
  readonly understood: boolean;
  /** Azure is asked for the failover in place of T-SQL; counts only where that is offered. */
  readonly askAzure: boolean;
  /** Minutes for what can be taken back, as typed. */
  readonly budget: string;
}

export type AnswerName = keyof Answers;
export type TickName = {
  [Name in AnswerName]: Answers[Name] extends boolean ? Name : never;
}[AnswerName];

/** One answer with what was answered. */
export type AnswerGiven = {
  [Name in AnswerName]: { readonly answer: Name; readonly value: Answers[Name] };
}[AnswerName];

/** The answers that make another plan. */
export const choiceNames = [
  "type",
  "aliveReason",
  "suspendedReason",
  "goOn",
  "acceptUnproved",
  "letSqlServerBeRead",
  "removeLink",
  "dropGroup",
  "keepOldCopyClosed",
  "understood",
  "askAzure",
  "budget",
] as const satisfies readonly AnswerName[];

/** As SSMS presets them; keeping the old copy closed is ours. */
export const presetAnswers: Answers = {
  type: "planned",
  lossUnderstood: false,
  aliveReason: "",
  suspendedReason: "",
  goOn: false,
  typedLinkName: "",
  hideIntroduction: false,
  workloadStopped: false,
  acceptUnproved: false,
  letSqlServerBeRead: true,
  removeLink: false,
  dropGroup: false,
  keepOldCopyClosed: true,
  understood: false,
  askAzure: false,
  budget: String(defaultBudgetSeconds / 60),
};

export const [leastBudgetMinutes, mostBudgetMinutes] = [1, 1440] as const;

/** Whole minutes; undefined for anything else that was typed. */
export function budgetMinutesOf({ budget }: Pick<Answers, "budget">): number | undefined {
  const minutes = /^\d{1,4}$/u.test(budget.trim()) ? Number(budget) : 0;
  return minutes >= leastBudgetMinutes && minutes <= mostBudgetMinutes ? minutes : undefined;
}

/** What the answers come to, on the way that is decided for the link. */
export interface Chosen {
  readonly acceptUnproved: boolean;
  readonly letSqlServerBeRead: boolean;
  readonly keepLink: boolean;
  readonly dropGroup: boolean;
  readonly keepOldCopyClosed: boolean;
  readonly failoverBy: "tsql" | "arm";
  readonly budgetSeconds: number;
}

/** A tick on something that is not offered does not count. `way` undefined: the link is not found, and nothing comes of it. */
export function chosenOn(way: Way | undefined, answers: Answers): Chosen {
  const { acceptUnproved, keepOldCopyClosed } = answers;
  const byAzure = way?.askAzure;
  const asksAzure =
    byAzure?.isDefault === true || (answers.askAzure && byAzure?.isOffered === true);
  const minutes = budgetMinutesOf(answers);
  return {
    acceptUnproved,
    letSqlServerBeRead: answers.letSqlServerBeRead && (way?.letSqlServerBeRead.isOffered ?? true),
    keepLink: !(way?.isRemoved ?? false),
    dropGroup: answers.dropGroup && (way?.dropGroup.isOffered ?? false),
    keepOldCopyClosed,
    failoverBy: asksAzure ? "arm" : "tsql",
    // What is no number of minutes closes its own page; until then the checks are asked with the usual time.
    budgetSeconds: minutes === undefined ? defaultBudgetSeconds : minutes * 60,
  };
}

/**
 * `primary` undefined: nobody says so yet, and the direction of a first failover is taken. That both copies are independent
 * afterwards is asked on a later page than the checks: they are answered as if it was understood.
 */
export function choicesOf(
  linkName: string,
  primary: Side | undefined,
  chosen: Chosen,
): PlannedFailoverChoices {
  const { acceptUnproved, letSqlServerBeRead, keepLink, failoverBy } = chosen;
  const { dropGroup, keepOldCopyClosed, budgetSeconds } = chosen;
  return {
    ...defaultChoices,
    linkName,
    to: targetOf(primary),
    keepLink,
    removal: { dropGroup, keepOldCopyClosed, understood: true },
    failoverBy,
    budgetSeconds,
    gate: { ...defaultGateSettings, acceptUnproved },
    letSqlServerBeRead,
  };
}

/** The choices that a plan is made of: here it counts whether the operator has understood. */
export function plannedWith(
  choices: PlannedFailoverChoices,
  understood: boolean,
): PlannedFailoverChoices {
  return { ...choices, removal: { ...choices.removal, understood } };
}
