// One row of the tree: icon, label, note and role chip, with the whole text in a tooltip where it is cut.
import { TreeItem, TreeItemLayout } from "@fluentui/react-components";
import type { KeyboardEvent, MouseEvent } from "react";
import { RoleChip } from "../ui/role-chip.tsx";
import { NodeIcon } from "./node-icon.tsx";
import { isMenuKey } from "./row-commands.ts";
import type { Row } from "./rows.ts";

export interface MenuPlace {
  readonly row: Row;
  /** Where the focus goes back to. */
  readonly element: HTMLElement;
  /** The pointer's place; absent when opened by a key. */
  readonly pointer?: { readonly x: number; readonly y: number };
}

export interface ExplorerRowProps {
  readonly row: Row;
  readonly isSelected: boolean;
  readonly onSelect: (row: Row) => void;
  readonly onToggle: (row: Row) => void;
  readonly onOpenSiblings: (row: Row) => void;
  readonly onMenu: (place: MenuPlace) => void;
}

export function ExplorerRow(props: ExplorerRowProps) {
  const { row, isSelected } = props;
  const { node } = row;
  const whole = [node.label, node.note].filter((words) => words !== undefined).join(" ");
  const classes = [
    "explorer-row",
    ...(row.isBranch ? [] : ["explorer-row-leaf"]),
    ...(isSelected ? ["explorer-row-selected"] : []),
    ...(node.isBad === true ? ["explorer-row-bad"] : []),
  ];
  return (
    <TreeItem
      value={node.id}
      parentValue={row.parentId}
      itemType={row.isBranch ? "branch" : "leaf"}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      className={classes.join(" ")}
      onFocus={() => {
        props.onSelect(row);
      }}
      onDoubleClick={() => {
        if (row.isBranch) props.onToggle(row);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        onKey(event, props);
      }}
      onContextMenu={(event: MouseEvent<HTMLElement>) => {
        event.preventDefault();
        const element = event.currentTarget;
        element.focus();
        props.onMenu({ row, element, pointer: { x: event.clientX, y: event.clientY } });
      }}
    >
      <TreeItemLayout
        iconBefore={<NodeIcon node={node} />}
        aside={
          node.role === undefined ? undefined : (
            <RoleChip role={node.role} words="tree" isBad={node.isSecondPrimary === true} />
          )
        }
      >
        <span className="explorer-label" title={whole}>
          {node.label}
          {node.note === undefined ? null : <span className="explorer-note"> {node.note}</span>}
        </span>
      </TreeItemLayout>
    </TreeItem>
  );
}

function onKey(event: KeyboardEvent<HTMLElement>, props: ExplorerRowProps): void {
  if (isMenuKey(event)) {
    event.preventDefault();
    props.onMenu({ row: props.row, element: event.currentTarget });
  } else if (event.key === "*") {
    event.preventDefault();
    props.onOpenSiblings(props.row);
  }
}
