// What the account may do with a link, as its roles there say; beforehand, so that nobody hears it from a 403.
import { AppError } from "../../shared/errors/app-error.ts";
import type { ArmLink, LinkRights } from "../../shared/estate/azure-fact.ts";
import type { ArmPermission } from "../../shared/estate/from-arm.ts";
import { armPermission } from "../../shared/estate/from-arm.ts";
import type { ArmPipeline } from "./arm-pipeline.ts";
import { linkActions, linkName } from "./link-actions.ts";

const permissionsType = "Microsoft.Authorization/permissions";

/** Longer than this nobody waits for them, ms: the links themselves are read by then. */
const patienceMs = 5_000;

/** Never rejects but when aborted: what could not be read is null. */
export async function readLinkRights(
  arm: ArmPipeline,
  { resourceId, name }: ArmLink,
  signal: AbortSignal,
): Promise<LinkRights> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const held = await arm.list(
      `${resourceId}/providers/${permissionsType}?api-version=2022-04-01`,
      armPermission,
      { what: linkName(resourceId), action: `${permissionsType}/read`, signal: over },
    );
    return rightsOf(name, (action) => isHeld(held, action));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError) && !over.aborted) throw error;
    return rightsOf(name, () => null);
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
