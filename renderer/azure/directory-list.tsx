// What the account sees of Azure: where the connected instance is, and each tenant as a row with its subscriptions below it.
import { Spinner } from "@fluentui/react-components";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { AzureProblem } from "./azure-problem.tsx";
import { isLooking, tenantRows } from "./directory-rows.ts";
import { InstancePlace } from "./instance-place.tsx";
import { TenantRowView } from "./tenant-row.tsx";
import type { Azure } from "./use-azure.ts";
import { useDirectory } from "./use-directory.ts";

export function DirectoryList({ azure }: { readonly azure: Azure }) {
  const directory = useDirectory(azure);
  const { asked } = directory;
  const rows = tenantRows(asked);
  return (
    <>
      {azure.instanceAddress === undefined ? (
        <p>{text.azure.notConnected}</p>
      ) : asked.tenants.kind === "error" ? null : (
        <InstancePlace
          address={visibleText(azure.instanceAddress)}
          {...{ asked, rows }}
          isLooking={isLooking(asked, rows)}
        />
      )}
      {asked.tenants.kind === "loading" ? (
        <Spinner size="extra-tiny" labelPosition="after" label={text.azure.reading} />
      ) : null}
      {asked.tenants.kind === "error" ? (
        <AzureProblem
          problem={asked.tenants.error}
          azure={azure}
          tenantId={azure.account?.tenantId ?? ""}
          onReadAgain={directory.readAll}
        />
      ) : null}
      {rows.length === 0 ? null : (
        <ul className="azure-directory" aria-label={text.azure.directory}>
          {rows.map((row) => (
            <TenantRowView key={row.tenantId} {...{ row, azure, directory }} />
          ))}
        </ul>
      )}
    </>
  );
}
