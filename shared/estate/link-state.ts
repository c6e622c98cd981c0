// One word and one sentence for the state of a link, from what both sides said.
import { visibleText } from "../visible-text.ts";
import type { Estate, Role, Side } from "./estate.ts";
import { nameOf } from "./name-of.ts";
import type { Link, LinkEnd, SeenLinkEnd } from "./link.ts";

export type LinkStateKind =
  | "healthy"
  | "lagging"
  | "suspended"
  | "disconnected"
  | "seeding"
  /** Two PRIMARY, read once: it may be two moments of one role change. */
  | "twoPrimariesSeenOnce"
  | "splitBrain"
  | "noPrimary"
  /** A side is RESOLVING. */
  | "roleChanging"
  | "notHealthy"
  | "notAllowedToSee"
  | "unreachable"
  | "failedToRead"
  /** One side knows the link, the other does not. */
  | "absent"
  /** A side that does not tell its role: for SQL Server, not the primary node of its availability group. */
  | "roleNotTold";

export interface LinkState {
  readonly kind: LinkStateKind;
  readonly where: Side | "both";
  readonly sentence: string;
}

/** One look at a link: the estate as it was read, and the link found in it. */
export interface LinkLook {
  readonly estate: Estate;
  readonly link: Link;
}

export interface LinkHistory {
  /** An earlier look at the same link. */
  readonly earlier?: LinkLook;
  /** A failover of this tool is under way: two PRIMARY are then a moment of it. */
  readonly run?: "inFlight";
}

/** A link is called lagging from here on; below, whole seconds of secondary_lag_seconds say nothing. */
const laggingSeconds = 10;
/** Split brain: two PRIMARY read within this time of each other, twice, this far apart (design, *Link states*). */
const sameMomentMs = 2000;
const apartMs = 5000;

/** The first that applies: what cannot be seen before what is wrong, what is wrong before what is slow. */
export function linkState(look: LinkLook, history: LinkHistory = {}): LinkState {
  const { box, instance } = look.link;
  const names = namesOf(look);
  for (const side of ["box", "instance"] as const) {
    const unseen = notSeen(look.link[side], { side, name: names[side], link: look.link.name });
    if (unseen !== undefined) return unseen;
  }
  // notSeen has answered for every end that is not seen; the compiler is told once more.
  if (box.kind !== "seen" || instance.kind !== "seen") {
    return both("failedToRead", "The link could not be read.");
  }
  const ends = { box, instance };
  return (
    roleTrouble(look, ends, history) ??
    (["box", "instance"] as const)
      .map((side) => trouble(side, look, ends[side]))
      .find((state) => state !== undefined) ??
    both("healthy", `The link is healthy on ${names.box} and ${names.instance}.`)
  );
}

type Ends = Readonly<Record<Side, SeenLinkEnd>>;

function notSeen(
  end: LinkEnd,
  { side, name, link }: { readonly side: Side; readonly name: string; readonly link: string },
): LinkState | undefined {
  switch (end.kind) {
    case "seen":
      return end.role === null
        ? { kind: "roleNotTold", where: side, sentence: `${name} does not tell its role.` }
        : undefined;
    case "unreachable":
      return { kind: "unreachable", where: side, sentence: end.problem.summary };
    case "failed":
      return { kind: "failedToRead", where: side, sentence: end.problem.summary };
    case "notAllowed":
      return {
        kind: "notAllowedToSee",
        where: side,
        sentence: `The login may not see the link on ${name}: it has no ${end.permission}.`,
      };
    case "absent":
      return {
        kind: "absent",
        where: side,
        sentence: `${name} has no link ${visibleText(link)}.`,
      };
  }
}

function roleTrouble(look: LinkLook, ends: Ends, history: LinkHistory): LinkState | undefined {
  const names = namesOf(look);
  const roles: readonly (Role | null)[] = [ends.box.role, ends.instance.role];
  if (roles.includes("RESOLVING")) {
    const words = `${names.box} is ${ends.box.role ?? "unknown"}, ${names.instance} is ${ends.instance.role ?? "unknown"}`;
    return both("roleChanging", `A role is changing: ${words}.`);
  }
  if (!roles.includes("PRIMARY")) {
    return both("noPrimary", `Neither ${names.box} nor ${names.instance} is PRIMARY.`);
  }
  if (!roles.every((role) => role === "PRIMARY")) return undefined;
  return isSplitBrain(look, history)
    ? both(
        "splitBrain",
        `Split brain: ${names.box} and ${names.instance} both say PRIMARY and both accept writes.`,
      )
    : both(
        "twoPrimariesSeenOnce",
        `${names.box} and ${names.instance} both say PRIMARY, seen once. Read both again.`,
      );
}

function isSplitBrain(look: LinkLook, { earlier, run }: LinkHistory): boolean {
  if (run === "inFlight" || earlier === undefined) return false;
  const [now, before] = [twoPrimariesMs(look), twoPrimariesMs(earlier)];
  return now !== undefined && before !== undefined && now - before >= apartMs;
}

/** When both sides were read as PRIMARY in the same moment, ms since 1970. */
function twoPrimariesMs({ estate, link }: LinkLook): number | undefined {
  const isPrimary = (end: LinkEnd): boolean => end.kind === "seen" && end.role === "PRIMARY";
  if (!isPrimary(link.box) || !isPrimary(link.instance)) return undefined;
  const [box, instance] = [Date.parse(estate.box.at), Date.parse(estate.instance.at)];
  return Math.abs(box - instance) <= sameMomentMs ? Math.min(box, instance) : undefined;
}

/** What one end says is wrong or slow. */
function trouble(side: Side, look: LinkLook, end: SeenLinkEnd): LinkState | undefined {
  const name = namesOf(look)[side];
  const suspended = end.databases.find(
    (row) => row.isSuspended === true && (row.isLocal || row.groupId === end.group.groupId),
  );
  if (suspended !== undefined) {
    const reason = suspended.suspendReason ?? "no reason told";
    return {
      kind: "suspended",
      where: side,
      sentence: `Data movement of ${visibleText(suspended.databaseName)} is suspended on ${name} (${visibleText(reason)}).`,
    };
  }
  const connected = end.remote?.connectedState ?? end.own?.connectedState ?? null;
  if (connected !== "CONNECTED") {
    const words = connected === null ? "does not say whether it is connected" : "is not connected";
    return { kind: "disconnected", where: side, sentence: `${name} ${words} to its partner.` };
  }
  return seedingOf(side, look) ?? lagOf(side, look, end) ?? notHealthyOf(side, name, end);
}

function seedingOf(side: Side, { estate, link }: LinkLook): LinkState | undefined {
  const reading = estate[side];
  if (reading.kind !== "seen" || reading.facts.seeding.kind !== "seen") return undefined;
  const running = reading.facts.seeding.value.find((one) =>
    link.databases.includes(one.databaseName),
  );
  return running === undefined
    ? undefined
    : {
        kind: "seeding",
        where: side,
        sentence: `${visibleText(running.databaseName)} is being seeded.`,
      };
}

function lagOf(side: Side, look: LinkLook, end: SeenLinkEnd): LinkState | undefined {
  const other = side === "box" ? "instance" : "box";
  const lags = end.databases
    .filter((row) => !row.isLocal && row.groupId === end.group.groupId)
    .map((row) => row.secondaryLagSeconds ?? 0);
  const seconds = Math.max(0, ...lags);
  return seconds < laggingSeconds
    ? undefined
    : {
        kind: "lagging",
        where: other,
        sentence: `${namesOf(look)[other]} is ${seconds} s behind.`,
      };
}

function notHealthyOf(side: Side, name: string, end: SeenLinkEnd): LinkState | undefined {
  const health = end.own?.synchronizationHealth ?? "not told";
  return health === "HEALTHY"
    ? undefined
    : {
        kind: "notHealthy",
        where: side,
        sentence: `The health of the link on ${name} is ${health}.`,
      };
}

function namesOf({ estate }: LinkLook): Readonly<Record<Side, string>> {
  return { box: nameOf(estate.box), instance: nameOf(estate.instance) };
}

function both(kind: LinkStateKind, sentence: string): LinkState {
  return { kind, where: "both", sentence };
}
