// What Azure is asked to do with the link: taken in one at a time, carried out by the engine in world time, remembered.
import { SqlError } from "../sql-types.ts";
import type { Engine } from "./engine.ts";
import { startForced, startPlanned } from "./failover.ts";
import { checkForced, checkPlanned, takeFailure } from "./failover-statements.ts";
import { setGroup } from "./group-statements.ts";
import type { LinkFate, LinkOperation, LinkRequest, OperationError } from "./link-operation.ts";
import { removeFromInstance } from "./link-removal.ts";
import * as refusals from "./set-role-refusals.ts";
import type { WorldState } from "./state.ts";

type Demotion = Extract<LinkRequest, { kind: "setRole" }>;

/** Thrown for a request that has to wait: for another operation on the link, or for an instance that is busy by itself. */
export class LinkIsBusy extends Error {
  readonly why: "operation" | "instance";

  constructor(why: LinkIsBusy["why"]) {
    super(`The link is busy: ${why}.`);
    this.name = "LinkIsBusy";
    this.why = why;
  }
}

/** Checks a request as the service and the engine do, and begins it. Throws LinkIsBusy, and SqlError for the engine's refusal. */
export function beginLinkOperation(
  { state }: Engine,
  request: LinkRequest,
  login: string,
  fate: LinkFate,
): LinkOperation {
  requireFree(state, request);
  checkRequest(state, request);
  const operation: LinkOperation = {
    id: operationId(state, state.linkOperations.length + 1),
    request,
    login,
    fate,
    acceptedMs: state.nowMs,
    failover: fate.isCarriedOut ? beginRoleChange(state, request) : null,
    isAtWork: true,
    outcome: "running",
    error: null,
    endedMs: null,
  };
  state.linkOperations.push(operation);
  return operation;
}

/** One step of the operation under way, if there is one. */
export function stepLinkOperations(engine: Engine): void {
  const { state } = engine;
  const operation = runningOperation(state);
  if (operation?.isAtWork !== true) return;
  const { fate, failover } = operation;
  let error: OperationError | null = null;
  if (failover !== null) {
    const end = state.failoverEnds.find(({ number }) => number === failover);
    if (end === undefined || state.failover?.number === failover) return;
    error = end.error;
  } else {
    if (state.nowMs - operation.acceptedMs < state.engine.linkOperationMs) return;
    // A role change that somebody else began first: the service waits for it.
    if (state.failover !== null) return;
    if (fate.isCarriedOut) error = carryOut(engine, operation.request);
  }
  operation.isAtWork = false;
  if (fate.ends === "never") return;
  operation.error = fate.ends === "asItWent" ? error : fate.ends;
  operation.outcome = operation.error === null ? "done" : "error";
  operation.endedMs = state.nowMs;
}

/** An operation as one line, without what differs between two of the same kind. */
export function describeRequest(request: LinkRequest): string {
  switch (request.kind) {
    case "update":
      return `PATCH replicationMode ${request.replicationMode}`;
    case "delete":
      return "DELETE";
    case "failover":
      return `POST failover ${request.failoverType}`;
    case "setRole":
      return `POST setRole ${request.instanceRole} ${request.roleChangeType}`;
    case "setUsage":
      return `PATCH hybridSecondaryUsage ${request.hybridSecondaryUsage}`;
    case "removeTrust":
      return `DELETE serverTrustCertificates ${request.certificate}`;
  }
}

function runningOperation({ linkOperations }: WorldState): LinkOperation | undefined {
  return linkOperations.find(({ outcome }) => outcome === "running");
}

function requireFree(state: WorldState, request: LinkRequest): void {
  const { instance, link, failover } = state;
  if (runningOperation(state) !== undefined) throw new LinkIsBusy("operation");
  if (instance.downUntilMs !== null || instance.recoveringUntilMs !== null) {
    throw new LinkIsBusy("instance");
  }
  if (failover === null) return;
  throw request.kind === "setRole"
    ? refusals.roleChangeInProgress(link.name)
    : new LinkIsBusy("instance");
}

function checkRequest(state: WorldState, request: LinkRequest): void {
  if (request.kind === "setRole") checkRole(state, request);
  if (request.kind !== "failover") return;
  if (request.failoverType === "Planned") checkPlanned(state, "instance");
  else checkForced(state, "instance");
}

function checkRole(state: WorldState, { instanceRole, roleChangeType }: Demotion): void {
  const { instance, link } = state;
  const role = instanceRole === "Primary" ? "PRIMARY" : "SECONDARY";
  if (instance.linkRole === role) throw refusals.alreadyInRole(link.name, role);
  if (role === "SECONDARY") {
    if (!allowsDemotion(state, roleChangeType)) throw refusals.setRoleFailed(link.name);
    return;
  }
  if (roleChangeType === "Planned") throw refusals.plannedToPrimary(link.name);
  checkForced(state, "instance");
}

/** With two primaries after a forced failover it is not documented which type is right, so it is a setting. */
function allowsDemotion(
  { box, settings }: WorldState,
  roleChangeType: Demotion["roleChangeType"],
): boolean {
  const allowed = settings.demotionAfterForced;
  if (box.linkRole !== "PRIMARY" || allowed === "either") return true;
  return allowed === (roleChangeType === "Forced" ? "forced" : "planned");
}

/** The number of the role change, which the engine begins at once; null for what the service itself does. */
function beginRoleChange(state: WorldState, request: LinkRequest): number | null {
  if (request.kind === "failover") {
    return request.failoverType === "Planned"
      ? startPlanned(state, "instance", takeFailure(state))
      : startForced(state, "instance");
  }
  const promotes = request.kind === "setRole" && request.instanceRole === "Primary";
  return promotes ? startForced(state, "instance") : null;
}

function carryOut(engine: Engine, request: LinkRequest): OperationError | null {
  const { state } = engine;
  const { surroundings } = state.instance;
  if (request.kind === "setUsage") {
    surroundings.hybridSecondaryUsage = request.hybridSecondaryUsage;
    return null;
  }
  if (request.kind === "removeTrust") {
    const { trustCertificates } = surroundings;
    surroundings.trustCertificates = trustCertificates.filter(
      (name) => name !== request.certificate,
    );
    return null;
  }
  // By T-SQL the link may have been dropped from the instance meanwhile.
  if (state.instance.linkDropped) return null;
  switch (request.kind) {
    case "update": {
      const mode =
        request.replicationMode === "Sync" ? "SYNCHRONOUS_COMMIT" : "ASYNCHRONOUS_COMMIT";
      state.instance.linkAvailabilityMode = { box: mode, instance: mode };
      return null;
    }
    case "delete":
      removeFromInstance(engine);
      return null;
    case "setRole":
      return demote(state);
    case "failover":
      return null;
  }
}

/** SET (ROLE = SECONDARY) on the instance; by then T-SQL may have done it. */
function demote(state: WorldState): OperationError | null {
  const options = new Map([["ROLE", "SECONDARY"]]);
  try {
    setGroup(state, "instance", { kind: "availabilityGroupSet", group: state.link.name, options });
    return null;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { number: error.sql.number, text: error.sql.text };
  }
}

/** Made of the link and the count, so that the same story always has the same ids and two links share none. */
function operationId({ link }: WorldState, number: number): string {
  const beginning = link.groupId.toLowerCase().split("-", 4).join("-");
  return `${beginning}-${number.toString(16).padStart(12, "0")}`;
}
