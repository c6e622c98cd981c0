// The window that is open over the work area, if one is.
import type { AppFacts } from "../shared/ipc.ts";
import type { DrillsView } from "../shared/drills/drill.ts";
import type { OpenWindow } from "./app-state.ts";
import { AzureDialog } from "./azure/azure-dialog.tsx";
import { RegistrationDialog } from "./azure/registration-dialog.tsx";
import type { Azure } from "./azure/use-azure.ts";
import { ConnectDialog } from "./connect/connect-dialog.tsx";
import { CleanUpDialog } from "./tasks/clean-up-dialog.tsx";
import { HybridDialog } from "./tasks/hybrid-dialog.tsx";
import { DrillDialog } from "./practice/drill-dialog.tsx";
import type { EstateFeed } from "./explorer/estate-feed.ts";
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
  readonly facts: AppFacts | undefined;
  readonly drills: DrillsView | undefined;
  readonly onOpen: (open: OpenWindow) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function OpenWindowView(props: OpenWindowViewProps) {
  const { open, feed, azure, facts, drills, onOpen, onClose, onDone } = props;
  const { estate } = feed;
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
          onClose={onClose}
        />
      );
    case "azure":
      return <AzureDialog azure={azure} onClose={onClose} />;
    case "azureRegistration":
      return <RegistrationDialog facts={facts} onSaved={azure.readAccount} onClose={onClose} />;
    case "about":
      return <AboutDialog facts={facts} onClose={onClose} />;
    case "drill":
      return <DrillDialog drills={drills} drillId={open.drillId} onClose={onClose} />;
    case "chooseLink":
      return estate === undefined ? null : (
        <ChooseLink
          links={linkOptions(estate, open.linkNames)}
          onChoose={(linkName) => {
            onOpen({ kind: "wizard", linkName, startedFrom: open.startedFrom });
          }}
          onClose={onClose}
        />
      );
    case "readiness":
      return <ReadinessDialog linkName={open.linkName} onClose={onClose} />;
    case "repair":
      return (
        <RepairDialog
          linkName={open.linkName}
          feed={feed}
          {...(open.shownRunId === undefined ? {} : { shownRunId: open.shownRunId })}
          onSignIn={azure.account === null ? signIn : undefined}
          onOffer={onOpen}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case "wizard":
      return estate === undefined ? null : (
        <Wizard
          linkName={open.linkName}
          startedFrom={open.startedFrom}
          isComingBack={open.isComingBack === true}
          estate={estate}
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
          isComingBack={open.isComingBack === true}
          onClose={onClose}
        />
      );
    case "offline":
      return estate === undefined ? null : (
        <OfflineDialog
          target={open}
          estate={estate}
          isComingBack={open.isComingBack === true}
          onClose={onClose}
        />
      );
    case "hybrid":
      return estate === undefined || open.linkName === undefined ? null : (
        <HybridDialog
          linkName={open.linkName}
          estate={estate}
          isSignedIn={azure.account !== null}
          isComingBack={open.isComingBack === true}
          onSignIn={signIn}
          onClose={onClose}
        />
      );
  }
}
