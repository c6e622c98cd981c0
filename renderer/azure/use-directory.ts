// Asks Azure for everything that the account sees, each tenant by itself, and where the connected instance is.
import { useEffect, useEffectEvent } from "react";
import { useRequest, useRequests } from "../api.ts";
import type { Asked } from "./directory-rows.ts";
import type { Azure } from "./use-azure.ts";

export interface Directory {
  readonly asked: Asked;
  /** Everything anew. */
  readonly readAll: () => void;
  /** That tenant alone: its subscriptions, and the instance in them. */
  readonly readTenant: (tenantId: string) => void;
  /** Looks for the instance in that subscription alone. */
  readonly look: (tenantId: string, subscriptionId: string) => void;
}

/** Reads when it is shown. The tenant in use is looked into first, the others where the instance is not in it. */
export function useDirectory({ account, instanceAddress, readAccount }: Azure): Directory {
  const { status, send: askTenants } = useRequest("azure.tenants");
  const { statuses: subscriptions, send: askSubscriptions } = useRequests("azure.subscriptions");
  const { statuses: looks, send: askInstance } = useRequests("azure.findInstance");

  /** Whether it is there. */
  const seek = async (tenantId: string, subscriptionId: string | null): Promise<boolean> => {
    if (instanceAddress === undefined) return false;
    const answer = await askInstance(subscriptionId ?? tenantId, {
      tenantId,
      subscriptionId,
      fullyQualifiedDomainName: instanceAddress,
    });
    return answer?.ok === true && answer.value !== null;
  };
  /** `elsewhere`: whether the instance has been found by then. */
  const read = async (tenantId: string, elsewhere?: Promise<boolean>): Promise<boolean> => {
    const answer = await askSubscriptions(tenantId, { tenantId });
    if (answer?.ok !== true || answer.value.length === 0) return false;
    if ((await elsewhere) === true) return false;
    return seek(tenantId, null);
  };
  const readAll = async () => {
    const answer = await askTenants({});
    if (answer?.ok === true) {
      const ids = answer.value.map(({ tenantId }) => tenantId);
      const [first, ...others] = ids.toSorted((one, other) => inUse(other) - inUse(one));
      const inFirst = first === undefined ? Promise.resolve(false) : read(first);
      void inFirst.then(readAccount);
      await Promise.all(others.map((tenantId) => read(tenantId, inFirst)));
    }
    readAccount();
  };
  const inUse = (tenantId: string) => (tenantId === account?.tenantId ? 1 : 0);

  const begin = useEffectEvent(() => void readAll());
  useEffect(() => {
    begin();
  }, []);
  return {
    asked: { tenants: status, subscriptions, looks },
    readAll: () => void readAll(),
    readTenant: (tenantId) => void read(tenantId).then(readAccount),
    look: (tenantId, subscriptionId) => void seek(tenantId, subscriptionId).then(readAccount),
  };
}
