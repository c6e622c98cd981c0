// The actions of Azure's role-based access that a link and its instance take, and which of them each request needs.
import type { AzureRequest } from "../../shared/plan/azure-request.ts";
import type { Subject } from "./arm-pipeline.ts";

const linkType = "Microsoft.Sql/managedInstances/distributedAvailabilityGroups";

export const linkActions = {
  read: `${linkType}/read`,
  write: `${linkType}/write`,
  delete: `${linkType}/delete`,
  failover: `${linkType}/failover/action`,
  setRole: `${linkType}/setRole/action`,
  readResults: "Microsoft.Sql/locations/distributedAvailabilityGroupsOperationResults/read",
} as const;

const instanceType = "Microsoft.Sql/managedInstances";

export const instanceActions = {
  read: `${instanceType}/read`,
  write: `${instanceType}/write`,
} as const;

export const trustActions = {
  read: `${instanceType}/serverTrustCertificates/read`,
  delete: `${instanceType}/serverTrustCertificates/delete`,
} as const;

/** For the sentences of a refusal. */
export function subjectOf({ method, path }: AzureRequest): Subject {
  const trusted = /\/serverTrustCertificates\/([^/]+)$/i.exec(path)?.[1];
  if (trusted !== undefined) {
    const what = `trust certificate ${decoded(trusted)} of ${instanceName(path)}`;
    return { what, action: trustActions.delete };
  }
  if (/\/managedInstances\/[^/]+$/i.test(path)) {
    return { what: instanceName(path), action: instanceActions.write };
  }
  return { what: linkName(path), action: actionOf(method, path) };
}

/** `instance I`, from the address of an instance or of what stands below it. */
export function instanceName(path: string): string {
  return `instance ${decoded(/\/managedInstances\/([^/?]+)/i.exec(path)?.[1] ?? "")}`;
}

/** `link L of instance I`, from the address of a link or of what is done to it. */
export function linkName(path: string): string {
  const name = (after: string): string => {
    const segment = new RegExp(`/${after}/([^/?]+)`, "i").exec(path)?.[1] ?? "";
    return decoded(segment);
  };
  return `link ${name("distributedAvailabilityGroups")} of ${name("managedInstances")}`;
}

function actionOf(method: AzureRequest["method"], path: string): string {
  switch (method) {
    case "PATCH":
      return linkActions.write;
    case "DELETE":
      return linkActions.delete;
    case "POST":
      return /\/failover$/i.test(path) ? linkActions.failover : linkActions.setRole;
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
