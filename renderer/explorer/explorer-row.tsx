// One row of the tree: arrow, icon, label, note and role chip, with the whole text in a tooltip where it is cut.
import { ChevronRightRegular } from "@fluentui/react-icons";
import type { KeyboardEvent, MouseEvent } from "react";
import type { TreeNode } from "../../shared/estate/tree-node.ts";
import { RoleChip } from "../ui/role-chip.tsx";
import { NodeIcon } from "./node-icon.tsx";
import type { Row } from "./rows.ts";
import { rowHeight } from "./rows-in-view.ts";

export interface MenuPlace {
  readonly row: Row;
  /** Where the menu stands when a key opened it. */
  readonly element: HTMLElement;
  /** The pointer's place; absent when opened by a key. */
  readonly pointer?: { readonly x: number; readonly y: number };
}

export interface ExplorerRowProps {
  readonly row: Row;
  /** Its place among all rows, of which only those in view are drawn. */
  readonly index: number;
  readonly isSelected: boolean;
  readonly onSelect: (row: Row) => void;
  readonly onToggle: (row: Row) => void;
  readonly onMenu: (place: MenuPlace) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>, row: Row) => void;
}

export function ExplorerRow(props: ExplorerRowProps) {
  const { row, isSelected } = props;
  const { node } = row;
  const whole = [node.label, node.note, node.state]
    .filter((words) => words !== undefined)
    .join(" ");
  const classes = [
    "explorer-row",
    ...(isSelected ? ["explorer-row-selected"] : []),
    ...(node.isBad === true ? ["explorer-row-bad"] : []),
  ];
  return (
    <div
      role="treeitem"
      tabIndex={isSelected ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      aria-expanded={row.isBranch ? row.isOpen : undefined}
      className={classes.join(" ")}
      style={{ top: props.index * rowHeight, paddingLeft: 4 + (row.level - 1) * 14 }}
      onFocus={() => {
        props.onSelect(row);
      }}
      onDoubleClick={() => {
        if (row.isBranch) props.onToggle(row);
      }}
      onKeyDown={(event) => {
        props.onKey(event, row);
      }}
      onContextMenu={(event: MouseEvent<HTMLElement>) => {
        event.preventDefault();
        const element = event.currentTarget;
        element.focus();
        props.onMenu({ row, element, pointer: { x: event.clientX, y: event.clientY } });
      }}
    >
      <Arrow {...props} />
      <div className="explorer-icon">
        <NodeIcon node={node} />
      </div>
      <div className="explorer-label" title={whole}>
        {node.label}
        {node.note === undefined ? null : <span className="explorer-note"> {node.note}</span>}
      </div>
      <Aside node={node} />
    </div>
  );
}

/** A click on it opens and closes; elsewhere on the row a click selects, as in SSMS. */
function Arrow({ row, onToggle }: ExplorerRowProps) {
  if (!row.isBranch) return <div className="explorer-arrow" aria-hidden="true" />;
  return (
    <div
      className={row.isOpen ? "explorer-arrow explorer-arrow-open" : "explorer-arrow"}
      aria-hidden="true"
      onClick={() => {
        onToggle(row);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
    >
      <ChevronRightRegular />
    </div>
  );
}

/** A role, or the state of a whole link: never cut, whatever the names beside it are. */
function Aside({ node }: { readonly node: TreeNode }) {
  if (node.state !== undefined) return <div className="explorer-state">{node.state}</div>;
  return node.role === undefined ? null : (
    <div className="explorer-role">
      <RoleChip role={node.role} words="tree" isBad={node.isSecondPrimary === true} />
    </div>
  );
}
