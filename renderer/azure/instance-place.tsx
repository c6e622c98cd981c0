// Where in Azure the connected instance was found, or that it was not.
import { Spinner } from "@fluentui/react-components";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { ResultMark } from "../ui/result-mark.tsx";
import type { Asked, Place, TenantRow } from "./directory-rows.ts";
import { placeOf, refusedCount } from "./directory-rows.ts";

export interface InstancePlaceProps {
  readonly address: string;
  readonly asked: Asked;
  readonly rows: readonly TenantRow[];
  readonly isLooking: boolean;
}

export function InstancePlace({ address, asked, rows, isLooking }: InstancePlaceProps) {
  const place = placeOf(asked, rows);
  if (place !== undefined) return <Found address={address} place={place} />;
  if (isLooking) {
    return <Spinner size="extra-tiny" labelPosition="after" label={text.azure.looking(address)} />;
  }
  return (
    <ResultMark level="warning">{text.azure.notFound(address, refusedCount(rows))}</ResultMark>
  );
}

function Found({ address, place }: { readonly address: string; readonly place: Place }) {
  const { found, subscription, tenant } = place;
  const mode = found.failoverMode;
  return (
    <>
      <ResultMark level="passed">
        {text.azure.foundIn(address, visibleText(subscription), visibleText(tenant))}
      </ResultMark>
      <dl className="azure-facts" aria-label={text.azure.instance}>
        <div>
          <dt>{text.azure.instance}</dt>
          <dd>{visibleText(found.resourceId)}</dd>
        </div>
        <div>
          <dt>{text.azure.failoverMode}</dt>
          <dd>{mode === null ? text.azure.modeNotTold : visibleText(mode)}</dd>
        </div>
      </dl>
    </>
  );
}
