// What a link left behind as rows to tick: what may be ticked, what is locked and why, and what no step removes. Pure.
import { stillUsedBy } from "../../shared/clean-up/leftovers.ts";
import type { Leftover } from "../../shared/clean-up/leftovers.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";

export interface LeftoverRow {
  readonly key: string;
  readonly sentence: string;
  readonly isTicked: boolean;
  /** Why it cannot be ticked now; undefined: it can. */
  readonly lock: string | undefined;
}

/** What a step can remove, in the order of its removal. */
export function leftoverRows(
  leftovers: readonly Leftover[],
  chosen: readonly string[],
): readonly LeftoverRow[] {
  const ticked = new Set(chosen);
  return leftovers
    .filter(({ isListedOnly }) => !isListedOnly)
    .map((leftover) => ({
      key: leftover.key,
      sentence: leftover.sentence,
      isTicked: ticked.has(leftover.key),
      lock: lockOf(leftover, ticked),
    }));
}

function lockOf(leftover: Leftover, ticked: ReadonlySet<string>): string | undefined {
  const uses = stillUsedBy(leftover, ticked);
  if (uses.length === 0) return undefined;
  const used = `Locked: it is still used by ${listOf(uses)}.`;
  const canGoToo = leftover.uses.every(({ key }) => key !== undefined);
  return canGoToo ? `${used} Tick that too, and it opens.` : used;
}

/** Sentences about what is listed alone: startup parameters, jobs of SQL Server Agent. */
export function byHand(leftovers: readonly Leftover[]): readonly string[] {
  return leftovers.filter(({ isListedOnly }) => isListedOnly).map(({ sentence }) => sentence);
}

/** One more tick, or one less: with it goes every tick of what it would leave in use. */
export function afterTick(
  leftovers: readonly Leftover[],
  chosen: readonly string[],
  key: string,
): readonly string[] {
  return chosen.includes(key)
    ? withoutUsed(
        leftovers,
        chosen.filter((one) => one !== key),
      )
    : [...chosen, key];
}

/** The ticks that still hold, also after the list was read again. */
export function withoutUsed(
  leftovers: readonly Leftover[],
  chosen: readonly string[],
): readonly string[] {
  const open = leftoverRows(leftovers, chosen).filter(({ lock }) => lock === undefined);
  const kept = chosen.filter((key) => open.some((row) => row.key === key));
  return kept.length === chosen.length ? kept : withoutUsed(leftovers, kept);
}

/** The only link whose half SQL Server has kept. */
export function keptHalf(leftovers: readonly Leftover[]): string | undefined {
  const [only, ...others] = leftovers.filter(({ kind }) => kind === "distributedGroup");
  return others.length === 0 ? only?.name : undefined;
}
