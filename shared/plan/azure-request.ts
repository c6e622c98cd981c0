// A changing request to Azure Resource Manager as a plan holds it, and where in Azure a link lives. Contract.

/** Where the link's resource is: what a script selects before it asks for anything. */
export interface PlannedAzure {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** The instance's name as ARM has it; its address begins with it. */
  readonly instanceName: string;
}

/**
 * One request, exactly as it is sent and as the az script holds it. "Distributed Availability Groups" of Azure SQL's REST
 * reference, api-version 2025-01-01.
 */
export interface AzureRequest {
  readonly method: "PATCH" | "DELETE" | "POST";
  /** From '/subscriptions/' on, without a query. */
  readonly path: string;
  readonly apiVersion: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The request as people read it: method, path with its version, and the body on lines of its own. */
export function requestText({ method, path, apiVersion, body }: AzureRequest): string {
  const line = `${method} ${path}?api-version=${apiVersion}`;
  return body === undefined ? line : `${line}\n${JSON.stringify(body, undefined, 2)}`;
}
