// Subscription of one tenant, read from Azure when shown, and the connected instance in the one that is chosen.
import { Spinner } from "@fluentui/react-components";
import { useCallback, useEffect } from "react";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import { text } from "../text.ts";
import { AzurePick } from "./azure-pick.tsx";
import { AzureProblem } from "./azure-problem.tsx";
import { FoundInstance } from "./found-instance.tsx";
import type { Azure } from "./use-azure.ts";

export interface SubscriptionChoiceProps {
  readonly azure: Azure;
  readonly tenantId: string;
}

export function SubscriptionChoice({ azure, tenantId }: SubscriptionChoiceProps) {
  const { status, isBusy, send } = useRequest("azure.subscriptions");
  const { readAccount, instanceAddress } = azure;
  const read = useCallback(() => {
    void send({ tenantId }).then(readAccount);
  }, [send, tenantId, readAccount]);
  useEffect(read, [read]);

  const subscriptions = knownValue(status) ?? [];
  const chosen = subscriptions.find(
    ({ subscriptionId }) => subscriptionId === azure.chosen?.subscriptionId,
  );
  return (
    <>
      <AzurePick
        label={text.azure.subscriptions}
        value={chosen?.subscriptionId ?? ""}
        options={subscriptions.map((one) => ({ value: one.subscriptionId, words: one.name }))}
        isBusy={isBusy}
        onChange={(subscriptionId) => {
          azure.choose({ tenantId, subscriptionId });
        }}
      />
      {isBusy ? <Spinner size="extra-tiny" label={text.azure.reading} /> : null}
      {status.kind === "error" ? (
        <AzureProblem problem={status.error} {...{ azure, tenantId }} onReadAgain={read} />
      ) : null}
      {chosen === undefined ? null : instanceAddress === undefined ? (
        <p>{text.azure.notConnected}</p>
      ) : (
        <FoundInstance
          key={chosen.subscriptionId}
          {...{ azure, tenantId }}
          subscriptionId={chosen.subscriptionId}
          address={instanceAddress}
        />
      )}
    </>
  );
}
