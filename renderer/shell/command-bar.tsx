// The command bar. No filled button: nothing invites a failover.
import { Toolbar, ToolbarButton, ToolbarDivider } from "@fluentui/react-components";
import { AddRegular, ArrowClockwiseRegular, ArrowSwapRegular } from "@fluentui/react-icons";
import { text } from "../text.ts";
import type { Commands } from "./commands.ts";

export interface CommandBarProps {
  readonly commands: Commands;
  readonly isReading: boolean;
}

export function CommandBar({ commands, isReading }: CommandBarProps) {
  const { connect, failover } = commands;
  return (
    <Toolbar size="small" className="command-bar" aria-label={text.commands.label}>
      <ToolbarButton
        icon={<AddRegular />}
        disabledFocusable={connect === undefined}
        onClick={connect}
      >
        {text.commands.connect}
      </ToolbarButton>
      <ToolbarButton
        icon={<ArrowClockwiseRegular />}
        disabledFocusable={isReading}
        onClick={commands.refresh}
      >
        {text.commands.refresh}
      </ToolbarButton>
      <ToolbarDivider />
      <ToolbarButton
        icon={<ArrowSwapRegular />}
        disabledFocusable={failover === undefined}
        title={failover === undefined && connect !== undefined ? text.commands.noLink : undefined}
        onClick={failover}
      >
        {text.commands.failover}
      </ToolbarButton>
    </Toolbar>
  );
}
