// The options for Azure: whose sign-in asks it, in which cloud and tenant.
import { z } from "zod";
import type { CloudName } from "../../shared/azure-registration.ts";
import { isLoopback } from "../sql/server-address.ts";
import { UsageError } from "./usage-error.ts";

export interface AzureOptions {
  readonly cloud: CloudName;
  /** Undefined: the Azure CLI's own. */
  readonly tenantId: string | undefined;
  /** Azure Resource Manager on this computer, the practice estate's; undefined: the cloud's own. */
  readonly endpoint: string | undefined;
}

const text = { type: "string" } as const;

/** For parseArgs. */
export const azureOptionNames = {
  "azure-cli": { type: "boolean" },
  "azure-cloud": text,
  "azure-tenant": text,
  "azure-endpoint": text,
} as const;

/** Undefined: Azure is not asked. Throws UsageError that names the option. */
export function parseAzureOptions(
  values: Readonly<{
    "azure-cli"?: boolean;
    "azure-cloud"?: string;
    "azure-tenant"?: string;
    "azure-endpoint"?: string;
  }>,
): AzureOptions | undefined {
  const { "azure-cloud": cloudName, "azure-tenant": tenantId, "azure-endpoint": endpoint } = values;
  if (values["azure-cli"] !== true) {
    const given = [cloudName, tenantId, endpoint].some((value) => value !== undefined);
    if (given) throw new UsageError("--azure-cloud, -tenant and -endpoint need --azure-cli.");
    return undefined;
  }
  const cloud = z.enum(["public", "usGovernment", "china"]).safeParse(cloudName ?? "public");
  if (!cloud.success) throw new UsageError("--azure-cloud is public, usGovernment or china.");
  if (endpoint !== undefined && !isPracticeEndpoint(endpoint)) {
    throw new UsageError(
      "--azure-endpoint is for the practice estate alone: https://127.0.0.1:PORT.",
    );
  }
  return { cloud: cloud.data, tenantId, endpoint };
}

function isPracticeEndpoint(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" && isLoopback(hostname);
}
