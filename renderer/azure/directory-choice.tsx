// Tenant and subscription of the signed-in account, read from Azure when shown.
import { Field, Select, Spinner } from "@fluentui/react-components";
import { useEffect } from "react";
import { visibleText } from "../../shared/visible-text.ts";
import { useRequest } from "../api.ts";
import { knownValue } from "../request-status.ts";
import type { RequestStatus } from "../request-status.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import type { Azure } from "./use-azure.ts";

export function DirectoryChoice({ azure }: { readonly azure: Azure }) {
  const { chosen, account } = azure;
  const tenants = useRequest("azure.tenants");
  const subscriptions = useRequest("azure.subscriptions");
  const tenantId = chosen?.tenantId ?? account?.tenantId ?? "";
  const { send: askTenants } = tenants;
  const { send: askSubscriptions } = subscriptions;
  useEffect(() => {
    void askTenants({});
  }, [askTenants]);
  useEffect(() => {
    if (tenantId !== "") void askSubscriptions({ tenantId });
  }, [askSubscriptions, tenantId]);

  const knownTenants = knownValue(tenants.status) ?? [];
  const refused = knownTenants.find((one) => one.tenantId === tenantId)?.problem;
  return (
    <>
      <Pick
        label={text.azure.tenants}
        value={tenantId}
        options={knownTenants.map((one) => ({ value: one.tenantId, words: one.name }))}
        isBusy={tenants.isBusy || subscriptions.isBusy}
        onChange={(value) => {
          azure.choose({ tenantId: value, subscriptionId: null });
        }}
      />
      <Pick
        label={text.azure.subscriptions}
        value={chosen?.subscriptionId ?? ""}
        options={(knownValue(subscriptions.status) ?? []).map((one) => ({
          value: one.subscriptionId,
          words: one.name,
        }))}
        isBusy={subscriptions.isBusy}
        onChange={(value) => {
          azure.choose({ tenantId, subscriptionId: value });
        }}
      />
      {refused === undefined ? null : <ProblemView problem={refused} />}
      <Status status={tenants.status} />
      <Status status={subscriptions.status} />
    </>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly isBusy: boolean;
  readonly onChange: (value: string) => void;
}

/** A list whose entries come from Azure; empty until one is chosen. */
function Pick({ label, value, options, isBusy, onChange }: PickProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <Field label={label} size="small" orientation="horizontal">
      <Select
        size="small"
        value={isKnown ? value : ""}
        disabled={isBusy}
        onChange={(_event, data) => {
          if (data.value !== "") onChange(data.value);
        }}
      >
        {isKnown ? null : <option value="">{text.azure.choose}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {visibleText(option.words)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Status({ status }: { readonly status: RequestStatus<unknown> }) {
  if (status.kind === "loading") return <Spinner size="extra-tiny" label={text.azure.reading} />;
  return status.kind === "error" ? <ProblemView problem={status.error} /> : null;
}
