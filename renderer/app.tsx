// The window: bands, panes and what is open over them. Holds what the panes share, decides nothing.
import { FluentProvider } from "@fluentui/react-components";
import { useEffect, useEffectEvent, useMemo, useReducer, useState } from "react";
import type { LeftRunFacts } from "../shared/ipc.ts";
import { treeOf } from "../shared/estate/tree.ts";
import { ask } from "./api.ts";
import { shownWindow, sideToConnect } from "./app-state.ts";
import type { OpenWindow } from "./app-state.ts";
import { OpenWindowView } from "./open-window-view.tsx";
import { useAzure } from "./azure/use-azure.ts";
import { splitBrainLinks } from "./explorer/estate-feed.ts";
import {
  explorerAfter,
  initialExplorer,
  selectedLink,
  selectedRow,
} from "./explorer/explorer-state.ts";
import { Explorer } from "./explorer/explorer.tsx";
import type { RowCommand } from "./explorer/row-commands.ts";
import { rowsOf } from "./explorer/rows.ts";
import type { Row } from "./explorer/rows.ts";
import { useEstate } from "./explorer/use-estate.ts";
import { isRunning } from "./run-feed.ts";
import { ClosingDialog } from "./shell/closing-dialog.tsx";
import { CommandBar } from "./shell/command-bar.tsx";
import { commandOfKey } from "./shell/commands.ts";
import type { Commands } from "./shell/commands.ts";
import { Document } from "./shell/document.tsx";
import { EnvironmentBand } from "./shell/environment-band.tsx";
import { bandOf, environmentOf } from "./shell/environment.ts";
import { MenuBar } from "./shell/menu-bar.tsx";
import { focusDocument, focusExplorer, focusNextPane } from "./shell/panes.ts";
import { StatusBar } from "./shell/status-bar.tsx";
import { connectionItems, runItems } from "./shell/status-items.ts";
import { useConnections } from "./shell/use-connections.ts";
import { useFacts } from "./shell/use-facts.ts";
import { useMedia } from "./shell/use-media.ts";
import { themeName, themes } from "./theme.ts";
import { copyText } from "./ui/copy-text.ts";
import { WorkArea } from "./ui/work-area.ts";
import { useRun } from "./use-run.ts";
import "./shell/shell.css";

export function App() {
  const theme = themeName({
    forcedColors: useMedia("(forced-colors: active)"),
    dark: useMedia("(prefers-color-scheme: dark)"),
  });
  return (
    <FluentProvider theme={themes[theme]} className={`app app-${theme}`}>
      <Shell />
    </FluentProvider>
  );
}

function Shell() {
  const facts = useFacts();
  const connections = useConnections();
  const azure = useAzure();
  const run = useRun();
  const leftRuns = useLeftRuns();
  const estate = useEstate(connections, isRunning(run) ? "inFlight" : undefined);
  const [explorer, tellExplorer] = useReducer(explorerAfter, initialExplorer);
  const [open, setOpen] = useState<OpenWindow>({ kind: "none" });
  const [workArea, setWorkArea] = useState<HTMLElement | null>(null);
  const { feed } = estate;

  const rows = useMemo(() => {
    if (feed.estate === undefined) return [];
    const sides = connections.map(({ side }) => side);
    const memory = { lastSeen: feed.lastSeen, splitBrain: splitBrainLinks(feed) };
    return rowsOf(treeOf(feed.estate, sides, memory), explorer.toggled);
  }, [feed, connections, explorer.toggled]);
  const selected = selectedRow(rows, explorer);
  const link = selectedLink(selected);

  const openWizard = (row: Row | undefined) => {
    const target = selectedLink(row);
    if (target !== undefined) setOpen({ kind: "wizard", ...target });
  };
  const commands: Commands = {
    connect: () => {
      setOpen({ kind: "connect", side: sideToConnect(connections) });
    },
    disconnect: (connectionId) => void ask("connection.close", { connectionId }),
    refresh: estate.refresh,
    failover:
      link === undefined
        ? undefined
        : () => {
            openWizard(selected);
          },
    signIn: () => {
      setOpen({ kind: "azure" });
    },
    signOut: azure.signOut,
    about: () => {
      setOpen({ kind: "about" });
    },
    exit: () => void ask("window.close", { evenDuringRun: false }),
    focusExplorer,
    focusDocument,
    nextPane: focusNextPane,
  };
  useKeys(commands);
  const onRowCommand = (command: RowCommand, row: Row) => {
    switch (command) {
      case "failover":
        openWizard(row);
        break;
      case "refresh":
        estate.refresh();
        break;
      case "copy":
        copyText(row.node.label);
        break;
      case "disconnect":
        for (const { side, connectionId } of connections) {
          if (side === row.node.side) commands.disconnect(connectionId);
        }
        break;
    }
  };
  const band = bandOf(environmentOf(facts, connections), connections);
  return (
    <WorkArea value={workArea}>
      <div className="shell">
        <MenuBar commands={commands} connections={connections} account={azure.account} />
        <CommandBar commands={commands} isReading={estate.isBusy} />
        <EnvironmentBand band={band} />
        <div className="work-area" ref={setWorkArea}>
          <Explorer
            rows={rows}
            selected={selected}
            isBusy={estate.isBusy}
            problem={feed.problem}
            onEvent={tellExplorer}
            onCommand={onRowCommand}
            onConnect={commands.connect}
            onRefresh={commands.refresh}
          />
          <Document
            feed={feed}
            linkName={link?.linkName}
            connections={connections}
            leftRuns={leftRuns}
          />
        </div>
        <StatusBar
          connections={connectionItems(connections, feed)}
          runs={runItems(run, feed)}
          account={azure.account}
        />
      </div>
      <OpenWindowView
        open={shownWindow(open, run)}
        estate={feed.estate}
        azure={azure}
        facts={facts}
        onClose={() => {
          setOpen({ kind: "none" });
        }}
        onDone={estate.refresh}
      />
      <ClosingDialog />
    </WorkArea>
  );
}

function useKeys(commands: Commands): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const command = commandOfKey(event, commands);
    if (command === undefined) return;
    event.preventDefault();
    command();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    document.addEventListener("keydown", listener);
    return () => {
      document.removeEventListener("keydown", listener);
    };
  }, []);
}

/** Runs that an earlier start left without an end: looked at once, at the start. */
function useLeftRuns(): readonly LeftRunFacts[] {
  const [left, setLeft] = useState<readonly LeftRunFacts[]>([]);
  useEffect(() => {
    void ask("run.left", {}).then((answer) => {
      if (answer.ok) setLeft(answer.value);
    });
  }, []);
  return left;
}
