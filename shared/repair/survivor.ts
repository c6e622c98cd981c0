// Which copy of a link without a primary goes on: proposed only where nothing was forced, else the operator's to say.
import type { Side } from "../estate/estate.ts";
import { compareLsn, isKnownLsn } from "../sql/lsn.ts";
import type { RepairInput } from "./input.ts";

export type Proposal =
  | { readonly kind: "proposed"; readonly side: Side }
  | { readonly kind: "operator"; readonly because: string };

/**
 * The copy with the higher last_hardened_lsn of its own. After a forced failover the positions of two forks say nothing of each
 * other: forks that differ, or a forced run in the journal, leave it to the operator.
 */
export function proposeSurvivor(
  { copies }: Pick<RepairInput, "copies">,
  wasForced: boolean,
): Proposal {
  if (wasForced)
    return operator(
      "A failover of this link was forced before, or whether one was cannot be read.",
    );
  const { box, instance } = copies;
  if (box.kind === "unseen" || instance.kind === "unseen") {
    return operator("Not both copies could be read.");
  }
  const pairs = box.copies.map(
    (one) => [one, instance.copies.find(({ database }) => database === one.database)] as const,
  );
  const signs = pairs.map(([one, other]) => {
    if (other === undefined || !isKnown(one) || !isKnown(other)) return undefined;
    if (one.recoveryForkGuid.toLowerCase() !== other.recoveryForkGuid.toLowerCase()) return "fork";
    return Math.sign(compareLsn(one.lastHardenedLsn, other.lastHardenedLsn));
  });
  if (signs.includes("fork")) return operator("The two copies are on different recovery forks.");
  const [first, ...others] = signs;
  if (typeof first !== "number" || others.some((one) => one !== first)) {
    return operator("How far the two copies are cannot be compared.");
  }
  if (first === 0) return operator("Both copies are equally far.");
  return { kind: "proposed", side: first > 0 ? "box" : "instance" };
}

interface Known {
  readonly lastHardenedLsn: string;
  readonly recoveryForkGuid: string;
}

function isKnown<T extends { lastHardenedLsn: string | null; recoveryForkGuid: string | null }>(
  copy: T,
): copy is T & Known {
  return isKnownLsn(copy.lastHardenedLsn) && copy.recoveryForkGuid !== null;
}

function operator(because: string): Proposal {
  return { kind: "operator", because };
}
