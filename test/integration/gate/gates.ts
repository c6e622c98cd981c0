// The product's gate for every view of a link: reading by reading, remembering only where the verdict changed.
import { expect } from "vitest";
import type { GateSettings } from "../../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { gateAfter } from "../../../shared/gate/gate.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import type { GateQuestion } from "../../../shared/gate/question.ts";
import type { GateReading } from "../../../shared/gate/reading.ts";
import type { WatchedLink } from "./watched-link.ts";

/** One gate per view of a link, all with the same settings. */
export interface Gates {
  readonly settings: GateSettings;
  readonly states: (GateState | undefined)[];
}

/** The same gates from here on with the operator's tick. */
export function ticked({ settings, states }: Gates): Gates {
  return { settings: { ...settings, acceptUnproved: true }, states: [...states] };
}

export function newGates(settings: Partial<GateSettings> = {}): Gates {
  return { settings: { ...defaultGateSettings, ...settings }, states: [] };
}

/** The verdicts of one view, each with the second at which it began: `shut behind`, `open commitLsn`. */
export type Verdicts = readonly { readonly second: number; readonly verdict: string }[];

export interface Watch {
  readonly seconds: number;
  /** From one reading to the next; the gate forgets after 3 s. */
  readonly everyMs?: number;
  /** Ends when every view's gate is open. */
  readonly untilOpen?: boolean;
}

/** Readings from the present second on. Wherever a gate says that it is proved, the world itself must say the same. */
export async function watch(
  link: WatchedLink,
  gates: Gates,
  { seconds, everyMs = 1000, untilOpen = false }: Watch,
): Promise<readonly Verdicts[]> {
  const verdicts = link.views.map((): { second: number; verdict: string }[] => []);
  for (let passedMs = 0; passedMs <= seconds * 1000; passedMs += everyMs) {
    if (passedMs > 0) link.world.advance(everyMs);
    const readings = await link.read();
    const after = gateFold(gates.settings, link.question);
    for (const [i, reading] of readings.entries()) {
      const state = after(gates.states[i], reading);
      gates.states[i] = state;
      const verdict = verdictOf(state);
      const before = verdicts[i]?.at(-1);
      if (before?.verdict !== verdict) verdicts[i]?.push({ second: passedMs / 1000, verdict });
    }
    if (gates.states.some(isProved)) expect(isEverythingThere(link)).toBe(true);
    if (untilOpen && gates.states.every((state) => state?.verdict.kind === "open")) break;
  }
  return verdicts;
}

/** gateAfter, called once for all views that are in the same state and read the same. */
function gateFold(settings: GateSettings, question: GateQuestion) {
  const known = new Map<GateReading, Map<GateState | undefined, GateState>>();
  return (before: GateState | undefined, reading: GateReading): GateState => {
    const ofReading = known.get(reading) ?? new Map<GateState | undefined, GateState>();
    const state = ofReading.get(before) ?? gateAfter(before, reading, settings, question);
    known.set(reading, ofReading.set(before, state));
    return state;
  };
}

/** How all views opened: one entry when all did it the same way in the same second; `undefined` stays shut. */
export function openings(verdicts: readonly Verdicts[]): readonly (Verdicts[number] | undefined)[] {
  const each = verdicts.map((one) => one.find(({ verdict }) => verdict.startsWith("open")));
  return distinct(each);
}

export function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return values.filter(
    (one, i) => values.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === i,
  );
}

function verdictOf({ verdict, onlyTickLeft }: GateState): string {
  if (verdict.kind === "open") return `open ${verdict.by}`;
  return `shut ${verdict.because}${onlyTickLeft ? ", only the tick is left" : ""}`;
}

function isProved(state: GateState | undefined): boolean {
  return state?.verdict.kind === "open" && state.verdict.by !== "tick";
}

/** The world's own word: every row that the application committed is redone on the other side. */
export function isEverythingThere({ world, question }: WatchedLink): boolean {
  const primary = world.state[question.primary];
  const secondary = world.state[question.primary === "box" ? "instance" : "box"];
  const isRow = ({ row }: { readonly row?: number }) => row !== undefined;
  const lastRow = primary.copy.log.findLastIndex(({ commits }) => commits.some(isRow));
  const isOpen = primary.sessions.some(
    ({ isUserProcess, openTransaction }) => isUserProcess && openTransaction !== null,
  );
  return !isOpen && lastRow < secondary.copy.redone;
}
