// What the checks of a readiness assessment are given beyond those of a failover, and how they ask one side or both.
import type { CheckInput, SeenSide } from "../checks/check.ts";
import { askFact, askSide, direction } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import type { Fact, Side } from "../estate/estate.ts";
import type { ServerObjects } from "./server-objects.ts";

export interface ReadinessInput extends CheckInput {
  readonly objects: Readonly<Record<Side, ServerObjects>>;
}

export type ReadinessCheck = (input: ReadinessInput) => readonly Finding[];

/** What is asked: the check's name, what it reads as sentences call it, and the fact. None of them stands in the way. */
export interface Asked<T> {
  readonly name: string;
  readonly what: string;
  readonly fact: (objects: ServerObjects) => Fact<T>;
}

/** Asks one side; where it does not tell the finding says why. */
export function askObjects<T>(
  input: ReadinessInput,
  side: Side,
  { name, what, fact }: Asked<T>,
  ask: (seen: SeenSide, value: T) => readonly Finding[],
): readonly Finding[] {
  return askSide(input, side, { name, blocks: false }, (seen) =>
    askFact(seen, fact(input.objects[side]), { what, blocks: false }, (value) => ask(seen, value)),
  );
}

export interface BothSides<T> {
  /** The side that gives the databases up, and the one that takes them. */
  readonly from: { readonly seen: SeenSide; readonly value: T };
  readonly to: { readonly seen: SeenSide; readonly value: T };
}

/** Asks the side that gives up, then the one that takes over: what is compared must be known of both. */
export function askBoth<T>(
  input: ReadinessInput,
  asked: Asked<T>,
  ask: (both: BothSides<T>) => readonly Finding[],
): readonly Finding[] {
  const { from, to } = direction(input);
  return askObjects(input, from, asked, (givesUp, own) =>
    askObjects(input, to, asked, (takes, there) =>
      ask({ from: { seen: givesUp, value: own }, to: { seen: takes, value: there } }),
    ),
  );
}

/** Names as servers compare them: case does not count. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
