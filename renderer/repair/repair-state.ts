// What the operator answered on the page of a repair, and what it comes to: choices, and why they are not enough yet. Pure.
import { stampOf } from "../../shared/repair/save-target.ts";
import type { RepairChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { isLinkNameTyped } from "../../shared/forced/confirmed.ts";
import type { RepairLook } from "../../shared/repair/contract.ts";
import { otherSide } from "../../shared/plan/actions/action-form.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { Broken } from "../../shared/repair/input.ts";
import { visibleText } from "../../shared/visible-text.ts";

export interface RepairAnswers {
  /** Undefined until it was said: of two primaries none is proposed. */
  readonly survivor: Side | undefined;
  readonly folders: Readonly<Record<Side, string>>;
  /** Empty: it was not said that writers are stopped. */
  readonly writersStopped: string;
  readonly ending: RepairChoices["ending"];
  readonly demoteBy: RepairChoices["demoteBy"];
  readonly roleChangeType: RepairChoices["roleChangeType"];
  readonly typedLinkName: string;
}

export const noAnswers: RepairAnswers = {
  survivor: undefined,
  folders: { box: "", instance: "" },
  writersStopped: "",
  ending: "rejoin",
  demoteBy: "tsql",
  roleChangeType: "Forced",
  typedLinkName: "",
};

type Names = Readonly<Record<Side, string>>;

/** Whether the link is removed at the end: without a primary neither copy could be written afterwards. */
export function endsAlone(broken: Broken, { ending }: RepairAnswers): boolean {
  return broken === "splitBrain" && ending === "alone";
}

/** Of two primaries the side that is made secondary; undefined while none is named, and where none is made so. */
export function demotedSide(broken: Broken, answers: RepairAnswers): Side | undefined {
  const { survivor } = answers;
  if (survivor === undefined || broken === "noPrimary" || endsAlone(broken, answers)) {
    return undefined;
  }
  return otherSide(survivor);
}

/** Azure sets the role of an instance alone. */
export function asksSetRole(broken: Broken, answers: RepairAnswers): boolean {
  return answers.demoteBy === "arm" && demotedSide(broken, answers) === "instance";
}

/** Whose copy is saved: of two primaries the one that is made secondary, without a primary both. */
export function savedSides(broken: Broken, answers: RepairAnswers): readonly Side[] {
  if (broken === "noPrimary") return ["box", "instance"];
  const side = demotedSide(broken, answers);
  return side === undefined ? [] : [side];
}

/** Why no plan can be made of these answers yet; undefined: it can. */
export function lacks(broken: Broken, answers: RepairAnswers, names: Names): string | undefined {
  const { survivor, folders } = answers;
  if (survivor === undefined) {
    return broken === "splitBrain"
      ? "Choose which side stays primary."
      : "Choose which side becomes primary.";
  }
  const given = demotedSide(broken, answers);
  if (given === undefined) return undefined;
  if (folders[given].trim() === "") return `Name where what ${names[given]} holds is saved.`;
  return asksSetRole(broken, answers) && answers.writersStopped.trim() === ""
    ? `Type why nobody can write to ${names[given]}: Azure takes minutes.`
    : undefined;
}

/** `at`: now, which gives every plan files of its own. Undefined while something lacks. */
export function repairChoices(
  linkName: string,
  broken: Broken,
  answers: RepairAnswers,
  at: Date,
): RepairChoices | undefined {
  const { survivor, folders, roleChangeType } = answers;
  if (survivor === undefined) return undefined;
  const stamp = stampOf(at);
  const sides = savedSides(broken, answers);
  const placeOf = (side: Side) => {
    const folder = folders[side].trim();
    return sides.includes(side) && folder !== "" ? { folder, stamp } : null;
  };
  // What is not asked for any more is not said either.
  const typed = demotedSide(broken, answers) === undefined ? "" : answers.writersStopped.trim();
  return {
    kind: "repair",
    linkName,
    survivor,
    saveTo: { box: placeOf("box"), instance: placeOf("instance") },
    demoteBy: asksSetRole(broken, answers) ? "arm" : "tsql",
    ending: endsAlone(broken, answers) ? "alone" : "rejoin",
    roleChangeType,
    writersStopped: typed === "" ? null : typed,
  };
}

/** The words of the button that starts the run. */
export function deedWords(plan: Pick<Plan, "move" | "from" | "to" | "box" | "instance">): string {
  if (plan.move === "none") return "Remove the link";
  return plan.move === "demote"
    ? `Make ${visibleText(plan[plan.from].serverName)} secondary`
    : `Make ${visibleText(plan[plan.to].serverName)} primary`;
}

/** Whether the button is open: the plan is there and its link's name was typed. */
export function isRepairConfirmed(plan: Plan | undefined, { typedLinkName }: RepairAnswers) {
  return plan !== undefined && isLinkNameTyped(plan.link.name, typedLinkName);
}

/** Undefined while nothing is proposed: of two primaries nothing ever is. */
export function proposalWords(
  broken: Broken,
  look: RepairLook | undefined,
  names: Names,
): string | undefined {
  if (broken === "splitBrain") {
    return "Nothing is proposed: both hold commits that the other does not have. Choose the side that the applications are to go on with.";
  }
  if (look === undefined) return undefined;
  const { proposal } = look;
  return proposal.kind === "proposed"
    ? `Proposed: ${names[proposal.side]}. Its own log is hardened further, and nothing is known to have been forced.`
    : `Nothing is proposed: ${proposal.because} You name the side.`;
}
