// Object Explorer: the pane with the tree, its keys and its context menu.
import { Button, Tooltip } from "@fluentui/react-components";
import { ArrowClockwiseRegular, PlugConnectedRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import type { MenuPlace } from "./explorer-row.tsx";
import type { ExplorerEvent } from "./explorer-state.ts";
import { ExplorerTree } from "./explorer-tree.tsx";
import { ReadAge } from "./read-age.tsx";
import type { RowCommand, RowOffer } from "./row-commands.ts";
import { RowMenu } from "./row-menu.tsx";
import type { Row } from "./rows.ts";
import { focusSelectedRow } from "./use-tree-focus.ts";
import "./explorer.css";

export interface ExplorerProps {
  readonly rows: readonly Row[];
  readonly selected: Row | undefined;
  readonly isBusy: boolean;
  /** When the rows were read, ISO 8601 UTC; undefined before the first reading. */
  readonly readAt: string | undefined;
  /** Why the last reading told nothing; the rows are then of an earlier one. */
  readonly problem: Problem | undefined;
  /** Whether the row's link has two primaries, or none. */
  readonly offersOf: (row: Row) => readonly RowOffer[];
  readonly onEvent: (event: ExplorerEvent) => void;
  readonly onCommand: (command: RowCommand, row: Row) => void;
  readonly onConnect: (() => void) | undefined;
  readonly onRefresh: () => void;
}

export function Explorer(props: ExplorerProps) {
  const { rows } = props;
  return (
    <nav className="explorer" aria-label={text.explorer.label}>
      <PaneHead {...props} />
      {props.problem === undefined ? null : (
        <p className="explorer-problem" role="status">
          {visibleText(props.problem.summary)} {visibleText(props.problem.remedy)}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="explorer-nothing">{text.explorer.nothing}</p>
      ) : (
        <TreeWithMenu {...props} />
      )}
      {rows.length === 0 ? null : <ReadAge at={props.readAt} isBusy={props.isBusy} />}
    </nav>
  );
}

function PaneHead({ isBusy, onConnect, onRefresh }: ExplorerProps) {
  return (
    <div className="pane-head">
      <h2>{text.explorer.label}</h2>
      <Tooltip content={text.explorer.connect} relationship="label">
        <Button
          size="small"
          appearance="transparent"
          icon={<PlugConnectedRegular />}
          disabledFocusable={onConnect === undefined}
          onClick={onConnect}
        />
      </Tooltip>
      <Tooltip content={text.explorer.refresh} relationship="label">
        <Button
          size="small"
          appearance="transparent"
          icon={<ArrowClockwiseRegular />}
          disabledFocusable={isBusy}
          onClick={onRefresh}
        />
      </Tooltip>
    </div>
  );
}

function TreeWithMenu({ rows, selected, offersOf, onEvent, onCommand }: ExplorerProps) {
  const [menu, setMenu] = useState<MenuPlace>();
  return (
    <>
      <ExplorerTree rows={rows} selected={selected} onEvent={onEvent} onMenu={setMenu} />
      {menu === undefined ? null : (
        <RowMenu
          place={menu}
          offers={offersOf(menu.row)}
          onCommand={(command) => {
            onCommand(command, menu.row);
          }}
          onClose={() => {
            setMenu(undefined);
            focusSelectedRow(menu.element.closest("[role='tree']"));
          }}
        />
      )}
    </>
  );
}
