// What the window asks about Azure: signing in and out, and where the instance is among tenants and subscriptions. Contract.
import { z } from "zod";

const text = (max: number) => z.string().min(1).max(max);
const nothing = z.strictObject({});

export const azureRequests = {
  "azure.signIn": z.strictObject({
    /** `azureCli`: by the account that az is signed in with; no client id is needed. */
    method: z.enum(["browser", "deviceCode", "azureCli"]),
    tenant: text(300).nullable(),
  }),
  "azure.cancelSignIn": nothing,
  "azure.status": nothing,
  "azure.signOut": nothing,
  "azure.tenants": nothing,
  "azure.subscriptions": z.strictObject({ tenantId: text(64) }),
  /** The instance whose address this is; `subscriptionId` null: in every subscription of that tenant, in one question. */
  "azure.findInstance": z.strictObject({
    subscriptionId: text(64).nullable(),
    /** Absent: the subscription's, or the account's own. */
    tenantId: text(64).optional(),
    fullyQualifiedDomainName: text(300),
  }),
} as const;

export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly tenantId: string;
  /** When each audience's token ends, ISO 8601 UTC; null where there is none yet. */
  readonly armTokenUntil: string | null;
  readonly sqlTokenUntil: string | null;
}

export interface AzureOutputs {
  "azure.signIn": Account;
  "azure.cancelSignIn": null;
  "azure.status": { readonly account: Account | null };
  "azure.signOut": null;
  "azure.tenants": readonly { readonly tenantId: string; readonly name: string }[];
  "azure.subscriptions": readonly {
    readonly subscriptionId: string;
    readonly name: string;
    /** `Enabled`, `Disabled`, `Warned`, `PastDue`; null where not told. */
    readonly state: string | null;
  }[];
  "azure.findInstance": {
    readonly resourceId: string;
    readonly name: string;
    readonly databaseFormat: string | null;
    readonly failoverMode: string | null;
  } | null;
}
