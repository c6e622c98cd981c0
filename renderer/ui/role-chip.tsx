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
import { text } from "../text.ts";
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
  const { pane, tree, short } = text.ui.roles[role];
  const classes = ["role", `role-${role}`, `role-in-${words}`, ...(isBad ? ["role-bad"] : [])];
  return (
    <span className={classes.join(" ")}>
      {createElement(icons[role], { "aria-hidden": true })}
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

const icons: Readonly<Record<ChipRole, FluentIcon>> = {
  PRIMARY: CircleFilled,
  SECONDARY: CircleRegular,
  RESOLVING: ArrowSyncRegular,
  unknown: QuestionCircleRegular,
  notReported: QuestionCircleRegular,
  unreachable: PlugDisconnectedRegular,
  absent: LinkDismissRegular,
  splitBrain: BranchForkFilled,
};
