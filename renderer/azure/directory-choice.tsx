// Tenant of the signed-in account, read from Azure when shown; its subscriptions below.
import { Spinner } from "@fluentui/react-components";
import { useCallback, useEffect } from "react";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import { text } from "../text.ts";
import { AzurePick } from "./azure-pick.tsx";
import { AzureProblem } from "./azure-problem.tsx";
import { SubscriptionChoice } from "./subscription-choice.tsx";
import type { Azure } from "./use-azure.ts";

export function DirectoryChoice({ azure }: { readonly azure: Azure }) {
  const { status, isBusy, send } = useRequest("azure.tenants");
  const { chosen, account, readAccount } = azure;
  const tenantId = chosen?.tenantId ?? account?.tenantId ?? "";
  const read = useCallback(() => {
    void send({}).then(readAccount);
  }, [send, readAccount]);
  useEffect(read, [read]);

  const tenants = knownValue(status) ?? [];
  const refused = tenants.find((one) => one.tenantId === tenantId)?.problem;
  const problem = status.kind === "error" ? status.error : refused;
  return (
    <>
      <AzurePick
        label={text.azure.tenants}
        value={tenantId}
        options={tenants.map((one) => ({ value: one.tenantId, words: one.name }))}
        isBusy={isBusy}
        onChange={(value) => {
          azure.choose({ tenantId: value, subscriptionId: null });
        }}
      />
      {isBusy ? <Spinner size="extra-tiny" label={text.azure.reading} /> : null}
      {problem === undefined ? (
        <SubscriptionChoice key={tenantId} azure={azure} tenantId={tenantId} />
      ) : (
        <AzureProblem {...{ problem, azure, tenantId }} onReadAgain={read} />
      )}
    </>
  );
}
