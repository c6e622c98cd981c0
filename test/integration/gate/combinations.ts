// Every combination of what the documents leave unknown about the rows that the gate reads.
import type { ServerState, WorldSettings } from "../../../practice/world/state.ts";

/** What changes how the copies of a world go on: each combination is a world of its own. */
export const pastValues = {
  commitLsnAfterRestart: ["kept", "zero", "null"],
  systemCommits: ["none", "counted", "primaryOnly"],
  backupCommits: ["no", "yes"],
} as const satisfies Values<WorldSettings>;

/** What changes only how the same world is shown. */
export const shownValues = {
  hardenedLsn: ["nextBlock", "sameBlock"],
  endOfLogLsn: ["lastBlock", "nextBlock"],
  primaryHardened: ["null", "value"],
  ownRow: ["dagRow", "dagRowWithoutCommitLsn", "localRowOnly"],
  serviceTier: ["GeneralPurpose", "BusinessCritical"],
} as const satisfies Values<WorldSettings & Pick<ServerState, "serviceTier">>;

type Values<Settings> = { readonly [Name in keyof Settings]?: readonly Settings[Name][] };
type Choice<Lists extends Readonly<Record<string, readonly unknown[]>>> = {
  readonly [Name in keyof Lists]: Lists[Name][number];
};

/** One world's own settings. */
export type Past = Choice<typeof pastValues>;
/** One way of showing a world. */
export type Shown = Choice<typeof shownValues>;

export const pasts: readonly Past[] = everyChoice(pastValues);
export const showns: readonly Shown[] = everyChoice(shownValues);

/** For names of tests. */
export function named(settings: Past | Shown): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

/** As describe.each takes them, each under its name. */
export function eachNamed(some: readonly Past[]): (readonly [string, Past])[] {
  return some.map((past) => [named(past), past]);
}

/** Two views that differ in everything, where a test cannot afford all of them. */
export const oppositeViews: readonly Shown[] = [
  {
    hardenedLsn: "nextBlock",
    endOfLogLsn: "lastBlock",
    primaryHardened: "null",
    ownRow: "dagRow",
    serviceTier: "GeneralPurpose",
  },
  {
    hardenedLsn: "sameBlock",
    endOfLogLsn: "nextBlock",
    primaryHardened: "value",
    ownRow: "localRowOnly",
    serviceTier: "BusinessCritical",
  },
];

/** One choice for every way of taking one value of each list. */
function everyChoice<Lists extends Readonly<Record<string, readonly unknown[]>>>(
  lists: Lists,
): readonly Choice<Lists>[] {
  const choices = Object.entries(lists).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (so, [name, values]) => so.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  // Built name by name from the lists, which the compiler does not follow through Object.entries.
  return choices as readonly Choice<Lists>[];
}
