// PATCH, DELETE, failover and setRole on a link: asked of the world, answered as a long-running operation.
import { json, type WebAnswer } from "../web/web-server.ts";
import type { LinkChange, LinkOperation, LinkRequest } from "../world/link-operation.ts";
import { takeNextOperation } from "./faults.ts";
import type { LinkedInstance } from "./inventory.ts";
import { requestError } from "./link-errors.ts";
import { linkRequests } from "./link-requests.ts";
import { endAnswer, pendingAnswer } from "./operation-answers.ts";
import { findLink, linkOf, type Call } from "./reads.ts";

/** Carries out one kind of request. Throws 400, 404 and 409. */
export async function changeLink(call: Call, kind: LinkChange["kind"]): Promise<WebAnswer> {
  if (kind === "delete" && findLink(call) === undefined) {
    return { status: 204, headers: {}, body: "" };
  }
  const { instance } = linkOf(call);
  const request = linkRequests[kind](call.request.body);
  return carryOutChange(call, instance, request);
}

/** Begins it, and answers as a long-running operation does. Throws 409, and what else it was refused with. */
export async function carryOutChange(
  call: Call,
  instance: LinkedInstance,
  request: LinkRequest,
): Promise<WebAnswer> {
  const { isAnswerLost, operation } = begin(call, instance, request);
  if (isAnswerLost) return { ...pendingAnswer(call, operation), isLost: true };
  if (call.state.settings.linkOperationAnswer === "accepted") return pendingAnswer(call, operation);
  await instance.world.when(() => operation.outcome !== "running", call.service.over);
  // There is no other answer to a DELETE that has been done than that it is done.
  const deletes = request.kind === "delete" || request.kind === "removeTrust";
  const isDeleted = deletes && operation.outcome === "done";
  return isDeleted ? json(200, {}) : endAnswer(instance, operation);
}

/** What a fault has laid up strikes the operation that is accepted, not the one refused. */
function begin(
  { caller, conditions, state }: Call,
  { world }: LinkedInstance,
  request: LinkRequest,
): { readonly operation: LinkOperation; readonly isAnswerLost: boolean } {
  const { fate, isAnswerLost } = conditions.nextOperation;
  try {
    const operation = world.changeLink(request, caller.upn, fate);
    takeNextOperation(conditions);
    return { operation, isAnswerLost };
  } catch (error) {
    throw requestError(error, state.settings);
  }
}
