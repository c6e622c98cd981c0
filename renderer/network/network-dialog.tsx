// The window Network test: the way to each address that Azure needs, what is set for it, and what a test of it found.
import { Button, Spinner } from "@fluentui/react-components";
import { useState } from "react";
import type { NeededAddress } from "../../shared/network/contract.ts";
import { webServices } from "../../shared/network/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { LayerView } from "../connect/layer-view.tsx";
import { text } from "../text.ts";
import { networkWords as words } from "../text/network.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { NetworkForm } from "./network-form.tsx";
import { networkText, waySentence } from "./network-text.ts";
import type { Network } from "./use-network.ts";
import { useNetwork } from "./use-network.ts";
import "../azure/azure.css";
import "./network.css";

export interface NetworkDialogProps {
  readonly isPractice: boolean;
  readonly onClose: () => void;
}

export function NetworkDialog({ isPractice, onClose }: NetworkDialogProps) {
  const network = useNetwork();
  const { facts, set, problem, results } = network;
  const [isUnsaved, setUnsaved] = useState(false);
  const isTested = webServices.some((service) => results[service] !== undefined);
  return (
    <AppDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            disabledFocusable={isUnsaved || network.isTesting || facts === undefined}
            onClick={network.test}
          >
            {words.test}
          </Button>
          <CopyButton
            word={words.copy}
            isClosed={!isTested || network.isTesting}
            textOf={() => networkText(facts?.addresses ?? [], results, new Date().toISOString())}
          />
          <Button size="small" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <p>{words.intro}</p>
      {isPractice ? <p>{words.practice}</p> : null}
      {facts === undefined || set === undefined ? null : (
        <NetworkForm
          set={set}
          trust={facts.trust}
          isSaving={network.isSaving}
          onTyped={setUnsaved}
          onSave={(wanted) => {
            void network.save(wanted).then((isSaved) => {
              if (isSaved) setUnsaved(false);
            });
          }}
        />
      )}
      {problem === undefined ? null : <ProblemView problem={problem} />}
      {isUnsaved ? <p role="status">{words.unsaved}</p> : null}
      {facts?.addresses.map((needed) => (
        <Service key={needed.service} needed={needed} network={network} />
      ))}
    </AppDialog>
  );
}

interface ServiceProps {
  readonly needed: NeededAddress;
  readonly network: Network;
}

function Service({ needed, network }: ServiceProps) {
  const { service, address, way } = needed;
  const { status, isBusy } = network.tests[service];
  const name = words.services[service];
  return (
    <section className="network-service" aria-label={name}>
      <h3>
        {name}: {visibleText(address)}
      </h3>
      <p>{waySentence(way)}</p>
      <div role="status">
        {isBusy ? <Spinner size="extra-tiny" labelPosition="after" label={words.testing} /> : null}
        {status.kind === "loaded" ? (
          <LayerView results={status.value} names={words.layers} />
        ) : null}
        {status.kind === "error" ? <ProblemView problem={status.error} /> : null}
      </div>
    </section>
  );
}
