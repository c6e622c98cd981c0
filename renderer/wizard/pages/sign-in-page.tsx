// Sign in to Azure and Remote Instance: the Azure account, and the connection to each side.
import { Button } from "@fluentui/react-components";
import { useEffect, useEffectEvent, useState } from "react";
import type { Side } from "../../../shared/estate/estate.ts";
import type { ConnectionFacts } from "../../../shared/ipc.ts";
import { kindOfServer } from "../../../shared/plan/actions/action-form.ts";
import { visibleText } from "../../../shared/visible-text.ts";
import { AzurePanel } from "../../azure/azure-panel.tsx";
import type { Azure } from "../../azure/use-azure.ts";
import { ConnectDialog } from "../../connect/connect-dialog.tsx";
import type { ConnectDialogProps } from "../../connect/connect-dialog.tsx";
import { text } from "../../text.ts";
import { ResultMark } from "../../ui/result-mark.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { withShortNames } from "../../ui/short-names.ts";
import { isForced } from "../forced-type.ts";
import type { LinkFacts, ReplicaFacts } from "../link-facts.ts";
import type { WizardControls } from "../use-wizard.ts";

const page = text.wizard.page.signIn;

export interface SignInPageProps {
  readonly controls: WizardControls;
  readonly azure: Azure;
}

export function SignInPage({ controls, azure }: SignInPageProps) {
  const { state, facts } = controls;
  const [connecting, setConnecting] = useState<Side>();
  const remote = state.startedFrom === "box" ? "instance" : "box";
  // What the new account may do at the link is known from the next reading on.
  const read = useEffectEvent(controls.readAgain);
  useEffect(() => {
    read();
  }, [azure.account]);
  return (
    <>
      <section className="group" aria-label={page.title}>
        <h4>{page.title}</h4>
        <AzureWords controls={controls} />
        <AzurePanel azure={azure} />
      </section>
      {([remote, state.startedFrom] as const).map((side) => (
        <Connection
          key={side}
          replica={facts[side]}
          connection={state.connections.find((one) => one.connectionId === state.pair[side])}
          isNeeded={side === state.startedFrom || !isForced(state)}
          onConnect={() => {
            setConnecting(side);
          }}
        />
      ))}
      {connecting === undefined ? null : (
        <ConnectOverWizard
          side={connecting}
          isPractice={state.app?.practice ?? false}
          account={azure.account}
          onClose={() => {
            setConnecting(undefined);
          }}
        />
      )}
    </>
  );
}

/** A forced failover asks Azure for nothing that T-SQL cannot do. */
function AzureWords({ controls: { state, facts } }: { readonly controls: WizardControls }) {
  const { way, instance } = facts;
  if (isForced(state)) {
    return <p>{page.azureNotNeeded}</p>;
  }
  return (
    <>
      <p>
        {page.azure(withShortNames(way?.azure.sentence ?? "", instance.serverName), instance.name)}
      </p>
      <Lacks facts={facts} />
    </>
  );
}

/** What keeps the plan from asking Azure for what it has to. */
function Lacks({ facts: { way, instance } }: { readonly facts: LinkFacts }) {
  const lacks = way?.azure.lacks ?? null;
  if (lacks === null) return null;
  return (
    <p>
      <ResultMark level={lacks.what === "signIn" ? "unknown" : "failed"}>
        {withShortNames(`${lacks.sentence} ${lacks.remedy}`, instance.serverName)}
      </ResultMark>
    </p>
  );
}

/** Without a place for the focus to go back to, the wizard would stay hidden from keyboard and screen reader. */
function ConnectOverWizard(props: ConnectDialogProps) {
  useReturnFocus("#wizard-heading");
  return <ConnectDialog {...props} />;
}

interface ConnectionProps {
  readonly replica: ReplicaFacts;
  readonly connection: ConnectionFacts | undefined;
  /** In a forced failover the side that is given up is not asked. */
  readonly isNeeded: boolean;
  readonly onConnect: () => void;
}

function Connection({ replica, connection, isNeeded, onConnect }: ConnectionProps) {
  const title = replica.side === "instance" ? page.instance : page.server(kindOfServer("box"));
  return (
    <section className="group" aria-label={title}>
      <h4>{title}</h4>
      {isNeeded ? null : <p>{page.notNeeded}</p>}
      {connection === undefined ? (
        <>
          <p>
            <ResultMark level="unknown">{page.notConnected(replica.name)}</ResultMark>
          </p>
          <p className="quiet">{page.publicEndpoint}</p>
        </>
      ) : (
        <p>
          <ResultMark level={replica.because === undefined ? "passed" : "failed"}>
            {replica.because ?? connectedWords(connection)}
          </ResultMark>
        </p>
      )}
      <Button size="small" onClick={onConnect}>
        {connection === undefined ? page.word : page.changeUser}
      </Button>
    </section>
  );
}

function connectedWords({ serverName, login, encrypted }: ConnectionFacts): string {
  return visibleText(page.connected(serverName, login, encrypted));
}
