// Changes a link in Azure: each request sent once, and what Azure accepted asked after, also by another process.
//
// @azure/core-lro is not used. One poll at a time is all a run wants, with the journal and the stop button between two of
// them, and its poller gives least there: resuming goes through its own text form, one call to `poll` throws for a failed
// operation as for a throttled question, tells a failure in a sentence instead of a code, and keeps Retry-After to itself.
// What is left of it is its reading of two headers.
import { AppError } from "../../shared/errors/app-error.ts";
import { problemFromArmError, problemOfLostAnswer } from "../../shared/errors/azure-errors.ts";
import type { ArmInstance, ArmLink } from "../../shared/estate/azure-fact.ts";
import { armInstance, armLink, armTrustCertificate } from "../../shared/estate/from-arm.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { OperationState } from "../../shared/run/azure-operation.ts";
import type { ArmAnswer } from "./arm-answer.ts";
import { refusalIn, retryAfterSeconds } from "./arm-answer.ts";
import type { ArmPipeline, ArmWiring, Subject } from "./arm-pipeline.ts";
import { createArmPipeline, understood } from "./arm-pipeline.ts";
import { sqlApiVersion } from "./arm.ts";
import {
  instanceActions,
  instanceName,
  linkActions,
  linkName,
  subjectOf,
  trustActions,
} from "./link-actions.ts";
import type { OperationProgress } from "./operation-progress.ts";
import { progressOf } from "./operation-progress.ts";
import type { Session } from "./session.ts";

export type OperationAnswer =
  | { readonly kind: "done" }
  | {
      readonly kind: "accepted";
      readonly operation: OperationState;
      readonly retryAfterSeconds: number | null;
    };

/** Every call but `readLink` and `poll` with an aborted signal rejects with AppError alone. */
export interface LinkOperations {
  /** The link's resource; null where ARM says that there is no such link (404 of a subscription or group is no such answer). */
  readLink(resourceId: string, signal?: AbortSignal): Promise<ArmLink | null>;
  /** The instance itself. Throws AppError where it cannot be read. */
  readInstance(resourceId: string, signal?: AbortSignal): Promise<ArmInstance>;
  /** Names of the certificates that the instance trusts. Throws AppError where they cannot be read. */
  readTrustCertificates(resourceId: string, signal?: AbortSignal): Promise<readonly string[]>;
  /**
   * Sends the request exactly once. Throws AppError: class `ambiguous` where nobody knows whether Azure took it or what it
   * did of it, any other where Azure refused it or it did not leave (nothing was begun).
   */
  send(request: AzureRequest): Promise<OperationAnswer>;
  /** Asks once how an accepted operation stands. Throws AppError where Azure did not answer that: it may be asked again. */
  poll(operation: OperationState, signal?: AbortSignal): Promise<OperationProgress>;
}

/** For the account of the session, in the tenant that is in use now. */
export function createLinkOperations(session: Session, wiring: ArmWiring): LinkOperations {
  const tenantId = session.tenantId();
  const own = createArmPipeline(session, tenantId, wiring);
  const armOf = (tenant: string): ArmPipeline =>
    tenant === tenantId ? own : createArmPipeline(session, tenant, wiring);
  return {
    async readLink(resourceId, signal = endless()) {
      const subject = { what: linkName(resourceId), action: linkActions.read };
      const path = `${resourceId}?api-version=${sqlApiVersion}`;
      const answer = await own.ask(path, { ...subject, signal });
      return isAbsent(answer) ? null : understood(armLink, answer, subject);
    },
    readInstance(resourceId, signal = endless()) {
      const subject = { what: instanceName(resourceId), action: instanceActions.read };
      const path = `${resourceId}?api-version=${sqlApiVersion}`;
      return own.get(path, armInstance, { ...subject, signal });
    },
    readTrustCertificates(resourceId, signal = endless()) {
      const what = `the trust certificates of ${instanceName(resourceId)}`;
      const path = `${resourceId}/serverTrustCertificates?api-version=${sqlApiVersion}`;
      return own.list(path, armTrustCertificate, { what, action: trustActions.read, signal });
    },
    async send(request) {
      const { method, path, apiVersion, body } = request;
      requirePlainPath(path);
      const subject = subjectOf(request);
      const address = `${path}?api-version=${encodeURIComponent(apiVersion)}`;
      const sent = { method, path: address, ...(body === undefined ? {} : { body }) };
      const answer = await own.change(sent, subject);
      requireTaken(answer, subject);
      return accepted(answer, { tenantId, endpoint: wiring.cloud.armEndpoint, subject });
    },
    async poll({ tenantId: tenant, link, tells, pollPath }, signal = endless()) {
      const subject = { what: link, action: linkActions.readResults };
      const answer = await armOf(tenant).ask(pollPath, { ...subject, signal });
      return progressOf(tells, answer, subject);
    },
  };
}

/** A subscription or resource group that is not found says nothing of the link: often it is the wrong tenant. */
function isAbsent(answer: ArmAnswer): boolean {
  const { code = "" } = answer.status === 404 ? refusalIn(answer) : {};
  return ["ResourceNotFound", "ManagedInstanceLinkIsNotFound"].includes(code);
}

/** What is approved is what is sent: a path that would become another address is none. */
function requirePlainPath(path: string): void {
  const segments = path.split("/").length;
  const isPlain =
    path.startsWith("/subscriptions/") &&
    // eslint-disable-next-line no-control-regex -- the very characters that an address drops
    !/[?#\\\u0000-\u001f]/.test(path) &&
    new URL(path, "https://arm.invalid").pathname.split("/").length === segments;
  if (isPlain) return;
  throw new AppError({
    code: "armRequestNotPlain",
    class: "fatal",
    summary: "The address of a request to Azure is not that of a link, so it was not sent.",
    remedy: "Make the plan again; save the report for the makers of this program.",
  });
}

/** Throws what was refused. Only ARM's own word says that nothing was begun; a gateway's or a proxy's says nothing. */
function requireTaken(answer: ArmAnswer, { what, action }: Subject): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const refusal = refusalIn(answer);
  const problem = problemFromArmError(refusal, what, action);
  const isRefused =
    refusal.code !== undefined && (isClientError(answer) || turnedAway.includes(refusal.code));
  throw new AppError(
    isRefused || problem.class === "ambiguous" ? problem : problemOfLostAnswer(what, problem),
  );
}

/** 408 is a gateway's. */
function isClientError({ status }: ArmAnswer): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** Codes of a 503 or 501 that are told before anything is looked at. */
const turnedAway: readonly string[] = [
  "ServiceUnavailable",
  "TooManyRequests",
  "SubscriptionTooManyRequests",
  "NotImplemented",
];

interface Sent {
  readonly tenantId: string;
  readonly endpoint: string;
  readonly subject: Subject;
}

/** Azure-AsyncOperation before Location, as Azure's own pollers have it. A 200 or 204 without the first is the end. */
function accepted(answer: ArmAnswer, { tenantId, endpoint, subject }: Sent): OperationAnswer {
  const told = answer.header("azure-asyncoperation");
  const isUnderWay = answer.status === 202 || answer.status === 201;
  if (told === undefined && !isUnderWay) return { kind: "done" };
  const tells = told === undefined ? "location" : "asyncOperation";
  const pollPath = pathOnArm(told ?? answer.header("location"), endpoint);
  if (pollPath === undefined) throw noAddress(subject);
  return {
    kind: "accepted",
    operation: { tenantId, link: subject.what, tells, pollPath },
    retryAfterSeconds: retryAfterSeconds(answer.header) ?? null,
  };
}

function pathOnArm(address: string | undefined, endpoint: string): string | undefined {
  if (address === undefined || !URL.canParse(address, endpoint)) return undefined;
  const { origin, pathname, search } = new URL(address, endpoint);
  const isOnArm = origin === new URL(endpoint).origin && !pathname.startsWith("//");
  return isOnArm ? `${pathname}${search}` : undefined;
}

function noAddress({ what }: Subject): AppError {
  return new AppError({
    code: "armNoPollAddress",
    class: "ambiguous",
    summary: `Azure took the request about ${what} and told no address of its own to ask after it.`,
    remedy: "Read the link and the roles of both sides before any other step.",
  });
}

function endless(): AbortSignal {
  return new AbortController().signal;
}
