// The context menu of a row: Azure SQL Managed Instance link > Failover…, and what every row has.
import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { text } from "../text.ts";
import type { MenuPlace } from "./explorer-row.tsx";
import { rowMenu } from "./row-commands.ts";
import type { RowCommand, RowOffer } from "./row-commands.ts";

export interface RowMenuProps {
  readonly place: MenuPlace;
  readonly offers: readonly RowOffer[];
  readonly onCommand: (command: RowCommand) => void;
  readonly onClose: () => void;
}

export function RowMenu({ place, offers, onCommand, onClose }: RowMenuProps) {
  const commands = rowMenu(place.row, offers);
  const item = (command: RowCommand, label: string, key?: string) =>
    commands.includes(command) ? (
      <MenuItem
        secondaryContent={key}
        onClick={() => {
          onCommand(command);
        }}
      >
        {label}
      </MenuItem>
    ) : null;
  return (
    <Menu
      open
      onOpenChange={(_event, data) => {
        if (!data.open) onClose();
      }}
      positioning={{ target: targetOf(place), position: "below", align: "start" }}
    >
      <MenuPopover>
        <MenuList>
          {commands.includes("failover") ? (
            <>
              <Menu>
                <MenuTrigger disableButtonEnhancement>
                  <MenuItem>{text.explorer.linkMenu}</MenuItem>
                </MenuTrigger>
                <MenuPopover>
                  <MenuList>
                    {item("failover", text.explorer.failover)}
                    {item("readiness", text.menus.readiness)}
                    {item("repair", text.explorer.repair)}
                    {item("offline", text.menus.offline)}
                  </MenuList>
                </MenuPopover>
              </Menu>
              <MenuDivider />
            </>
          ) : (
            item("offline", text.menus.offline)
          )}
          {item("cleanUp", text.menus.cleanUp)}
          {item("disconnect", text.menus.disconnect(place.row.node.label))}
          {item("refresh", text.menus.refresh, "F5")}
          {item("copy", text.explorer.copy)}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** The pointer's place, or the row itself when a key opened it. */
function targetOf({ element, pointer }: MenuPlace) {
  if (pointer === undefined) return element;
  const place = new DOMRect(pointer.x, pointer.y, 0, 0);
  return { getBoundingClientRect: () => place };
}
