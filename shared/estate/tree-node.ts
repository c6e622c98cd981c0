// One node of Object Explorer, and the nodes that stand for what could not be read.
import { visibleText } from "../visible-text.ts";
import type { Fact, Role, Side, SideReading } from "./estate.ts";
import type { LinkRef, Pair } from "./pair.ts";

/** `notReported`: a remote role this side does not tell. `unknown`: not told where it should be. */
export type TreeRole = Role | "notReported" | "unknown";

export type SeenReading = Extract<SideReading, { kind: "seen" }>;

export interface TreeNode {
  /** Letters, digits, `-`, `_` and `/` whatever the names hold; the same for the same object in every reading. */
  readonly id: string;
  readonly kind: "server" | "folder" | "database" | "group" | "link" | "replica" | "message";
  /** The server's side; of a row below Links the one that Failover… starts from. */
  readonly side?: Side;
  /** Of a server's own row. */
  readonly connectionId?: string;
  /** As SSMS writes it, harmless to show. */
  readonly label: string;
  /** Beside the label, quieter. */
  readonly note?: string;
  readonly role?: TreeRole;
  /** Of a link as a whole, in place of a role: one or few words. */
  readonly state?: string;
  /** Amber: somebody has to do something. */
  readonly isBad?: boolean;
  /** A second PRIMARY of a split brain. */
  readonly isSecondPrimary?: boolean;
  /** A right that is missing, in place of what it hides. */
  readonly isMissingRight?: boolean;
  readonly opensByDefault: boolean;
  /** The link that Failover… acts on from here. */
  readonly link?: LinkRef;
  /** Of a database: its name, as the server spells it. */
  readonly database?: string;
  /** Of a database: the further links that replicate it. */
  readonly otherLinks?: readonly LinkRef[];
  readonly children: readonly TreeNode[];
}

/** What the nodes below a server are made of. */
export interface NodeSource {
  readonly connectionId: string;
  readonly reading: SeenReading;
  readonly splitBrain: readonly string[];
  /** With whom this server shares the link of that name. */
  readonly pairOf: (linkName: string) => Pair;
}

/** The id of a child: the parent's, and the child's name with every other character by its code. */
export function nodeId(parent: string | null, name: string): string {
  let own = writtenNames.get(name);
  if (own === undefined) writtenNames.set(name, (own = written(name)));
  return parent === null ? own : `${parent}/${own}`;
}

/** The same thousands of names come with every reading. */
const writtenNames = new Map<string, string>();

function written(name: string): string {
  return name.replace(
    /[^A-Za-z0-9-]/gu,
    (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`,
  );
}

/** A folder without its children. */
export function folder(
  parent: string,
  label: string,
  side: Side,
): Omit<TreeNode, "children"> & { readonly kind: "folder" } {
  return { id: nodeId(parent, label), kind: "folder", side, label, opensByDefault: true };
}

/** A link of that server, with whom it shares it. */
export function linkAt(linkName: string, { pairOf }: NodeSource): LinkRef {
  return { linkName, pair: pairOf(linkName) };
}

/** A leaf that says something instead of an object. */
export function messageNode(message: {
  readonly parent: string;
  readonly label: string;
  readonly tone: "plain" | "bad" | "missingRight";
}): TreeNode {
  return {
    id: nodeId(message.parent, "message"),
    kind: "message",
    label: message.label,
    ...(message.tone === "bad" ? { isBad: true } : {}),
    ...(message.tone === "missingRight" ? { isMissingRight: true } : {}),
    opensByDefault: false,
    children: [],
  };
}

/** The nodes of what was seen; one that says so where nothing is there, may be seen, or could be read. */
export function factNodes<T>(
  fact: Fact<readonly T[]>,
  parent: string,
  nothingHere: string,
  nodes: (rows: readonly T[]) => readonly TreeNode[],
): readonly TreeNode[] {
  switch (fact.kind) {
    case "notAllowed":
      return [
        messageNode({ parent, label: `No permission: ${fact.permission}`, tone: "missingRight" }),
      ];
    case "failed":
      return [messageNode({ parent, label: visibleText(fact.problem.summary), tone: "bad" })];
    case "seen": {
      const seen = nodes(fact.value);
      return seen.length > 0 ? seen : [messageNode({ parent, label: nothingHere, tone: "plain" })];
    }
  }
}
