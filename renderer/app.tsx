// The window: bands, panes and what is open over them. Holds what the panes share, decides nothing.
import { FluentProvider } from "@fluentui/react-components";
import { useEffect, useMemo, useReducer, useState } from "react";
import { treeOf } from "../shared/estate/tree.ts";
import { ask } from "./api.ts";
import { failoverWindow, shownWindow, sideToConnect } from "./app-state.ts";
import type { OpenWindow } from "./app-state.ts";
import { OpenWindowView } from "./open-window-view.tsx";
import { useAzure } from "./azure/use-azure.ts";
import { brokenLink, onlyLink, splitBrainLinks } from "./explorer/estate-feed.ts";
import {
  explorerAfter,
  failoverLinks,
  initialExplorer,
  selectedLink,
  selectedRow,
} from "./explorer/explorer-state.ts";
import { Explorer } from "./explorer/explorer.tsx";
import { rowOffers } from "./explorer/row-commands.ts";
import type { RowCommand } from "./explorer/row-commands.ts";
import { rowsOf } from "./explorer/rows.ts";
import type { Row } from "./explorer/rows.ts";
import { useEstate } from "./explorer/use-estate.ts";
import { isRunning } from "./run-feed.ts";
import { offlineTarget } from "./offline/offline-target.ts";
import type { OfflinePlace } from "./offline/offline-target.ts";
import { DrillEndDialog } from "./practice/drill-end-dialog.tsx";
import { PracticeMenu } from "./practice/practice-menu.tsx";
import { useDrills } from "./practice/use-drills.ts";
import { ClosingDialog } from "./shell/closing-dialog.tsx";
import { CommandBar } from "./shell/command-bar.tsx";
import type { Commands } from "./shell/commands.ts";
import { Document } from "./shell/document.tsx";
import { EnvironmentBand } from "./shell/environment-band.tsx";
import { bandOf, environmentOf } from "./shell/environment.ts";
import { MenuBar } from "./shell/menu-bar.tsx";
import { focusAfterWindow, focusDocument, focusExplorer, focusNextPane } from "./shell/panes.ts";
import { StatusBar } from "./shell/status-bar.tsx";
import { connectionItems, runItems } from "./shell/status-items.ts";
import { useClosedRun } from "./shell/use-closed-run.ts";
import { useConnections } from "./shell/use-connections.ts";
import { useFacts } from "./shell/use-facts.ts";
import { useKeys } from "./shell/use-keys.ts";
import { useLeftRuns } from "./shell/use-left-runs.ts";
import { useRepairToDos } from "./shell/use-repair-to-dos.ts";
import { useMedia } from "./shell/use-media.ts";
import { text } from "./text.ts";
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
    <FluentProvider theme={themes[theme]}>
      <Shell />
    </FluentProvider>
  );
}

function Shell() {
  const facts = useFacts();
  const connections = useConnections();
  const azure = useAzure(connections);
  const run = useRun();
  const drills = useDrills(facts?.practice === true);
  const leftRuns = useLeftRuns(connections, run.state.started?.runId);
  const estate = useEstate(connections, isRunning(run) ? "inFlight" : undefined);
  const [explorer, tellExplorer] = useReducer(explorerAfter, initialExplorer);
  const [open, setOpen] = useState<OpenWindow>({ kind: "none" });
  const [closedRunId, closeRun] = useClosedRun();
  const [workArea, setWorkArea] = useState<HTMLElement | null>(null);
  const { feed } = estate;
  const toDos = useRepairToDos(feed.estate);

  const rows = useMemo(() => {
    if (feed.estate === undefined) return [];
    const sides = connections.map(({ side }) => side);
    const { lastSeen, silentSince } = feed;
    const memory = { lastSeen, silentSince, splitBrain: splitBrainLinks(feed) };
    return rowsOf(treeOf(feed.estate, sides, memory), explorer.toggled);
  }, [feed, connections, explorer.toggled]);
  const selected = selectedRow(rows, explorer);
  const link = selectedLink(selected);
  const linkOfDocument = link?.linkName ?? onlyLink(feed);

  const shown = shownWindow(open, run, closedRunId);
  const unlessOpen = (act: () => void) => (shown.kind === "none" ? act : undefined);
  const openWizard = (row: Row | undefined) => {
    const target = failoverLinks(row);
    const opened = target && failoverWindow(target.linkNames, target.startedFrom);
    if (opened !== undefined) setOpen(opened);
  };
  /** Undefined while that link needs no repair, and while a window is open. */
  const repairOf = (linkName: string | undefined) =>
    linkName === undefined || brokenLink(feed, linkName) === undefined
      ? undefined
      : unlessOpen(() => {
          setOpen({ kind: "repair", linkName });
        });
  const offlineOf = (place: OfflinePlace | undefined) => {
    const target = place && offlineTarget(feed, place);
    if (target === undefined) return undefined;
    return unlessOpen(() => {
      setOpen({ kind: "offline", ...target });
    });
  };
  const readinessOf = (linkName: string | undefined) =>
    linkName === undefined
      ? undefined
      : unlessOpen(() => {
          setOpen({ kind: "readiness", linkName });
        });
  const commands: Commands = {
    connect: unlessOpen(() => {
      setOpen({ kind: "connect", side: sideToConnect(connections) });
    }),
    disconnect: (connectionId) => void ask("connection.close", { connectionId }),
    refresh: estate.refresh,
    failover:
      link === undefined
        ? undefined
        : unlessOpen(() => {
            openWizard(selected);
          }),
    cleanUp:
      connections.length === 0
        ? undefined
        : unlessOpen(() => {
            setOpen({ kind: "cleanUp", linkName: undefined });
          }),
    readiness: readinessOf(linkOfDocument),
    hybrid:
      linkOfDocument === undefined
        ? undefined
        : unlessOpen(() => {
            setOpen({ kind: "hybrid", linkName: linkOfDocument });
          }),
    repair: repairOf(linkOfDocument),
    offline: offlineOf(selected?.node) ?? offlineOf({ side: "box", linkName: linkOfDocument }),
    signIn: unlessOpen(() => {
      setOpen({ kind: "azure" });
    }),
    signOut: azure.signOut,
    registration: unlessOpen(() => {
      setOpen({ kind: "azureRegistration" });
    }),
    about: unlessOpen(() => {
      setOpen({ kind: "about" });
    }),
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
      case "cleanUp":
        commands.cleanUp?.();
        break;
      case "readiness":
        readinessOf(row.node.linkName)?.();
        break;
      case "repair":
        repairOf(row.node.linkName)?.();
        break;
      case "offline":
        offlineOf(row.node)?.();
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
  useEffect(() => {
    document.title = `${band.word} - ${text.appName}`;
  }, [band.word]);
  return (
    <WorkArea value={workArea}>
      <div className="shell">
        <header className="shell-head">
          <MenuBar
            commands={commands}
            connections={connections}
            account={azure.account}
            practice={
              drills.view && (
                <PracticeMenu view={drills.view} unlessOpen={unlessOpen} onOpen={setOpen} />
              )
            }
          />
          <CommandBar commands={commands} isReading={estate.isBusy} />
          <EnvironmentBand band={band} />
        </header>
        <div className="work-area" ref={setWorkArea}>
          <Explorer
            rows={rows}
            selected={selected}
            isBusy={estate.isBusy}
            problem={feed.problem}
            offersOf={({ node }) => rowOffers(feed, node)}
            onEvent={tellExplorer}
            onCommand={onRowCommand}
            onConnect={commands.connect}
            onRefresh={commands.refresh}
          />
          <Document
            feed={feed}
            linkName={linkOfDocument}
            connections={connections}
            leftRuns={leftRuns}
            toDos={toDos}
            repairOf={repairOf}
          />
        </div>
        <StatusBar
          connections={connectionItems(connections, feed)}
          runs={runItems(run, feed)}
          account={azure.account}
        />
      </div>
      <OpenWindowView
        open={shown}
        feed={feed}
        azure={azure}
        facts={facts}
        drills={drills.view}
        onOpen={setOpen}
        onClose={() => {
          setOpen({ kind: "none" });
          closeRun(run.state.started?.runId);
          focusAfterWindow();
        }}
        onDone={estate.refresh}
      />
      {shown.kind === "none" && drills.unreadEnd !== undefined ? (
        <DrillEndDialog
          end={drills.unreadEnd}
          onClose={() => {
            drills.read();
            focusAfterWindow();
          }}
        />
      ) : null}
      <ClosingDialog run={run.state} />
    </WorkArea>
  );
}
