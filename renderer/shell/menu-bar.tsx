// The menu bar, drawn in the page so that both hosts show the same.
import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Toolbar,
  ToolbarButton,
} from "@fluentui/react-components";
import { ArrowSwapRegular, PersonRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { Account } from "../../shared/azure/contract.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { zoomAfter } from "../../shared/zoom.ts";
import type { ZoomMove } from "../../shared/zoom.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import type { Commands } from "./commands.ts";
import type { KeptSettings } from "./use-settings.ts";

export interface MenuBarProps {
  readonly commands: Commands;
  readonly connections: readonly ConnectionFacts[];
  readonly account: Account | null;
  readonly settings: Pick<KeptSettings, "zoomPercent" | "notify">;
  /** The menu of the practice window. */
  readonly practice: ReactNode;
}

export function MenuBar({ commands, connections, account, settings, practice }: MenuBarProps) {
  const words = text.menus;
  return (
    <div className="menu-bar">
      <h1 className="app-name">
        <ArrowSwapRegular aria-hidden="true" />
        <span>{text.appName}</span>
      </h1>
      <Toolbar size="small" aria-label={words.label} className="menu-bar-menus">
        <OneMenu name={words.file}>
          <Item onClick={commands.connect}>{words.connect}</Item>
          <Item onClick={commands.exit}>{words.exit}</Item>
        </OneMenu>
        <OneMenu name={words.view}>
          <Item shortcut="Alt+F8" onClick={commands.focusExplorer}>
            {words.explorer}
          </Item>
          <Item shortcut="F7" onClick={commands.focusDocument}>
            {words.document}
          </Item>
          <Item shortcut="F5" onClick={commands.refresh}>
            {words.refresh}
          </Item>
          <SizeItems commands={commands} settings={settings} />
        </OneMenu>
        <OneMenu name={words.connection}>
          <Item onClick={commands.connect}>{words.connect}</Item>
          {connections.map(({ connectionId, serverName }) => (
            <Item
              key={connectionId}
              onClick={() => {
                commands.disconnect(connectionId);
              }}
            >
              {words.disconnect(visibleText(serverName))}
            </Item>
          ))}
        </OneMenu>
        <OneMenu name={words.link}>
          <Item onClick={commands.failover}>{words.failover}</Item>
          <Item onClick={commands.readiness}>{words.readiness}</Item>
          <Item onClick={commands.repair}>{words.repair}</Item>
          <Item onClick={commands.offline}>{words.offline}</Item>
          <Item onClick={commands.hybrid}>{words.hybrid}</Item>
          <Item onClick={commands.cleanUp}>{words.cleanUp}</Item>
        </OneMenu>
        {practice}
        <OneMenu name={words.azure}>
          <Item onClick={commands.signIn}>{words.signIn}</Item>
          <Item onClick={account === null ? undefined : commands.signOut}>{words.signOut}</Item>
          <Item onClick={commands.registration}>{words.registration}</Item>
          <Item onClick={commands.network}>{words.network}</Item>
        </OneMenu>
        <OneMenu name={words.help}>
          <Item shortcut="F1" onClick={commands.help}>
            {words.helpHere}
          </Item>
          <Item onClick={commands.log}>{words.log}</Item>
          <Item onClick={commands.bundle}>{words.bundle}</Item>
          <Item onClick={commands.about}>{words.about}</Item>
        </OneMenu>
      </Toolbar>
      <span className="menu-bar-account">
        <PersonRegular aria-hidden="true" />
        {account === null ? text.azure.notSignedIn : visibleText(account.name)}
      </span>
    </div>
  );
}

/** Of the menu View: how large the page is drawn, and whether the system tells of runs. */
function SizeItems({ commands, settings }: Pick<MenuBarProps, "commands" | "settings">) {
  const words = text.menus;
  const { zoomPercent, notify } = settings;
  const zoomTo = (move: ZoomMove) =>
    zoomAfter(zoomPercent, move) === zoomPercent
      ? undefined
      : () => {
          commands.zoom(move);
        };
  return (
    <>
      <MenuDivider />
      <Item shortcut="Ctrl++" onClick={zoomTo("in")}>
        {words.larger}
      </Item>
      <Item shortcut="Ctrl+-" onClick={zoomTo("out")}>
        {words.smaller}
      </Item>
      <Item shortcut="Ctrl+0" onClick={zoomTo("reset")}>
        {words.plainSize(zoomPercent)}
      </Item>
      <MenuDivider />
      <Item
        onClick={() => {
          commands.notify(!notify);
        }}
      >
        {notify ? words.notifyOff : words.notifyOn}
      </Item>
    </>
  );
}

/** One menu of the bar. */
export function OneMenu({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <ToolbarButton>{name}</ToolbarButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}

export interface ItemProps {
  readonly children: ReactNode;
  readonly shortcut?: string;
  /** Undefined: not possible now. */
  readonly onClick: (() => void) | undefined;
}

/** One command of a menu. */
export function Item({ children, shortcut, onClick }: ItemProps) {
  return (
    <MenuItem disabled={onClick === undefined} secondaryContent={shortcut} onClick={onClick}>
      {children}
    </MenuItem>
  );
}
