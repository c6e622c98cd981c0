// What can go wrong with ARM, switched on and off while it runs.
import { findUser } from "../entra/directory.ts";
import type { LinkFate } from "../world/link-operation.ts";
import { ArmError } from "./errors.ts";
import type { RoleName } from "./roles.ts";

export type ArmFault =
  /** The next `requests` requests are refused with 429 and this Retry-After. */
  | {
      readonly kind: "throttled";
      readonly requests: number;
      readonly retryAfterSeconds: number;
    }
  /** The next `requests` requests are refused with 503. */
  | { readonly kind: "unavailable"; readonly requests: number }
  /** The next `requests` requests are told that their token has expired, whatever it says. */
  | { readonly kind: "tokensRefused"; readonly requests: number }
  /** Every answer comes that much later, world time, ms; 0 ends it. */
  | { readonly kind: "slow"; readonly ms: number }
  /** A user's role in every subscription from now on; null: as the directory has it. */
  | { readonly kind: "role"; readonly upn: string; readonly role: RoleName | null }
  /**
   * `forbidden`: a role somewhere below lets the subscription be listed, and nothing in it be read. `disabled`: it is read only.
   */
  | {
      readonly kind: "subscription";
      readonly subscriptionId: string;
      readonly how: SubscriptionFailure | "works";
    }
  /** The next operation on a link that is accepted never ends, carried out or not. */
  | { readonly kind: "operationNeverEnds"; readonly carriedOut: boolean }
  /** The next operation on a link that is accepted ends with this code of ARM, carried out or not. */
  | { readonly kind: "operationFails"; readonly code: string; readonly carriedOut: boolean }
  /** The client whose change of a link is accepted next is cut off then. */
  | { readonly kind: "operationAnswerLost" }
  /** While `on`, no operation is remembered: who asks after one hears 404. */
  | { readonly kind: "operationResultsGone"; readonly on: boolean };

export type SubscriptionFailure = "forbidden" | "disabled";

/** The faults as they stand. */
export interface ArmConditions {
  throttled: { requests: number; retryAfterSeconds: number };
  unavailableRequests: number;
  tokensRefusedRequests: number;
  slowMs: number;
  /** By the object id of the user at home. */
  readonly roles: Map<string, RoleName>;
  /** By subscription id. */
  readonly subscriptions: Map<string, SubscriptionFailure>;
  areResultsGone: boolean;
  /** What waits for the next operation that is accepted. */
  nextOperation: { readonly fate: LinkFate; readonly isAnswerLost: boolean };
}

export function fairArmConditions(): ArmConditions {
  return {
    throttled: { requests: 0, retryAfterSeconds: 1 },
    unavailableRequests: 0,
    tokensRefusedRequests: 0,
    slowMs: 0,
    roles: new Map(),
    subscriptions: new Map(),
    areResultsGone: false,
    nextOperation: ordinary,
  };
}

const ordinary: ArmConditions["nextOperation"] = {
  fate: { isCarriedOut: true, ends: "asItWent" },
  isAnswerLost: false,
};

/** Called once the operation is accepted: the one after it is an ordinary one again. */
export function takeNextOperation(conditions: ArmConditions): void {
  conditions.nextOperation = ordinary;
}

/** Throws for a role of a user the directory does not know. */
export function applyArmFault(conditions: ArmConditions, fault: ArmFault): void {
  switch (fault.kind) {
    case "throttled": {
      const { requests, retryAfterSeconds } = fault;
      conditions.throttled = { requests, retryAfterSeconds };
      return;
    }
    case "unavailable":
      conditions.unavailableRequests = fault.requests;
      return;
    case "tokensRefused":
      conditions.tokensRefusedRequests = fault.requests;
      return;
    case "slow":
      conditions.slowMs = fault.ms;
      return;
    case "subscription":
      if (fault.how === "works")
        conditions.subscriptions.delete(fault.subscriptionId.toLowerCase());
      else conditions.subscriptions.set(fault.subscriptionId.toLowerCase(), fault.how);
      return;
    case "operationNeverEnds":
      setFate(conditions, { isCarriedOut: fault.carriedOut, ends: "never" });
      return;
    case "operationFails": {
      const { code, carriedOut } = fault;
      const text = `The operation on the link ended with ${code}.`;
      setFate(conditions, { isCarriedOut: carriedOut, ends: { code, text } });
      return;
    }
    case "operationAnswerLost":
      conditions.nextOperation = { ...conditions.nextOperation, isAnswerLost: true };
      return;
    case "operationResultsGone":
      conditions.areResultsGone = fault.on;
      return;
    case "role": {
      const user = findUser(fault.upn);
      if (user === undefined) throw new Error(`There is no user '${fault.upn}'.`);
      if (fault.role === null) conditions.roles.delete(user.home.objectId);
      else conditions.roles.set(user.home.objectId, fault.role);
    }
  }
}

function setFate(conditions: ArmConditions, fate: LinkFate): void {
  conditions.nextOperation = { ...conditions.nextOperation, fate };
}

/** Throws while requests are to be refused, and counts down. */
export function requireCapacity(conditions: ArmConditions): void {
  const { throttled } = conditions;
  if (throttled.requests > 0) {
    throttled.requests--;
    throw new ArmError(
      429,
      "SubscriptionTooManyRequests",
      "The number of requests for the subscription has exceeded the limit. Please try again later.",
      { "retry-after": String(throttled.retryAfterSeconds) },
    );
  }
  if (conditions.unavailableRequests > 0) {
    conditions.unavailableRequests--;
    throw new ArmError(
      503,
      "ServiceUnavailable",
      "The service is temporarily unavailable. Please try again later.",
    );
  }
}
