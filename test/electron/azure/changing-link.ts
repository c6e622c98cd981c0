// The product's way to change a link, over the practice estate's ARM or over a fetch that answers what a test says.
import type { Cloud } from "../../../electron/azure/clouds.ts";
import { clouds } from "../../../electron/azure/clouds.ts";
import type { LinkOperations, OperationAnswer } from "../../../electron/azure/link-operations.ts";
import { createLinkOperations } from "../../../electron/azure/link-operations.ts";
import type { Session } from "../../../electron/azure/session.ts";
import type { Transport } from "../../../electron/azure/transport.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { AzureRequest } from "../../../shared/plan/azure-request.ts";
import type { OperationState } from "../../../shared/run/azure-operation.ts";
import { linkPath } from "../../practice/arm/arm-client.ts";
import { adatum, cloudOf } from "./practice-azure.ts";

/** A session whose one token is there already. */
export function sessionWith(
  cloud: Cloud,
  token: Session["token"] | string,
  tenantId = adatum,
): Session {
  const given = () => Promise.resolve({ token: String(token), endsMs: Date.now() + 3_600_000 });
  return {
    accountId: "a",
    cloud,
    name: "dana@adatum.example",
    tenantId: () => tenantId,
    useTenant: () => undefined,
    token: typeof token === "string" ? given : token,
    claimsWanted: () => undefined,
    facts: () => ({
      accountId: "a",
      name: "dana@adatum.example",
      tenantId,
      armTokenUntil: null,
      sqlTokenUntil: null,
    }),
  };
}

/** A new one each time, as a process of its own would have it. */
export function operationsOf(estate: PracticeEstate, token: string): LinkOperations {
  const cloud = cloudOf(estate);
  return createLinkOperations(sessionWith(cloud, token), { cloud, transport: { kind: "node" } });
}

/** Over the public cloud's address, and no further than that transport. */
export function operationsOver(transport: Transport, token = "secret-token"): LinkOperations {
  const cloud = clouds.public;
  return createLinkOperations(sessionWith(cloud, token), { cloud, transport });
}

const apiVersion = "2025-01-01";

/** The four requests about the link at that path. */
export function requestsFor(path: string) {
  return {
    update: (replicationMode: string): AzureRequest => ({
      method: "PATCH",
      path,
      apiVersion,
      body: { properties: { replicationMode } },
    }),
    remove: (): AzureRequest => ({ method: "DELETE", path, apiVersion }),
    failover: (failoverType = "Planned"): AzureRequest => ({
      method: "POST",
      path: `${path}/failover`,
      apiVersion,
      body: { failoverType },
    }),
    setRole: (instanceRole: string, roleChangeType: string): AzureRequest => ({
      method: "POST",
      path: `${path}/setRole`,
      apiVersion,
      body: { instanceRole, roleChangeType },
    }),
  };
}

export type Requests = ReturnType<typeof requestsFor>;

export function requestsOn(estate: PracticeEstate): Requests {
  return requestsFor(linkPath(estate));
}

/** The operation of an answer that took the request in. */
export function operationIn(answer: OperationAnswer): OperationState {
  if (answer.kind === "accepted") return answer.operation;
  throw new Error("it was done at once");
}
