// What the strip under the title says of both sides: the newest role of each, the flow between them, queues and writers.
import type { Role, Side } from "../../shared/estate/estate.ts";
import { countedWriters, seenDatabases } from "../../shared/gate/obstacle.ts";
import { commitPosition, queueKb } from "../../shared/gate/positions.ts";
import type { GateReading } from "../../shared/gate/reading.ts";
import { lastRole } from "../run/side-words.ts";
import { unknownAfterMs } from "../ui/age-text.ts";
import type { LinkFacts } from "./link-facts.ts";
import type { WizardState } from "./wizard-state.ts";
import { gateWords } from "../text/wizard-words.ts";

export interface PulseSide {
  readonly name: string;
  readonly role: Role | "unreachable" | "unknown" | "absent";
  /** When it was last seen, ms since 1970. */
  readonly atMs: number;
}

export interface PulseItem {
  readonly text: string;
  readonly level: "plain" | "ready" | "attention";
}

export interface PulseFacts {
  readonly box: PulseSide;
  readonly instance: PulseSide;
  readonly flow: "right" | "left" | "none";
  readonly items: readonly PulseItem[];
  /** The older of both sides' times: how old the whole strip is. */
  readonly atMs: number;
  /** Without numbers, for the live region. */
  readonly sentence: string;
}

/** `now` is ms since 1970: a role older than a minute is not told any more. */
export function pulseFacts(state: WizardState, facts: LinkFacts, now: number): PulseFacts {
  const [box, instance] = [
    sideNow(state, facts, "box", now),
    sideNow(state, facts, "instance", now),
  ];
  const last = state.gate?.last;
  return {
    box,
    instance,
    flow: flowOf(box, instance, last),
    items: last === undefined ? [] : itemsOf(last),
    atMs: Math.min(box.atMs, instance.atMs),
    sentence: [roleSentence(box), roleSentence(instance), gateSentence(state)]
      .filter((part) => part !== "")
      .join(" "),
  };
}

function sideNow(state: WizardState, facts: LinkFacts, side: Side, now: number): PulseSide {
  const { name, role, at } = facts[side];
  const seen = [
    { role, atMs: Date.parse(at) },
    ...gateSaid(state.gate?.last, side),
    ...runSaid(state, side),
  ].reduce((newest, one) => (one.atMs > newest.atMs ? one : newest));
  return { name, atMs: seen.atMs, role: now - seen.atMs > unknownAfterMs ? "unknown" : seen.role };
}

function gateSaid(
  reading: GateReading | undefined,
  side: Side,
): readonly Pick<PulseSide, "role" | "atMs">[] {
  if (reading === undefined) return [];
  const { atMs, unread, roles } = reading;
  if (unread.some((one) => one.side === side)) return [{ role: "unreachable", atMs }];
  const said = roles[side];
  return said === null ? [] : [{ role: said.role ?? "unknown", atMs }];
}

function runSaid({ run }: WizardState, side: Side): readonly Pick<PulseSide, "role" | "atMs">[] {
  const said = run.kind === "followed" ? lastRole(run.log.state, side) : undefined;
  return said === undefined ? [] : [{ role: said.role ?? "unknown", atMs: said.atMs }];
}

/** Data flows from a primary to its secondary while they are connected. */
function flowOf(
  box: PulseSide,
  instance: PulseSide,
  last: GateReading | undefined,
): PulseFacts["flow"] {
  const isCut = last?.databases.some(({ remote }) => remote.connectedState === "DISCONNECTED");
  if (isCut === true) return "none";
  if (box.role === "PRIMARY" && instance.role === "SECONDARY") return "right";
  return instance.role === "PRIMARY" && box.role === "SECONDARY" ? "left" : "none";
}

function itemsOf(reading: GateReading): readonly PulseItem[] {
  const databases = seenDatabases(reading);
  const { writers } = reading;
  const writing = writers.kind === "seen" ? countedWriters(writers.value).length : undefined;
  return [
    ...(databases.length === 0 ? [] : [positionItem(databases.map(commitPosition))]),
    ...(databases.length === 0
      ? []
      : [
          {
            text: `queue ${String(databases.reduce((sum, one) => sum + queueKb(one), 0))} KB`,
            level: "plain" as const,
          },
        ]),
    writing === undefined
      ? { text: "writing sessions unknown", level: "attention" }
      : { text: sessionWords(writing), level: writing > 0 ? "attention" : "plain" },
  ];
}

function positionItem(positions: readonly ("holds" | "behind" | "notKnown")[]): PulseItem {
  if (positions.includes("behind")) return { text: "behind", level: "plain" };
  return positions.includes("notKnown")
    ? { text: "log positions not known", level: "attention" }
    : { text: "LSNs level", level: "ready" };
}

function sessionWords(count: number): string {
  return count === 1 ? "1 session writing" : `${String(count)} sessions writing`;
}

function roleSentence({ name, role }: PulseSide): string {
  switch (role) {
    case "unreachable":
      return `${name} does not answer.`;
    case "absent":
      return `${name} has no such link.`;
    case "unknown":
      return `The role of ${name} is not known.`;
    default:
      return `${name} is ${role.toLowerCase()}.`;
  }
}

/** Once the run is under way its own steps speak. */
function gateSentence({ gate, run }: WizardState): string {
  if (gate === undefined || run.kind === "followed") return "";
  return gateWords[gate.verdict.kind === "open" ? "open" : gate.verdict.because];
}
