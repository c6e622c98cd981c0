// Starts the practice Azure Resource Manager: HTTPS on 127.0.0.1, read from the world, open to the directory's tokens.
import { randomUUID } from "node:crypto";
import { startWebServer, type WebAnswer, type WebRequest } from "../web/web-server.ts";
import { requireApiVersion } from "./api-versions.ts";
import { authenticate, wrongTenant, type Caller, type CheckToken } from "./authenticate.ts";
import { ArmError, errorAnswer } from "./errors.ts";
import { applyArmFault, fairArmConditions, requireCapacity } from "./faults.ts";
import type { ArmConditions, ArmFault } from "./faults.ts";
import { findRoute } from "./find-route.ts";
import { linkedInstancePlace, subscriptions, type Subscription } from "./inventory.ts";
import type { Service } from "./reads.ts";
import { requireAction } from "./roles.ts";
import type { Operation, Route } from "./routes.ts";

export interface ArmOptions {
  /** PEM texts of a certificate for 127.0.0.1. */
  readonly tls: { readonly key: string; readonly cert: string };
  readonly checkToken: CheckToken;
  readonly service: Service;
}

/** How a client reaches ARM, and where the world's instance is. */
export interface ArmFacts {
  /** `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** One request as it came, without its token. */
export interface ArmRecord {
  readonly method: string;
  readonly path: string;
  readonly apiVersion: string | null;
  readonly status: number;
  /** `error.code` of the answer; null where there is none. */
  readonly code: string | null;
}

export interface Arm {
  readonly facts: ArmFacts;
  readonly requests: readonly ArmRecord[];
  /** Throws for a fault that names nobody. */
  fault(fault: ArmFault): void;
  /** No fault stands any more. */
  startOver(): void;
  stop(): Promise<void>;
}

export async function startArm(options: ArmOptions): Promise<Arm> {
  const conditions = fairArmConditions();
  const requests: ArmRecord[] = [];
  const { world, over } = options.service;
  const server = await startWebServer({
    tls: options.tls,
    handle: async (request) => {
      if (conditions.slowMs > 0) await world.wait(conditions.slowMs, over);
      const { answer, code } = await answerRequest(options, conditions, request);
      const { method, url } = request;
      const apiVersion = url.searchParams.get("api-version");
      requests.push({ method, path: url.pathname, apiVersion, status: answer.status, code });
      return withRequestId(answer, request);
    },
  });
  return {
    facts: { endpoint: server.origin, ...linkedInstancePlace },
    requests,
    fault: (fault) => {
      applyArmFault(conditions, fault);
    },
    startOver: () => {
      Object.assign(conditions, fairArmConditions());
    },
    stop: () => server.stop(),
  };
}

interface Answered {
  readonly answer: WebAnswer;
  readonly code: string | null;
}

async function answerRequest(
  options: ArmOptions,
  conditions: ArmConditions,
  request: WebRequest,
): Promise<Answered> {
  try {
    const answer = await carryOut(options, conditions, request);
    return { answer, code: null };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return { answer: errorAnswer(error), code: error.code };
  }
}

/** In ARM's order: who, how often, what, in which version, whose subscription, allowed or not. */
function carryOut(
  { service, checkToken }: ArmOptions,
  conditions: ArmConditions,
  request: WebRequest,
): WebAnswer | Promise<WebAnswer> {
  const caller = authenticate(request, checkToken, conditions);
  requireCapacity(conditions);
  const { route, names, scope: address } = findRoute(request.url);
  const apiVersion = requireApiVersion(request.url, route.resourceType);
  const subscription = requireSubscription(names["subscription"], caller);
  const operation = requireOperation(route, request.method);
  const { action } = operation;
  // What a verb is done to is the resource before it.
  const scope = action?.endsWith("/action") ? address.replace(/\/[^/]+$/, "") : address;
  if (action !== undefined) requireAction(caller, conditions, { action, scope });
  return operation.run({
    request,
    caller,
    conditions,
    service,
    state: service.world.state,
    subscription,
    names,
    apiVersion,
  });
}

function requireSubscription(id: string | undefined, caller: Caller): Subscription | undefined {
  if (id === undefined) return undefined;
  const found = subscriptions.find(({ subscriptionId }) => subscriptionId === id.toLowerCase());
  if (found === undefined) {
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${id}' could not be found.`);
  }
  if (found.tenantId !== caller.tenantId) throw wrongTenant(caller, found.tenantId);
  return found;
}

function requireOperation({ operations }: Route, method: string): Operation {
  const operation = Object.entries(operations).find(([name]) => name === method)?.[1];
  if (operation !== undefined) return operation;
  throw new ArmError(
    405,
    "MethodNotAllowed",
    `The requested resource does not support http method '${method}'.`,
    { allow: Object.keys(operations).join(", ") },
  );
}

/** What support asks for: logged by whoever asks well. */
function withRequestId(answer: WebAnswer, { headers }: WebRequest): WebAnswer {
  const sent = headers["x-ms-client-request-id"];
  return {
    ...answer,
    headers: {
      ...answer.headers,
      "x-ms-request-id": randomUUID(),
      "x-ms-correlation-request-id": randomUUID(),
      ...(typeof sent === "string" ? { "x-ms-client-request-id": sent } : {}),
    },
  };
}
