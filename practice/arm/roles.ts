// Who may do what in Azure: roles as lists of actions, and the refusal for an action that is not in them.
import { dana, findByObjectId, sam, type User } from "../entra/directory.ts";
import type { Caller } from "./authenticate.ts";
import { ArmError } from "./errors.ts";
import type { ArmConditions } from "./faults.ts";

export interface Role {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/**
 * `contributor` is the built-in SQL Managed Instance Contributor, `linkOperator` the custom role that the documents of the
 * link list (it lacks `distributedAvailabilityGroups/failover/action`), `reader` the built-in Reader.
 */
export type RoleName = "contributor" | "linkOperator" | "reader" | "none";

const sql = "Microsoft.Sql/managedInstances";
const link = `${sql}/distributedAvailabilityGroups`;

const roles: Readonly<Record<RoleName, Role | undefined>> = {
  contributor: {
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Sql/locations/*/read",
      `${sql}/*`,
      "Microsoft.Support/*",
    ],
    notActions: [
      `${sql}/azureADOnlyAuthentications/delete`,
      `${sql}/azureADOnlyAuthentications/write`,
    ],
  },
  linkOperator: {
    actions: [
      "Microsoft.Authorization/permissions/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      `${sql}/read`,
      `${sql}/write`,
      `${sql}/hybridCertificate/action`,
      `${sql}/databases/read`,
      `${sql}/databases/delete`,
      `${sql}/databases/write`,
      `${sql}/databases/completeRestore/action`,
      `${sql}/databases/readBackups/action`,
      `${sql}/databases/restoreDetails/read`,
      `${link}/read`,
      `${link}/write`,
      `${link}/delete`,
      `${link}/setRole/action`,
      `${sql}/endpointCertificates/read`,
      `${sql}/hybridLink/read`,
      `${sql}/hybridLink/write`,
      `${sql}/hybridLink/delete`,
      `${sql}/serverTrustCertificates/write`,
      `${sql}/serverTrustCertificates/delete`,
      `${sql}/serverTrustCertificates/read`,
    ],
    notActions: [],
  },
  reader: { actions: ["*/read"], notActions: [] },
  none: undefined,
};

/** The caller's role; the same in every subscription of the tenant. Undefined: none. */
export function roleOf(caller: Caller, conditions: ArmConditions): Role | undefined {
  const user = findByObjectId(caller.objectId);
  if (user === undefined) return undefined;
  return roles[conditions.roles.get(user.home.objectId) ?? assigned(user, caller.tenantId)];
}

/** Dana runs the instances at home and looks at those where she is a guest; Sam has no role. */
function assigned(user: User, tenantId: string): RoleName {
  switch (user.upn) {
    case dana.upn:
      return user.home.tenantId === tenantId ? "contributor" : "reader";
    case sam.upn:
    default:
      return "none";
  }
}

/** Whether the role holds an action such as `Microsoft.Sql/managedInstances/read`. */
export function allows({ actions, notActions }: Role, action: string): boolean {
  const holds = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matches(pattern, action));
  return holds(actions) && !holds(notActions);
}

/** `*` stands for any text, slashes included; case does not count ("Understand Azure role definitions"). */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}

/** Throws 403 AuthorizationFailed, or 409 for a change in a disabled subscription. `scope`: the resource's id. */
export function requireAction(
  caller: Caller,
  conditions: ArmConditions,
  { action, scope }: { readonly action: string; readonly scope: string },
): void {
  const role = roleOf(caller, conditions);
  const [, , subscriptionId = ""] = scope.split("/");
  const failure = conditions.subscriptions.get(subscriptionId.toLowerCase());
  if (role === undefined || !allows(role, action) || failure === "forbidden") {
    throw new ArmError(
      403,
      "AuthorizationFailed",
      `The client '${caller.upn}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
  if (failure === "disabled" && !action.endsWith("/read")) {
    throw disabledSubscription(subscriptionId);
  }
}

function disabledSubscription(subscriptionId: string): ArmError {
  return new ArmError(
    409,
    "ReadOnlyDisabledSubscription",
    `The subscription '${subscriptionId}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );
}
