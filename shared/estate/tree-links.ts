// The root Links: every link between the connected servers once, with both ends and its state.
import { otherSide } from "../plan/actions/action-form.ts";
import { visibleText } from "../visible-text.ts";
import type { Side } from "./estate.ts";
import type { LinkState, LinkStateKind } from "./link-state.ts";
import { refOf } from "./paired-links.ts";
import type { PairedLink } from "./paired-links.ts";
import { messageNode, nodeId } from "./tree-node.ts";
import type { TreeNode } from "./tree-node.ts";

export interface TreeLink extends PairedLink {
  readonly state: LinkState;
  /** What both servers are called where room is short; of one that is not connected what its partner calls it. */
  readonly names: Readonly<Record<Side, string>>;
}

/** `areAllTold`: every server has told of its links, so that one that is not listed is not there. */
export function linksNode(links: readonly TreeLink[], areAllTold: boolean): TreeNode {
  const id = nodeId(null, "Links");
  const none = areAllTold ? "No links" : "No links on the servers that could be asked";
  const nothing = messageNode({ parent: id, label: none, tone: areAllTold ? "plain" : "bad" });
  return {
    id,
    kind: "folder",
    label: "Links",
    opensByDefault: true,
    children: links.length === 0 ? [nothing] : links.map((link) => linkNode(link, id)),
  };
}

/** Two primaries that were seen twice. */
export function isSplit({ state }: TreeLink): boolean {
  return state.kind === "splitBrain";
}

function linkNode(one: TreeLink, parent: string): TreeNode {
  const { link, pair, state } = one;
  return {
    id: nodeId(parent, JSON.stringify([pair.box, pair.instance, link.name])),
    kind: "link",
    side: startOf(one),
    label: `${visibleText(link.name)}: ${endsOf(one)}`,
    state: stateWord(one),
    ...(calmStates.includes(state.kind) || isPartnerMissing(one) ? {} : { isBad: true }),
    ...(isSplit(one) ? { isSecondPrimary: true } : {}),
    link: refOf(one),
    opensByDefault: false,
    children: [],
  };
}

/** The one side that says PRIMARY; undefined where none or both do. */
function primaryOf({ link }: TreeLink): Side | undefined {
  const primaries = (["box", "instance"] as const).filter((side) => {
    const end = link[side];
    return end.kind === "seen" && end.role === "PRIMARY";
  });
  return primaries.length === 1 ? primaries[0] : undefined;
}

/** As the log flows; without an arrow where nobody can say. */
function endsOf(one: TreeLink): string {
  const { names } = one;
  const primary = primaryOf(one);
  return primary === undefined
    ? `${names.box} and ${names.instance}`
    : `${names[primary]} → ${names[otherSide(primary)]}`;
}

/** Failover… starts at the primary, and while it is not connected or does not answer at the other side. */
function startOf(one: TreeLink): Side {
  const { link, state } = one;
  const side = primaryOf(one) ?? (link.box.kind === "seen" ? "box" : "instance");
  const isSilent = state.kind === "unreachable" && state.where === side;
  return isSilent ? otherSide(side) : side;
}

function isPartnerMissing({ pair, state }: TreeLink): boolean {
  return state.kind === "unreachable" && state.where !== "both" && pair[state.where] === null;
}

function stateWord(one: TreeLink): string {
  const { state, names } = one;
  if (state.where === "both" || state.kind !== "unreachable") return words[state.kind];
  return `${names[state.where]} ${isPartnerMissing(one) ? "is not connected" : "does not answer"}`;
}

const calmStates: readonly LinkStateKind[] = ["healthy", "lagging", "seeding", "roleChanging"];

const words: Readonly<Record<LinkStateKind, string>> = {
  healthy: "Healthy",
  lagging: "Behind",
  suspended: "Suspended",
  disconnected: "Not connected",
  seeding: "Seeding",
  twoPrimariesSeenOnce: "Two primaries, seen once",
  splitBrain: "Split brain",
  noPrimary: "No primary",
  roleChanging: "Role changing",
  notHealthy: "Not healthy",
  notAllowedToSee: "No permission to see it",
  unreachable: "No server answers",
  failedToRead: "Not readable",
  absent: "One end is missing",
  roleNotTold: "Role unknown",
};
