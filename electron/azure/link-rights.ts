// What the account may do with a link and its instance, as its roles there say; beforehand, so that nobody hears it from a 403.
import { AppError } from "../../shared/errors/app-error.ts";
import type {
  ArmInstance,
  ArmLink,
  InstanceRights,
  LinkRights,
} from "../../shared/estate/azure-fact.ts";
import type { ArmPermission } from "../../shared/estate/from-arm.ts";
import { armPermission } from "../../shared/estate/from-arm.ts";
import type { ArmPipeline } from "./arm-pipeline.ts";
import {
  instanceActions,
  instanceName,
  linkActions,
  linkName,
  trustActions,
} from "./link-actions.ts";

const permissionsType = "Microsoft.Authorization/permissions";

/** Longer than this nobody waits for them, ms: the links themselves are read by then. */
const patienceMs = 5_000;

/** Never rejects but when aborted: what could not be read is null. */
export async function readLinkRights(
  arm: ArmPipeline,
  { resourceId, name }: ArmLink,
  signal: AbortSignal,
): Promise<LinkRights> {
  return rightsOf(name, await heldAt(arm, { resourceId, what: linkName(resourceId) }, signal));
}

/** Never rejects but when aborted: what could not be read is null. */
export async function readInstanceRights(
  arm: ArmPipeline,
  { resourceId }: Pick<ArmInstance, "resourceId">,
  signal: AbortSignal,
): Promise<InstanceRights> {
  const has = await heldAt(arm, { resourceId, what: instanceName(resourceId) }, signal);
  return { write: has(instanceActions.write), removeTrust: has(trustActions.delete) };
}

/** Null for every action where it could not be read. */
async function heldAt(
  arm: ArmPipeline,
  { resourceId, what }: { readonly resourceId: string; readonly what: string },
  signal: AbortSignal,
): Promise<(action: string) => boolean | null> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const held = await arm.list(
      `${resourceId}/providers/${permissionsType}?api-version=2022-04-01`,
      armPermission,
      { what, action: `${permissionsType}/read`, signal: over },
    );
    return (action) => isHeld(held, action);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError) && !over.aborted) throw error;
    return () => null;
  }
}

function rightsOf(linkName: string, has: (action: string) => boolean | null): LinkRights {
  return {
    linkName,
    write: has(linkActions.write),
    delete: has(linkActions.delete),
    failover: has(linkActions.failover),
    setRole: has(linkActions.setRole),
    readResults: has(linkActions.readResults),
  };
}

/** What one role takes away another one still gives ("Understand Azure role definitions", NotActions). */
export function isHeld(roles: readonly ArmPermission[], action: string): boolean {
  const isIn = (patterns: readonly string[]) => patterns.some((one) => matches(one, action));
  return roles.some(({ actions, notActions }) => isIn(actions) && !isIn(notActions));
}

/** `*` stands for any text, slashes too; case does not count. Without a regular expression: the patterns are somebody else's. */
function matches(pattern: string, action: string): boolean {
  const text = action.toLowerCase();
  const [head = "", ...rest] = pattern.toLowerCase().split("*");
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
