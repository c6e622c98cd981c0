// The real client libraries against the practice ARM: a credential over HTTP, the SQL client, and its pipeline for the rest.
import { SqlManagementClient } from "@azure/arm-sql";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { createPipelineRequest, type HttpMethods } from "@azure/core-rest-pipeline";
import { readFileSync } from "node:fs";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { codeFor, redeem, type Change } from "../entra/authorization.ts";
import { armScope } from "../entra/msal.ts";

export interface TokenFor {
  readonly upn: string;
  readonly tenant?: string;
  readonly scope?: string;
}

/** An access token as a browser sign-in gives it. */
export async function tokenFor(
  { entra }: PracticeEstate,
  { upn, tenant, scope = armScope }: TokenFor,
): Promise<string> {
  const change: Change = tenant === undefined ? {} : { tenant };
  const { body } = await redeem(entra, await codeFor(entra, upn, change), { scope });
  return String(body["access_token"]);
}

function credential(token: string) {
  const expiresOnTimestamp = Date.now() + 3_600_000;
  return { getToken: () => Promise.resolve({ token, expiresOnTimestamp }) };
}

function options({ arm, caFile }: PracticeEstate, maxRetries: number) {
  return {
    endpoint: arm.endpoint,
    credentialScopes: armScope,
    tlsOptions: { ca: readFileSync(caFile, "utf8") },
    retryOptions: { maxRetries },
  };
}

/** The client does not tell where it was pointed at: its `$host` stays Azure's. */
export type SqlClient = SqlManagementClient & { readonly endpoint: string };

export function sqlClient(
  estate: PracticeEstate,
  token: string,
  { subscriptionId = estate.arm.subscriptionId, maxRetries = 0 } = {},
): SqlClient {
  const client = new SqlManagementClient(
    credential(token),
    subscriptionId,
    options(estate, maxRetries),
  );
  return Object.assign(client, { endpoint: estate.arm.endpoint });
}

export function subscriptionClient(estate: PracticeEstate, token: string): SubscriptionClient {
  return new SubscriptionClient(credential(token), options(estate, 0));
}

export interface Told {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly header: (name: string) => string | undefined;
}

/** One request through the SQL client's own pipeline; the api-version belongs into the path. */
export async function send(
  client: SqlClient,
  path: string,
  { method = "GET", body }: { readonly method?: HttpMethods; readonly body?: object } = {},
): Promise<Told> {
  const request = createPipelineRequest({
    url: `${client.endpoint}${path}`,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  request.headers.set("content-type", "application/json");
  const response = await client.sendRequest(request);
  // Read as it comes: the tests say what is in it.
  const told = JSON.parse(response.bodyAsText || "{}") as Told["body"] & {
    readonly error?: { readonly code: string };
  };
  return {
    status: response.status,
    code: told.error?.code,
    body: told,
    header: (name) => response.headers.get(name),
  };
}

/** Address of the world's instance, or of another one. */
export function instancePath({ arm }: PracticeEstate, change: Change = {}): string {
  const { subscription = arm.subscriptionId, group = arm.resourceGroup, name = "sqlmi1" } = change;
  return `/subscriptions/${subscription}/resourceGroups/${encodeURIComponent(group)}/providers/Microsoft.Sql/managedInstances/${encodeURIComponent(name)}`;
}

export function linkPath(
  estate: PracticeEstate,
  name = "LINK_Adatum",
  change: Change = {},
): string {
  return `${instancePath(estate, change)}/distributedAvailabilityGroups/${encodeURIComponent(name)}`;
}

export const version = "?api-version=2025-01-01";

/** Status and code of the error a client call ends with. */
export async function restError(work: Promise<unknown>): Promise<readonly unknown[]> {
  return work.then(
    () => ["answered"],
    (error: unknown) =>
      error instanceof Error && "statusCode" in error && "code" in error
        ? [error.statusCode, error.code]
        : [String(error)],
  );
}
