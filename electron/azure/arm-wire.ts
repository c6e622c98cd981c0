// One request to Azure Resource Manager over the pipeline of Microsoft's SDK: signed, sent once, answered with whatever came.
import type { SqlManagementClient } from "@azure/arm-sql";
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmAnswer } from "./arm-answer.ts";
import { armAnswer } from "./arm-answer.ts";
import type { Cloud } from "./clouds.ts";
import type { Session } from "./session.ts";
import { practiceNetwork } from "./node-network.ts";
import { answerTimeoutMs } from "./time-limits.ts";
import { pipelineOptions } from "./transport.ts";
import type { Transport } from "./transport.ts";

export interface ArmWiring {
  readonly cloud: Cloud;
  readonly transport: Transport;
}

export interface ArmRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Begins with a slash, or is an address on ARM's own host. */
  readonly path: string;
  readonly body?: object;
}

/** How long an answer is waited for, and whether an open connection may be used again; as for reading where not told. */
export interface SendOptions {
  readonly timeoutMs?: number;
  readonly isFreshConnection?: boolean;
}

/** Requests name their subscription in the path; the SDK's client wants one all the same. */
export const noSubscription = "00000000-0000-0000-0000-000000000000";

/** Loaded when the first request is made: the SDK is large. */
export async function makeClient(
  session: Session,
  tenantId: string,
  { cloud, transport }: ArmWiring,
  subscriptionId: string,
): Promise<SqlManagementClient> {
  const { SqlManagementClient } = await import("@azure/arm-sql");
  const authorityPem = cloud.practice?.authorityPem;
  const credential = {
    async getToken(_scopes: string | string[], options?: { readonly claims?: string }) {
      const claims = options?.claims;
      const { token } = await session.token({ audience: "arm", tenantId, claims });
      // The session keeps tokens. One with an end would be renewed by the SDK beside the request, and where that fails nobody
      // hears of it but the process, which ends.
      return { token, expiresOnTimestamp: 0 };
    },
  };
  return new SqlManagementClient(credential, subscriptionId, {
    endpoint: cloud.armEndpoint,
    credentialScopes: cloud.armScope,
    ...pipelineOptions(
      authorityPem === undefined
        ? transport
        : { kind: "node", network: () => practiceNetwork(authorityPem) },
    ),
  });
}

/** Rejects with the SDK's error where nothing answered, with AppError where nothing may be asked. */
export async function sendOn(
  client: SqlManagementClient,
  { armEndpoint }: Cloud,
  { method, path, body }: ArmRequest,
  { signal, options = {} }: { readonly signal?: AbortSignal; readonly options?: SendOptions },
): Promise<ArmAnswer> {
  const sdk = await import("@azure/core-rest-pipeline");
  const url = new URL(path, armEndpoint);
  // Addresses come from answers and from the journal; the token goes to nobody else than ARM.
  if (url.origin !== new URL(armEndpoint).origin) throw addressRefused(url, armEndpoint);
  const answer = await client.sendRequest(
    sdk.createPipelineRequest({
      method,
      url: url.href,
      headers: sdk.createHttpHeaders({
        accept: "application/json",
        "content-type": "application/json; charset=utf-8",
      }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { abortSignal: signal }),
      timeout: options.timeoutMs ?? answerTimeoutMs,
      disableKeepAlive: options.isFreshConnection ?? false,
    }),
  );
  return armAnswer(answer);
}

function addressRefused({ origin }: URL, armEndpoint: string): AppError {
  return new AppError({
    code: "armAddressRefused",
    class: "fatal",
    summary: `An address to ask at is on ${origin} and not on ${armEndpoint}, so nothing was sent there.`,
    remedy: "Compare the cloud; save the report for the makers of this program.",
  });
}
