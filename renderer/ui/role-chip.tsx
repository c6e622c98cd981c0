// A role as a chip: a shape, a word and a colour, never colour alone.
import {
  ArrowSyncRegular,
  BranchForkFilled,
  CircleFilled,
  CircleRegular,
  LinkDismissRegular,
  PlugDisconnectedRegular,
  QuestionCircleRegular,
} from "@fluentui/react-icons";
import { createElement } from "react";
import type { FluentIcon } from "@fluentui/react-icons";
import type { TreeRole } from "../../shared/estate/tree-node.ts";
import "./role-chip.css";

/** `notReported`: a remote role that this side does not tell; `absent`: it says that it has no such link. */
export type ChipRole = TreeRole | "unreachable" | "splitBrain" | "absent";

export interface RoleChipProps {
  readonly role: ChipRole;
  /** In the tree "Primary"; in main panes capitals, as the server spells it. */
  readonly words: "tree" | "pane";
  /** The second PRIMARY of a split brain. */
  readonly isBad?: boolean;
  /** For screen readers, after the word: ", seen 0.4 seconds ago". */
  readonly more?: string;
}

export function RoleChip({ role, words, isBad = false, more = "" }: RoleChipProps) {
  const { icon, pane, tree, short } = looks[role];
  const classes = ["role", `role-${role}`, `role-in-${words}`, ...(isBad ? ["role-bad"] : [])];
  return (
    <span className={classes.join(" ")}>
      {createElement(icon, { "aria-hidden": true })}
      <span className="role-word">
        {words === "tree" ? tree : pane}
        {more === "" ? null : <span className="visually-hidden">{more}</span>}
      </span>
      <span className="role-letter" aria-hidden="true">
        {short}
      </span>
    </span>
  );
}

interface Look {
  readonly icon: FluentIcon;
  readonly pane: string;
  readonly tree: string;
  readonly short: string;
}

const looks: Readonly<Record<ChipRole, Look>> = {
  PRIMARY: { icon: CircleFilled, pane: "PRIMARY", tree: "Primary", short: "P" },
  SECONDARY: { icon: CircleRegular, pane: "SECONDARY", tree: "Secondary", short: "S" },
  RESOLVING: { icon: ArrowSyncRegular, pane: "RESOLVING", tree: "Resolving", short: "R" },
  unknown: {
    icon: QuestionCircleRegular,
    pane: "Role unknown",
    tree: "unknown",
    short: "",
  },
  notReported: {
    icon: QuestionCircleRegular,
    pane: "not reported here",
    tree: "not reported here",
    short: "",
  },
  unreachable: {
    icon: PlugDisconnectedRegular,
    pane: "Unreachable",
    tree: "Unreachable",
    short: "",
  },
  absent: {
    icon: LinkDismissRegular,
    pane: "No link",
    tree: "no link",
    short: "",
  },
  splitBrain: { icon: BranchForkFilled, pane: "Split brain", tree: "Split brain", short: "" },
};
