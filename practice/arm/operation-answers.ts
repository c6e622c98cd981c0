// Long-running operations on the wire: the answer that one is under way, where to ask after it, and what it came to.
import { json, type WebAnswer } from "../web/web-server.ts";
import type { LinkOperation } from "../world/link-operation.ts";
import { ArmError } from "./errors.ts";
import {
  linkedInstancePlace,
  linkedInstances,
  location,
  type LinkedInstance,
} from "./inventory.ts";
import { instanceResource } from "./instance-resource.ts";
import { operationError } from "./link-errors.ts";
import { linkResources } from "./link-resource.ts";
import { subscriptionOf, type Call } from "./reads.ts";
import { requireAction } from "./roles.ts";

/** Addresses that tell of an operation, by what an answer looks like there. */
interface OperationTypes {
  readonly results: string;
  readonly async: string;
}

const places = "Microsoft.Sql/locations";
const linkOperations: OperationTypes = {
  results: `${places}/distributedAvailabilityGroupsOperationResults`,
  async: `${places}/distributedAvailabilityGroupsAzureAsyncOperation`,
};
const instanceOperations: OperationTypes = {
  results: `${places}/managedInstanceOperationResults`,
  async: `${places}/managedInstanceAzureAsyncOperation`,
};
const trustOperations: OperationTypes = {
  results: `${places}/serverTrustCertificatesOperationResults`,
  async: `${places}/serverTrustCertificatesAzureAsyncOperation`,
};
export const operationTypes = [linkOperations, instanceOperations, trustOperations] as const;

function typesOf({ request }: LinkOperation): OperationTypes {
  if (request.kind === "setUsage") return instanceOperations;
  return request.kind === "removeTrust" ? trustOperations : linkOperations;
}

/** The version whose shape the end of a change of an instance has. */
const shownSince = "2025-01-01";

/** 202 with the addresses, while it is under way. */
export function pendingAnswer(call: Call, operation: LinkOperation): WebAnswer {
  const { engine, settings } = call.state;
  return {
    status: 202,
    headers: {
      location: addressOf(call, operation, typesOf(operation).results),
      "retry-after": String(engine.retryAfterSeconds),
      ...(settings.azureAsyncOperation === "both"
        ? { "azure-asyncoperation": addressOf(call, operation, typesOf(operation).async) }
        : {}),
    },
    body: "",
  };
}

/** 200 with the link, or 204 after a DELETE. Throws the error it ended with. */
export function endAnswer(instance: LinkedInstance, operation: LinkOperation): WebAnswer {
  const { settings } = instance.world.state;
  const { error, request } = operation;
  if (error !== null) throw operationError(error, settings);
  if (request.kind === "setUsage") return json(200, instanceResource(instance, shownSince));
  const [link] = linkResources(instance);
  return link === undefined || request.kind === "delete" || request.kind === "removeTrust"
    ? { status: 204, headers: {}, body: "" }
    : json(200, link);
}

/** GET of the address in Location. Throws 403 and 404, and the error it ended with. */
export function operationResult(call: Call): WebAnswer {
  const { instance, operation } = operationOf(call);
  return operation.outcome === "running"
    ? pendingAnswer(call, operation)
    : endAnswer(instance, operation);
}

/** GET of the address in Azure-AsyncOperation: always 200, with the state in its body. Throws 403 and 404. */
export function operationStatus(call: Call): WebAnswer {
  const { operation } = operationOf(call);
  const { id, outcome, error, acceptedMs, endedMs } = operation;
  const { engine, settings } = call.state;
  const { code, message } = error === null ? {} : operationError(error, settings);
  const status = { running: "InProgress", done: "Succeeded", error: "Failed" }[outcome];
  return json(
    200,
    {
      name: id,
      status,
      startTime: new Date(acceptedMs).toISOString(),
      ...(endedMs === null ? {} : { endTime: new Date(endedMs).toISOString() }),
      ...(error === null ? {} : { error: { code, message } }),
    },
    outcome === "running" ? { "retry-after": String(engine.retryAfterSeconds) } : {},
  );
}

function addressOf({ request, apiVersion }: Call, { id }: LinkOperation, type: string): string {
  const path = `/subscriptions/${linkedInstancePlace.subscriptionId}/providers/${type.replace("/locations/", `/locations/${location}/`)}/${id}`;
  return `${request.url.origin}${path}?api-version=${apiVersion}`;
}

interface KeptOperation {
  readonly instance: LinkedInstance;
  readonly operation: LinkOperation;
}

/** Remembered for a while after it has ended, at the address of its own subscription and place alone. */
function operationOf(call: Call): KeptOperation {
  const { state, service, names, conditions, caller } = call;
  const { subscriptionId } = subscriptionOf(call);
  if (state.settings.operationReadRight === "needed") {
    requireAction(caller, conditions, {
      action: `${linkOperations.results}/read`,
      scope: `/subscriptions/${subscriptionId}`,
    });
  }
  const { operation: id = "", place = "" } = names;
  const all = linkedInstances(service.world).flatMap((instance) =>
    instance.world.state.linkOperations.map((operation) => ({ instance, operation })),
  );
  const found = all.find(({ operation }) => operation.id === id.toLowerCase());
  const isHere =
    subscriptionId === linkedInstancePlace.subscriptionId && place.toLowerCase() === location;
  const keptSinceMs = state.nowMs - state.engine.operationResultsKeptMs;
  const isKept =
    (found?.operation.endedMs ?? state.nowMs) >= keptSinceMs && !conditions.areResultsGone;
  if (found !== undefined && isHere && isKept) return found;
  throw new ArmError(
    404,
    "OperationIdNotFound",
    `The operation with id '${id}' could not be found.`,
  );
}
