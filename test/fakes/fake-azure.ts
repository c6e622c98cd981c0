// Azure in memory for a run: a link that is there, answers as a test wants them, and what was asked.
import type { AzureLink } from "../../electron/run/azure-link.ts";
import type { OperationProgress } from "../../electron/azure/operation-progress.ts";
import type { ArmLink } from "../../shared/estate/azure-fact.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { azureOf } from "../scenarios/azure-fact.ts";
import { adatum } from "../scenarios/linked-estate.ts";
import { fakePlan } from "./fake-plan.ts";

export const deleteRequest: AzureRequest = {
  method: "DELETE",
  path: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/managedInstances/sqlmi1/distributedAvailabilityGroups/LinkDag",
  apiVersion: "2025-01-01",
};

const [gateStep] = fakePlan.steps;
if (gateStep === undefined) throw new Error("The fake plan begins with a gate.");
const roles = { box: "PRIMARY", instance: "SECONDARY" } as const;

/** Gate, then the DELETE in place of a failover. */
export const deletePlan: Plan = {
  ...fakePlan,
  move: "delete",
  keepLink: false,
  steps: [
    gateStep,
    {
      id: "2-remove-link",
      title: "Delete the link",
      runsOn: "azure",
      why: "Only the service can.",
      rolesBefore: roles,
      action: { kind: "removeLink", onlyWhile: "gateIsOpen" },
      request: deleteRequest,
      doneWhen: "404, and READ_WRITE.",
      undo: { kind: "irreversible", why: "It is gone." },
      safeToStopAfter: false,
      onFailure: "stopRun",
    },
  ],
};

export const busy: Problem = {
  code: "armBusy",
  class: "retry",
  summary: "The instance is busy.",
  remedy: "Try again.",
};
export const running: OperationProgress = { kind: "running", retryAfterSeconds: 1 };
export const failed: OperationProgress = { kind: "failed", problem: busy };
export const gone: OperationProgress = {
  kind: "gone",
  problem: { ...busy, code: "armOperationGone", class: "ambiguous" },
};

export function theLink(): ArmLink {
  const [link] = azureOf(adatum).links;
  if (link === undefined) throw new Error("There is one link.");
  return link;
}

/** A link that stays, an operation that was accepted and succeeds; `more` is what differs. */
export function fakeAzure(more: Partial<AzureLink> = {}): AzureLink {
  return {
    read: () => Promise.resolve(theLink()),
    readInstance: () =>
      Promise.resolve({ instance: azureOf(adatum).instance, trustCertificates: [] }),
    send: () =>
      Promise.resolve({
        kind: "accepted",
        operation: { tenantId: "t", link: "LinkDag", tells: "location", pollPath: "/operations/1" },
        retryAfterSeconds: 1,
      }),
    poll: () => Promise.resolve({ kind: "succeeded" }),
    ...more,
  };
}
