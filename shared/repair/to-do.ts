// Links that still have to be repaired: forced by this computer, or seen with two primaries or none, and not seen whole since. Pure.
import type { Estate, Side } from "../estate/estate.ts";
import { findLinks } from "../estate/find-links.ts";
import type { Link } from "../estate/link.ts";
import type { LinkLook } from "../estate/link-state.ts";
import { linkState } from "../estate/link-state.ts";
import type { RunEvent } from "../run/events.ts";
import { foldEvents } from "../run/state.ts";
import { visibleText } from "../visible-text.ts";
import type { Broken } from "./input.ts";
import { brokenAs, namesIn } from "./input.ts";

/** Which link: by its name and by group_id of the distributed group as either side tells it. */
export interface LinkIdentity {
  readonly linkName: string;
  readonly groupIds: readonly string[];
}

export interface ForcedRun extends LinkIdentity {
  /** The server that was given up. */
  readonly oldPrimary: string;
  /** The server that took over. */
  readonly newPrimary: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What this computer last saw of a link that was broken. */
export interface RepairNote extends LinkIdentity {
  readonly kind: Broken | "whole";
  readonly names: Readonly<Record<Side, string>>;
  readonly at: string;
}

export interface RepairToDo {
  readonly linkName: string;
  readonly sentence: string;
}

/** Undefined for a run that did not force, or whose force step did not begin or failed. */
export function forcedRunOf(events: readonly RunEvent[]): ForcedRun | undefined {
  const { started, steps, ended } = foldEvents(events);
  if (started?.plan.kind !== "forcedFailover" || started.plan.move !== "force") return undefined;
  const { plan } = started;
  const force = steps.find(({ step }) => step.action.kind === "force");
  if (force === undefined || force.phase.kind === "notBegun" || force.outcome === "failed") {
    return undefined;
  }
  return {
    linkName: plan.link.name,
    groupIds: known(Object.values(plan.link.groupIds)),
    oldPrimary: plan[plan.from].serverName,
    newPrimary: plan[plan.to].serverName,
    at: ended?.at ?? started.at,
  };
}

/** Whether a failover of this link is known to have been forced since it was last seen whole. */
export function wasForced(
  link: Link,
  forced: readonly ForcedRun[],
  notes: readonly RepairNote[],
): boolean {
  const whole = notes.filter(({ kind }) => kind === "whole");
  return openForced(forced, whole).some((run) => isSame(run, identityOf(link)));
}

/** One for each link, by name. */
export function repairToDos(
  forced: readonly ForcedRun[],
  notes: readonly RepairNote[],
): readonly RepairToDo[] {
  const seen = notes.filter(({ kind }) => kind !== "whole");
  const others = openForced(forced, notes).filter(
    (run, index, all) => !all.slice(index + 1).some((later) => isSame(run, later)),
  );
  const toDos = [
    ...seen
      .filter((note) => !others.some((run) => isSame(run, note)))
      .map((note) => ({ linkName: note.linkName, sentence: seenWords(note) })),
    ...others.map((run) => ({ linkName: run.linkName, sentence: forcedWords(run) })),
  ];
  return toDos.sort((one, other) => one.linkName.localeCompare(other.linkName));
}

/** Reads of one estate, and of each link the look at which it was broken first. */
export interface NewlySeen {
  readonly estate: Estate;
  readonly earlier: (linkName: string) => LinkLook | undefined;
}

/** The notes after one more reading; the same list where it tells nothing new. `open`: links that a forced run left so. */
export function notesAfter(
  notes: readonly RepairNote[],
  open: readonly ForcedRun[],
  { estate, earlier }: NewlySeen,
): readonly RepairNote[] {
  const { links, cannotSay } = findLinks(estate);
  const found = links.flatMap((link) => noteOf({ estate, link }, earlier(link.name)));
  const waiting: readonly LinkIdentity[] = [...notes.filter(isBroken), ...open];
  // A link that neither side has any more has nothing to repair.
  const gone =
    cannotSay.length > 0
      ? []
      : waitingBetween(estate, notes, open)
          .filter((one) => !links.some((link) => isSame(one, identityOf(link))))
          .map((one) => noteFor(one, "whole", estate));
  const news = [...found, ...gone].filter((note) => {
    const before = notes.find((one) => isSame(one, note));
    return note.kind === "whole"
      ? waiting.some((one) => isSame(one, note))
      : before?.kind !== note.kind;
  });
  if (news.length === 0) return notes;
  return [...notes.filter((note) => !news.some((one) => isSame(one, note))), ...news];
}

/** Links that wait to be repaired, as far as they are between these two servers: of others the two tell nothing. */
export function waitingBetween(
  estate: Estate,
  notes: readonly RepairNote[],
  open: readonly ForcedRun[],
): readonly LinkIdentity[] {
  const { box, instance } = namesIn({ estate });
  return [
    ...notes.filter(
      (note) => isBroken(note) && note.names.box === box && note.names.instance === instance,
    ),
    ...open.filter(({ newPrimary }) => [box, instance].includes(visibleText(newPrimary))),
  ];
}

/** Forced runs after which the link was not seen by both sides, whole or broken. */
export function openForced(
  forced: readonly ForcedRun[],
  notes: readonly RepairNote[],
): readonly ForcedRun[] {
  return forced.filter((run) => !notes.some((note) => isSame(note, run) && note.at > run.at));
}

function noteOf(look: LinkLook, earlier: LinkLook | undefined): readonly RepairNote[] {
  const broken = brokenAs({ ...look, earlier });
  const [box, instance] = [roleOf(look.link.box), roleOf(look.link.instance)];
  const isWhole = [box, instance].sort().join(" ") === "PRIMARY SECONDARY";
  if (broken === undefined && !isWhole) return [];
  return [noteFor(identityOf(look.link), broken ?? "whole", look.estate)];
}

/** Whether a look may be the first of two that show a link broken. */
export function looksBroken(look: LinkLook): boolean {
  const { kind } = linkState(look);
  return kind === "twoPrimariesSeenOnce" || kind === "noPrimary";
}

function noteFor(of: LinkIdentity, kind: RepairNote["kind"], estate: Estate): RepairNote {
  const { linkName, groupIds } = of;
  const at = [estate.box.at, estate.instance.at].sort().at(-1) ?? "";
  return { linkName, groupIds, kind, names: namesIn({ estate }), at };
}

function isBroken({ kind }: RepairNote): boolean {
  return kind !== "whole";
}

function identityOf(link: Link): LinkIdentity {
  const ids = [link.box, link.instance].map((end) =>
    end.kind === "seen" ? end.group.groupId : null,
  );
  return { linkName: link.name, groupIds: known(ids) };
}

function roleOf(end: Link["box"]): string {
  return end.kind === "seen" ? (end.role ?? "") : "";
}

function isSame(one: LinkIdentity, other: LinkIdentity): boolean {
  return one.groupIds.some((id) => other.groupIds.includes(id));
}

function known(ids: readonly (string | null)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== null).map((id) => id.toLowerCase()))];
}

function forcedWords({ linkName, oldPrimary, at }: ForcedRun): string {
  return `${visibleText(linkName)} was forced at ${utc(at)}: ${visibleText(oldPrimary)} still takes itself for the primary when it comes back. Connect to both sides and repair the link.`;
}

function seenWords({ kind, linkName, names, at }: RepairNote): string {
  const { box, instance } = names;
  return kind === "splitBrain"
    ? `${visibleText(linkName)} has two primaries since ${utc(at)}: ${box} and ${instance} both accept writes. Repair the link.`
    : `${visibleText(linkName)} has no primary since ${utc(at)}: neither ${box} nor ${instance} is PRIMARY. Repair the link.`;
}

function utc(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}
