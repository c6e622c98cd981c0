// The connected instance as the chosen subscription holds it: looked for by its address when shown.
import { Spinner } from "@fluentui/react-components";
import { useCallback, useEffect } from "react";
import type { RequestOutput } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { useRequest } from "../api.ts";
import { text } from "../text.ts";
import { ResultMark } from "../ui/result-mark.tsx";
import { AzureProblem } from "./azure-problem.tsx";
import type { Azure } from "./use-azure.ts";

export interface FoundInstanceProps {
  readonly azure: Azure;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly address: string;
}

export function FoundInstance({ azure, tenantId, subscriptionId, address }: FoundInstanceProps) {
  const { status, send } = useRequest("azure.findInstance");
  const { readAccount } = azure;
  const look = useCallback(() => {
    void send({ subscriptionId, fullyQualifiedDomainName: address }).then(readAccount);
  }, [send, subscriptionId, address, readAccount]);
  useEffect(look, [look]);
  const name = visibleText(address);
  switch (status.kind) {
    case "notStarted":
    case "loading":
      return <Spinner size="extra-tiny" labelPosition="after" label={text.azure.looking(name)} />;
    case "error":
      return <AzureProblem problem={status.error} {...{ azure, tenantId }} onReadAgain={look} />;
    case "loaded":
      return status.value === null ? (
        <ResultMark level="warning">{text.azure.notFound(name)}</ResultMark>
      ) : (
        <Found found={status.value} />
      );
  }
}

function Found({ found }: { readonly found: NonNullable<RequestOutput<"azure.findInstance">> }) {
  return (
    <dl className="azure-facts" aria-label={text.azure.instance}>
      <div>
        <dt>{text.azure.instance}</dt>
        <dd>
          <ResultMark level="passed">{visibleText(found.resourceId)}</ResultMark>
        </dd>
      </div>
      <div>
        <dt>{text.azure.failoverMode}</dt>
        <dd>
          {found.failoverMode === null ? text.azure.modeNotTold : visibleText(found.failoverMode)}
        </dd>
      </div>
    </dl>
  );
}
