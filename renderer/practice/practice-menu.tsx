// The menu Practice: each disaster as a drill, what somebody else does in it, and its end.
import { MenuDivider } from "@fluentui/react-components";
import type { DrillsView } from "../../shared/drills/drill.ts";
import { ask } from "../api.ts";
import type { OpenWindow } from "../app-state.ts";
import { Item, OneMenu } from "../shell/menu-bar.tsx";
import { text } from "../text.ts";

export interface PracticeMenuProps {
  readonly view: DrillsView;
  /** Undefined while a window is open. */
  readonly unlessOpen: (act: () => void) => (() => void) | undefined;
  readonly onOpen: (open: OpenWindow) => void;
}

export function PracticeMenu({ view, unlessOpen, onOpen }: PracticeMenuProps) {
  const words = text.practice;
  const { underWay } = view;
  const opened = (drillId: string) =>
    unlessOpen(() => {
      onOpen({ kind: "drill", drillId });
    });
  return (
    <OneMenu name={words.menu}>
      {view.drills.map(({ id, name }) => (
        <Item key={id} onClick={underWay === null ? opened(id) : undefined}>
          {`${name}…`}
        </Item>
      ))}
      <MenuDivider />
      <Item onClick={underWay === null ? undefined : opened(underWay.id)}>{words.toDo}</Item>
      {underWay?.help ? (
        <Item onClick={() => void ask("practice.help", {})}>{underWay.help}</Item>
      ) : null}
      <Item
        onClick={underWay === null ? undefined : unlessOpen(() => void ask("practice.end", {}))}
      >
        {words.end}
      </Item>
      <MenuDivider />
      <Item onClick={() => void ask("practice.workload", { running: false })}>
        {words.stopApplications}
      </Item>
      <Item onClick={() => void ask("practice.workload", { running: true })}>
        {words.startApplications}
      </Item>
    </OneMenu>
  );
}
