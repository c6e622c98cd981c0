// Whether both sides still are what the plan was approved for: who they are, which node, which link, which roles.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Role, Side } from "../../shared/estate/estate.ts";
import type { LinkRole } from "../../shared/estate/link-end-facts.ts";
import type { ExpectedRole, Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { EndLook, LinkLook } from "./link-look.ts";
import { roleWords, sides } from "./link-look.ts";
import { groupIdOn, versionOf } from "../../shared/plan/planned-server.ts";

export type Roles = Readonly<Record<Side, ExpectedRole>>;

/** The first thing that is not as planned, as its sentence, or undefined. A side that cannot be seen is not as planned. */
export function notAsPlanned(plan: Plan, roles: Roles, look: LinkLook): Problem | undefined {
  return sides
    .map((side) => endNotAsPlanned(plan, side, look[side], roles[side]))
    .find((problem) => problem !== undefined);
}

/** True when both sides were seen in these roles, by the planned servers. Nothing else is concluded from. */
export function showRoles(plan: Plan, roles: Roles, look: LinkLook): boolean {
  return notAsPlanned(plan, roles, look) === undefined;
}

function endNotAsPlanned(
  plan: Plan,
  side: Side,
  end: EndLook,
  expected: ExpectedRole,
): Problem | undefined {
  // Of a side that may be gone nothing is asked; should it answer, it is not the one that decides.
  if (expected === "unasked") return undefined;
  if (end.kind === "unseen") return end.problem;
  const planned = plan[side];
  const { server, groupId, role } = end.facts;
  const { serverName, productVersion } = server;
  if (serverName !== planned.serverName) {
    return moved(planned.address, planned.serverName, serverName);
  }
  const plannedVersion = versionOf(planned);
  if (productVersion !== plannedVersion) {
    return moved(serverName, `version ${plannedVersion}`, `version ${productVersion}`);
  }
  if (expected === "absent") return linkNotGone(serverName, role);
  const isUnplanned = plan.link.groupIds[side] === null;
  if (expected === "any" && (groupId === null || isUnplanned || role.kind === "noRow")) {
    return undefined;
  }
  // Without a group id the role's own words say why: not allowed, absent, not the primary node.
  if (groupId === null) return moved(serverName, `in link ${plan.link.name}`, roleWords(role));
  const plannedId = groupIdOn(plan.link, side);
  return groupId.toLowerCase() === plannedId.toLowerCase()
    ? roleNotAsPlanned(serverName, role, expected)
    : moved(
        serverName,
        `in the link ${plan.link.name} of group_id ${plannedId}`,
        `in another one of that name (${groupId})`,
      );
}

function roleNotAsPlanned(
  serverName: string,
  seen: LinkRole,
  expected: Role | "any",
): Problem | undefined {
  if (expected === "any" || (seen.kind === "seen" && seen.role === expected)) return undefined;
  return moved(serverName, expected, roleWords(seen));
}

/** What a login may not see is not gone. */
function linkNotGone(serverName: string, seen: LinkRole): Problem | undefined {
  return seen.kind === "absent"
    ? undefined
    : moved(serverName, "to be without the link", roleWords(seen));
}

/** Sentence 16 of the concept. */
function moved(server: string, was: string, is: string): Problem {
  const sentence = `${server} was ${was} when it was approved and is ${is} now`;
  return {
    code: "planNoLongerFits",
    class: "block",
    summary: `The plan no longer fits: ${visibleText(sentence)}. Nothing was sent.`,
    remedy: "Look at the new plan.",
  };
}
