// The table of actions: what every kind of action says, sends and leaves behind.
import { assertNever } from "../../assert-never.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { allowSecondaryConnectionsForm } from "./allow-secondary-connections.ts";
import { failoverForm } from "./failover.ts";
import { verifyRolesForm } from "./verify-roles.ts";
import { waitForGateForm } from "./wait-for-gate.ts";

/** The form of one action in the frame of a plan. Pure; throws AppError `nameUnusable` for a name no object can have. */
export function actionForm(action: Action, frame: PlanFrame): ActionForm {
  switch (action.kind) {
    case "waitForGate":
      return waitForGateForm(action, frame);
    case "failover":
      return failoverForm(action, frame);
    case "verifyRoles":
      return verifyRolesForm(action, frame);
    case "allowSecondaryConnections":
      return allowSecondaryConnectionsForm(action, frame);
    default:
      return assertNever(action);
  }
}
