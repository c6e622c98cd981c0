// What the repair of a link without exactly one primary is planned from: both sides, read twice, and the copies that may be given up.
import type { RepairChoices } from "../choices/choices.ts";
import type { Problem } from "../errors/app-error.ts";
import type { Side } from "../estate/estate.ts";
import type { LinkLook } from "../estate/link-state.ts";
import { linkState } from "../estate/link-state.ts";
import { nameOf } from "../estate/name-of.ts";
import { otherSide } from "../plan/actions/action-form.ts";
import type { CopyToSave } from "./copy-to-save.ts";

export type CopiesSeen =
  | { readonly kind: "seen"; readonly copies: readonly CopyToSave[] }
  | { readonly kind: "unseen"; readonly problem: Problem };

export interface RepairInput extends LinkLook {
  /** The same link, seen at least 5 s before: one reading may be a moment of a role change. */
  readonly earlier: LinkLook | undefined;
  readonly choices: RepairChoices;
  readonly copies: Readonly<Record<Side, CopiesSeen>>;
}

export type Broken = "splitBrain" | "noPrimary";

/** Which of the two it is, in both readings; undefined: neither, or seen only once. */
export function brokenAs(input: Pick<RepairInput, "estate" | "link" | "earlier">) {
  const { earlier } = input;
  const now = linkState(input, earlier === undefined ? {} : { earlier }).kind;
  if (now === "splitBrain") return now;
  const before = earlier === undefined ? undefined : linkState(earlier).kind;
  return now === "noPrimary" && before === "noPrimary" ? now : undefined;
}

/** The side that is to be or stay secondary. */
export function givenUpSide({ choices }: Pick<RepairInput, "choices">): Side {
  return otherSide(choices.survivor);
}

export function namesIn({ estate }: Pick<RepairInput, "estate">): Readonly<Record<Side, string>> {
  return { box: nameOf(estate.box), instance: nameOf(estate.instance) };
}
