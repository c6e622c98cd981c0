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
  readonly typedLinkName: string;
}

export const noAnswers: RepairAnswers = {
  survivor: undefined,
  folders: { box: "", instance: "" },
  writersStopped: "",
  typedLinkName: "",
};

type Names = Readonly<Record<Side, string>>;

/** Whose copy is saved: of two primaries the one that is given up, without a primary both. */
export function savedSides(broken: Broken, { survivor }: RepairAnswers): readonly Side[] {
  if (broken === "noPrimary") return ["box", "instance"];
  return survivor === undefined ? [] : [otherSide(survivor)];
}

/** Why no plan can be made of these answers yet; undefined: it can. */
export function lacks(broken: Broken, answers: RepairAnswers, names: Names): string | undefined {
  const { survivor, folders } = answers;
  if (survivor === undefined) {
    return broken === "splitBrain"
      ? "Choose which side stays primary."
      : "Choose which side becomes primary.";
  }
  const given = otherSide(survivor);
  return broken === "splitBrain" && folders[given].trim() === ""
    ? `Name where what ${names[given]} holds is saved.`
    : undefined;
}

/** `at`: now, which gives every plan files of its own. Undefined while something lacks. */
export function repairChoices(
  linkName: string,
  broken: Broken,
  answers: RepairAnswers,
  at: Date,
): RepairChoices | undefined {
  const { survivor, folders, writersStopped } = answers;
  if (survivor === undefined) return undefined;
  const stamp = stampOf(at);
  const sides = savedSides(broken, answers);
  const placeOf = (side: Side) => {
    const folder = folders[side].trim();
    return sides.includes(side) && folder !== "" ? { folder, stamp } : null;
  };
  const typed = writersStopped.trim();
  return {
    kind: "repair",
    linkName,
    survivor,
    saveTo: { box: placeOf("box"), instance: placeOf("instance") },
    demoteBy: "tsql",
    ending: "rejoin",
    roleChangeType: "Forced",
    writersStopped: typed === "" ? null : typed,
  };
}

/** The words of the button that starts the run, and of what is typed before it. */
export function deedWords(plan: Pick<Plan, "move" | "from" | "to" | "box" | "instance">): string {
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
