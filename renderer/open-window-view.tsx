// The window that is open over the work area, if one is.
import type { AppFacts, ConnectionFacts } from "../shared/ipc.ts";
import type { DrillsView } from "../shared/drills/drill.ts";
import type { OpenWindow } from "./app-state.ts";
import { AzureDialog } from "./azure/azure-dialog.tsx";
import { RegistrationDialog } from "./azure/registration-dialog.tsx";
import type { Azure } from "./azure/use-azure.ts";
import { BundleDialog } from "./bundle/bundle-dialog.tsx";
import { ConnectDialog } from "./connect/connect-dialog.tsx";
import { PairDialog } from "./connect/pair-dialog.tsx";
import { CleanUpDialog } from "./tasks/clean-up-dialog.tsx";
import { HybridDialog } from "./tasks/hybrid-dialog.tsx";
import { DrillDialog } from "./practice/drill-dialog.tsx";
import { estateOf } from "../shared/estate/servers.ts";
import type { EstateFeed } from "./explorer/estate-feed.ts";
import { LogDialog } from "./log/log-dialog.tsx";
import { NetworkDialog } from "./network/network-dialog.tsx";
import { OfflineDialog } from "./offline/offline-dialog.tsx";
import { ReadinessDialog } from "./readiness/readiness-dialog.tsx";
import { RepairDialog } from "./repair/repair-dialog.tsx";
import { AboutDialog } from "./shell/about-dialog.tsx";
import { ChooseLink } from "./wizard/choose-link.tsx";
import { linkOptions } from "./wizard/link-options.ts";
import { Wizard } from "./wizard/wizard.tsx";

export interface OpenWindowViewProps {
  readonly open: OpenWindow;
  readonly feed: EstateFeed;
  readonly azure: Azure;
  readonly connections: readonly ConnectionFacts[];
  readonly facts: AppFacts | undefined;
  readonly drills: DrillsView | undefined;
  readonly onOpen: (open: OpenWindow) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function OpenWindowView(props: OpenWindowViewProps) {
  const { open, feed, azure, facts, drills, onOpen, onClose, onDone } = props;
  const { read } = feed;
  const signIn = () => {
    onOpen({ kind: "azure" });
  };
  switch (open.kind) {
    case "none":
      return null;
    case "connect":
      return (
        <ConnectDialog
          side={open.side}
          isPractice={facts?.practice === true}
          account={azure.account}
          prefill={open.prefill}
          onOpenPair={(pairId) => {
            onOpen({ kind: "connectPair", pairId });
          }}
          onClose={onClose}
        />
      );
    case "connectPair":
      return (
        <PairDialog
          pairId={open.pairId}
          connections={props.connections}
          account={azure.account}
          onEdit={(side, prefill) => {
            onOpen({ kind: "connect", side, prefill });
          }}
          onClose={onClose}
        />
      );
    case "azure":
      return <AzureDialog azure={azure} onClose={onClose} />;
    case "azureRegistration":
      return <RegistrationDialog facts={facts} onSaved={azure.readAccount} onClose={onClose} />;
    case "network":
      return <NetworkDialog isPractice={facts?.practice === true} onClose={onClose} />;
    case "about":
      return <AboutDialog facts={facts} onClose={onClose} />;
    case "log":
      return <LogDialog onClose={onClose} />;
    case "bundle":
      return <BundleDialog onClose={onClose} />;
    case "drill":
      return <DrillDialog drills={drills} drillId={open.drillId} onClose={onClose} />;
    case "chooseLink":
      return (
        <ChooseLink
          links={linkOptions(feed.known, open.links)}
          onChoose={(link) => {
            onOpen({ kind: "wizard", link, startedFrom: open.startedFrom });
          }}
          onClose={onClose}
        />
      );
    case "readiness":
      return <ReadinessDialog {...open.link} onClose={onClose} />;
    case "repair":
      return (
        <RepairDialog
          {...open.link}
          feed={feed}
          {...(open.shownRunId === undefined ? {} : { shownRunId: open.shownRunId })}
          onSignIn={azure.account === null ? signIn : undefined}
          onOffer={onOpen}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case "wizard":
      return read === undefined ? null : (
        <Wizard
          link={open.link}
          startedFrom={open.startedFrom}
          isComingBack={open.isComingBack === true}
          read={read}
          known={feed.known}
          azure={azure}
          onClose={onClose}
          onDone={onDone}
          onOffer={onOpen}
        />
      );
    case "cleanUp":
      return (
        <CleanUpDialog
          linkName={open.linkName}
          pair={open.pair}
          isComingBack={open.isComingBack === true}
          onClose={onClose}
        />
      );
    case "offline":
      return read === undefined ? null : (
        <OfflineDialog
          target={open}
          estate={estateOf(read, open.pair)}
          isComingBack={open.isComingBack === true}
          onClose={onClose}
        />
      );
    case "hybrid":
      return read === undefined || open.linkName === undefined ? null : (
        <HybridDialog
          linkName={open.linkName}
          pair={open.pair}
          estate={estateOf(read, open.pair)}
          isSignedIn={azure.account !== null}
          isComingBack={open.isComingBack === true}
          onSignIn={signIn}
          onClose={onClose}
        />
      );
  }
}
