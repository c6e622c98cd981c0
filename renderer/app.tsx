// The window: bands, panes and what is open over them. Holds what the panes share, decides nothing.
import { FluentProvider } from "@fluentui/react-components";
import { useEffect, useMemo, useReducer, useState } from "react";
import type { LinkRef } from "../shared/estate/pair.ts";
import { zoomAfter } from "../shared/zoom.ts";
import { ask } from "./api.ts";
import {
  failoverWindow,
  instanceOf,
  pairBeside,
  pairOfWindow,
  shownWindow,
  sideToConnect,
} from "./app-state.ts";
import type { OpenWindow } from "./app-state.ts";
import { OpenWindowView } from "./open-window-view.tsx";
import { HelpContext } from "./help/help-context.ts";
import { useHelp } from "./help/use-help.tsx";
import { useAzure } from "./azure/use-azure.ts";
import { StartPairs } from "./connect/start-pairs.tsx";
import { brokenLink, onlyLink } from "./explorer/estate-feed.ts";
import {
  explorerAfter,
  failoverLinks,
  initialExplorer,
  selectedLink,
  selectedRow,
} from "./explorer/explorer-state.ts";
import { Explorer } from "./explorer/explorer.tsx";
import { rowOffers } from "./explorer/row-commands.ts";
import { treeOfFeed } from "./explorer/feed-tree.ts";
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
import { useSettings } from "./shell/use-settings.ts";
import { text } from "./text.ts";
import { themeName, themes } from "./theme.ts";
import { copyText } from "./ui/copy-text.ts";
import { WorkArea } from "./ui/work-area.ts";
import { useRun } from "./use-run.ts";
import "./shell/shell.css";

export function App() {
  const theme = themeName({
    forcedColors: useMedia("(forced-colors: active)"),
    moreContrast: useMedia("(prefers-contrast: more)"),
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
  const settings = useSettings();
  const connections = useConnections();
  const signedIn = useAzure();
  const run = useRun();
  const drills = useDrills(facts?.practice === true);
  const leftRuns = useLeftRuns(connections, run.state.started?.runId);
  const estate = useEstate(connections, isRunning(run) ? "inFlight" : undefined);
  const [explorer, tellExplorer] = useReducer(explorerAfter, initialExplorer);
  const [open, setOpen] = useState<OpenWindow>({ kind: "none" });
  const [closedRunId, closeRun] = useClosedRun();
  const [workArea, setWorkArea] = useState<HTMLElement | null>(null);
  const { feed } = estate;
  const toDos = useRepairToDos(feed.read);

  const rows = useMemo(() => {
    const connected = connections.map(({ connectionId }) => connectionId);
    return rowsOf(treeOfFeed(feed, connected), explorer.toggled);
  }, [feed, connections, explorer.toggled]);
  const selected = selectedRow(rows, explorer);
  const link = selectedLink(selected)?.link;
  const linkOfDocument = link ?? onlyLink(feed);

  const shown = shownWindow(open, run, closedRunId, connections);
  const help = useHelp(shown.kind);
  const worked = pairOfWindow(shown) ?? linkOfDocument?.pair;
  const azure = { ...signedIn, instanceAddress: instanceOf(worked, connections) };
  const unlessOpen = (act: () => void) => (shown.kind === "none" ? act : undefined);
  const openWizard = (row: Row | undefined) => {
    const target = failoverLinks(row);
    const opened = target && failoverWindow(target.links, target.startedFrom);
    if (opened !== undefined) setOpen(opened);
  };
  /** Undefined while that link needs no repair, and while a window is open. */
  const repairOf = (broken: LinkRef | undefined) =>
    broken === undefined || brokenLink(feed, broken) === undefined
      ? undefined
      : unlessOpen(() => {
          setOpen({ kind: "repair", link: broken });
        });
  const offlineOf = (place: OfflinePlace | undefined) => {
    const target = place && offlineTarget(feed, connections, place);
    if (target === undefined) return undefined;
    return unlessOpen(() => {
      setOpen({ kind: "offline", ...target });
    });
  };
  const readinessOf = (asked: LinkRef | undefined) =>
    asked === undefined
      ? undefined
      : unlessOpen(() => {
          setOpen({ kind: "readiness", link: asked });
        });
  /** From a server's own row, or beside the link that is shown. */
  const openCleanUp = (connectionId?: string) => {
    const besides = pairBeside(connections, feed.known, connectionId);
    const pair = connectionId === undefined ? (linkOfDocument?.pair ?? besides) : besides;
    setOpen({ kind: "cleanUp", linkName: undefined, pair });
  };
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
            openCleanUp();
          }),
    readiness: readinessOf(linkOfDocument),
    hybrid:
      linkOfDocument === undefined
        ? undefined
        : unlessOpen(() => {
            setOpen({ kind: "hybrid", ...linkOfDocument });
          }),
    repair: repairOf(linkOfDocument),
    offline: offlineOf(selected?.node) ?? offlineOf({ side: "box", link: linkOfDocument }),
    signIn: unlessOpen(() => {
      setOpen({ kind: "azure" });
    }),
    signOut: azure.signOut,
    registration: unlessOpen(() => {
      setOpen({ kind: "azureRegistration" });
    }),
    network: unlessOpen(() => {
      setOpen({ kind: "network" });
    }),
    about: unlessOpen(() => {
      setOpen({ kind: "about" });
    }),
    exit: () => void ask("window.close", { evenDuringRun: false }),
    focusExplorer,
    focusDocument,
    nextPane: focusNextPane,
    help: help.open,
    log: unlessOpen(() => {
      setOpen({ kind: "log" });
    }),
    bundle: unlessOpen(() => {
      setOpen({ kind: "bundle" });
    }),
    zoom: (move) => {
      settings.change({ zoomPercent: zoomAfter(settings.zoomPercent, move) });
    },
    notify: (isOn) => {
      settings.change({ notify: isOn });
    },
  };
  useKeys(commands);
  const onRowCommand = (command: RowCommand, row: Row) => {
    switch (command) {
      case "failover":
        openWizard(row);
        break;
      case "cleanUp":
        if (commands.cleanUp !== undefined) openCleanUp(row.node.connectionId);
        break;
      case "readiness":
        readinessOf(row.node.link)?.();
        break;
      case "repair":
        repairOf(row.node.link)?.();
        break;
      case "offline":
        offlineOf(row.node)?.();
        break;
      case "refresh":
        estate.refresh();
        break;
      case "copy":
        void copyText(row.node.label);
        break;
      case "disconnect":
        if (row.node.connectionId !== undefined) commands.disconnect(row.node.connectionId);
        break;
    }
  };
  const band = bandOf(environmentOf(facts, connections), connections);
  useEffect(() => {
    document.title = `${band.word} - ${text.appName}`;
  }, [band.word]);
  return (
    <HelpContext value={help.desk}>
      <WorkArea value={workArea}>
        <div className="shell">
          <header className="shell-head">
            <MenuBar
              commands={commands}
              connections={connections}
              account={azure.account}
              settings={settings}
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
              readAt={feed.read?.at}
              problem={feed.problem}
              offersOf={({ node }) => rowOffers(feed, connections, node)}
              onEvent={tellExplorer}
              onCommand={onRowCommand}
              onConnect={commands.connect}
              onRefresh={commands.refresh}
            />
            <Document
              feed={feed}
              link={linkOfDocument}
              connections={connections}
              leftRuns={leftRuns}
              toDos={toDos}
              repairOf={repairOf}
              isCovered={shown.kind !== "none"}
              start={
                <StartPairs
                  onOpen={
                    shown.kind !== "none"
                      ? undefined
                      : (pairId) => {
                          setOpen({ kind: "connectPair", pairId });
                        }
                  }
                />
              }
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
          connections={connections}
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
        {help.view}
      </WorkArea>
    </HelpContext>
  );
}
