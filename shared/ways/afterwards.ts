// What is left of the link afterwards: its removal, the old copy, the local group, and whether a secondary can be read.
import { otherSide } from "../plan/actions/action-form.ts";
import { closedBy } from "../plan/actions-of.ts";
import { moveOf } from "./move.ts";
import type { Offer, Way, WayFacts, WayNames } from "./way.ts";

export interface Fate {
  /** The link is removed, since it was chosen or nothing else is possible. */
  readonly isRemoved: boolean;
  /** There is a way, and it has to remove the link. */
  readonly isLocked: boolean;
  readonly hasWay: boolean;
}

/** SSMS 22, *Link removal*: unticked where the link can stay; ticked and locked where it cannot. */
export function removalOf(
  facts: WayFacts,
  names: WayNames,
  { hasWay, isLocked }: Fate,
): Omit<Way["removal"], "lacks"> {
  const drops = `The distributed availability group ${names.link} is dropped on ${names.box}.`;
  const proved =
    facts.to === "instance"
      ? `the failover is proved and ${names.instance} has its first full backup`
      : "the failover is proved";
  return {
    isOffered: hasWay,
    isDefault: isLocked,
    isLocked,
    sentence: isLocked
      ? `So the link is removed. ${drops} Stop the workload first, let long transactions end, and leave no connection open.`
      : `For migrations: Azure removes the link once ${proved}. ${drops}`,
  };
}

export function understoodOf(names: WayNames, { isLocked }: Fate): Way["understood"] {
  return {
    isRequired: isLocked,
    sentence: `Afterwards both copies, on ${names.box} and on ${names.instance}, can be written and are independent.`,
  };
}

/** Readable secondaries need Enterprise or Developer edition, and a SQL Server that becomes and stays secondary. */
export function letSqlServerBeReadOf(facts: WayFacts, names: WayNames, fate: Fate): Offer {
  const { box } = names;
  const isSecondary = fate.hasWay && !fate.isRemoved && facts.to === "instance";
  const isOffered = isSecondary && facts.edition !== "standard";
  return {
    isOffered,
    isDefault: isOffered,
    sentence: isOffered
      ? `${box} becomes secondary. Without it its copy cannot be read.`
      : isSecondary
        ? `${box} becomes secondary, and on Standard edition a secondary copy cannot be read.`
        : `${box} does not stay in the link as secondary.`,
  };
}

export function keepOldCopyClosedOf(
  facts: WayFacts,
  names: WayNames,
  { isRemoved }: Fate,
): Way["keepOldCopyClosed"] {
  const from = otherSide(facts.to);
  const old = names[from];
  const how = (dropGroup: boolean) => closedBy(facts.to, dropGroup);
  // What the drop of its groups makes of a copy that is secondary is not documented.
  const restoring =
    moveOf(facts) === "failover"
      ? " A copy that is left RESTORING can be written by nobody, and is left so."
      : "";
  const script = `a script is left that disables or denies the application logins on ${old}, with its undo`;
  return {
    isOffered: isRemoved,
    isDefault: isRemoved,
    how: { groupDropped: how(true), groupStays: how(false) },
    sentence:
      from === "box"
        ? `A step sets ${names.databases} on ${old} READ_ONLY where the availability group is deleted. In an availability group a database cannot be set so: ${script}.${restoring}`
        : `A database of an instance is not set READ_ONLY by this tool: ${script}.`,
  };
}

/** A group that another link needs is never dropped. */
export function dropGroupOf(facts: WayFacts, names: WayNames, { isRemoved }: Fate): Offer {
  const isOffered = isRemoved && facts.otherLinks === "none";
  return {
    isOffered,
    isDefault: false,
    sentence: !isRemoved
      ? "Opens only together with the removal of the link."
      : isOffered
        ? `${names.databases} stays on ${names.box}. Leave the group where other nodes replicate through it.`
        : `Not offered: ${names.otherLinks} on ${names.box} still needs ${names.group}.`,
  };
}
