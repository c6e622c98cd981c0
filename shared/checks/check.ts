// What every check is given and how it answers.
import type { Choices } from "../choices/choices.ts";
import type { Problem } from "../errors/app-error.ts";
import type { Estate, Fact, Side, SideFacts, SideReading } from "../estate/estate.ts";
import type { Link, SeenLinkEnd } from "../estate/link.ts";
import { nameOf } from "../estate/name-of.ts";
import { missingRightRemedy, missingRightSentence } from "../estate/rights.ts";
import type { GateState } from "../gate/gate.ts";
import { visibleText } from "../visible-text.ts";
import type { Finding } from "./finding.ts";

export interface CheckInput {
  readonly estate: Estate;
  readonly link: Link;
  readonly choices: Choices;
  /** Absent while nobody has looked through the gate yet. */
  readonly gate?: GateState;
}

/** Answers at least one finding, also when everything is well or nothing could be read. */
export type Check = (input: CheckInput) => readonly Finding[];

/** Which check speaks, of which server. */
export type Place = Pick<Finding, "check" | "where" | "server">;

export function passed(place: Place, summary: string): Finding {
  return { ...place, level: "passed", blocks: false, summary, remedy: "" };
}

export function warning(place: Place, summary: string, remedy: string): Finding {
  return { ...place, level: "warning", blocks: false, summary, remedy };
}

export function failed(place: Place, summary: string, remedy: string): Finding {
  return { ...place, level: "failed", blocks: true, summary, remedy };
}

export function waits(place: Place, summary: string, remedy: string): Finding {
  return { ...place, level: "waits", blocks: false, summary, remedy };
}

/** Whether not knowing stands in the way is the check's to say. */
export function unknown(
  place: Place,
  blocks: boolean,
  said: { readonly summary: string; readonly remedy: string },
): Finding {
  return { ...place, level: "unknown", blocks, ...said };
}

export function placeOf(check: string, reading: SideReading): Place {
  return { check, where: reading.side, server: nameOf(reading) };
}

/** The side that is to give the databases up, and the one that is to take them. */
export function direction({ choices }: { readonly choices: { readonly to: Side } }): {
  readonly from: Side;
  readonly to: Side;
} {
  return { from: choices.to === "box" ? "instance" : "box", to: choices.to };
}

/** A side that answered, with its place for findings. */
export interface SeenSide {
  readonly place: Place;
  readonly side: Side;
  readonly facts: SideFacts;
}

/** Asks a side that answers; of one that does not the check says so. */
export function askSide(
  input: Pick<CheckInput, "estate">,
  side: Side,
  check: { readonly name: string; readonly blocks: boolean },
  ask: (seen: SeenSide) => readonly Finding[],
): readonly Finding[] {
  const reading = input.estate[side];
  const place = placeOf(check.name, reading);
  if (reading.kind === "seen") return ask({ place, side, facts: reading.facts });
  const { summary, remedy } = reading.problem;
  return [unknown(place, check.blocks, { summary, remedy })];
}

/** Asks what a side tells of the link; of a side that does not tell the check says why. */
export function askEnd(
  input: Pick<CheckInput, "estate" | "link">,
  side: Side,
  check: { readonly name: string; readonly blocks: boolean },
  ask: (seen: SeenSide, end: SeenLinkEnd) => readonly Finding[],
): readonly Finding[] {
  return askSide(input, side, check, (seen) => {
    const end = input.link[side];
    const { place } = seen;
    switch (end.kind) {
      case "seen":
        return ask(seen, end);
      case "absent":
        return [
          unknown(place, check.blocks, {
            summary: `${place.server} has no link ${visibleText(input.link.name)}.`,
            remedy: "Choose a link that both servers know.",
          }),
        ];
      default:
        return [notSeen(seen, end, { what: "the link", blocks: check.blocks })];
    }
  });
}

/** The value of a fact, or the finding that it could not be read. */
export function askFact<T>(
  seen: SeenSide,
  fact: Fact<T>,
  about: { readonly what: string; readonly blocks: boolean },
  ask: (value: T) => readonly Finding[],
): readonly Finding[] {
  return fact.kind === "seen" ? ask(fact.value) : [notSeen(seen, fact, about)];
}

type Unseen =
  | { readonly kind: "notAllowed"; readonly permission: string }
  | { readonly kind: "failed" | "unreachable"; readonly problem: Problem };

function notSeen(
  { place, facts }: SeenSide,
  why: Unseen,
  about: { readonly what: string; readonly blocks: boolean },
): Finding {
  if (why.kind !== "notAllowed") {
    const { summary, remedy } = why.problem;
    return unknown(place, about.blocks, { summary, remedy });
  }
  const login = visibleText(facts.rights.login);
  return unknown(place, about.blocks, {
    summary: `${missingRightSentence(place.server, login, why.permission)} Needed to read ${about.what}.`,
    remedy: missingRightRemedy(facts.rights.login, why.permission),
  });
}
