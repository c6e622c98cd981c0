// Message 15151 says "not there, or not allowed" in one: a look that may see every group tells which.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Action, Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { EndLook } from "./link-look.ts";

const absentOrHidden = 15151;

/** Code of the problem once the group is seen not to be there. */
export const groupAbsent = "groupAbsent";

/**
 * The problem as the look at the server that answered it leaves it. Only a look that proved its right to see every group
 * (`groupNames`) settles it; without one it stays what it is, and nothing is concluded.
 */
export function settledByLook(problem: Problem, group: string, end: EndLook): Problem {
  if (problem.sqlNumber !== absentOrHidden || end.kind === "unseen") return problem;
  const { groupNames, server } = end.facts;
  if (groupNames === null) return problem;
  const name = visibleText(server.serverName);
  const what = `the availability group ${visibleText(group)}`;
  return groupNames.includes(group)
    ? {
        ...problem,
        code: "noPermission",
        class: "block",
        summary: `${name} shows ${what}, so it is the right to change it that this login lacks.`,
        remedy: `Have ALTER ANY AVAILABILITY GROUP given to the login on ${name}, or use another login.`,
      }
    : {
        ...problem,
        code: groupAbsent,
        class: "info",
        summary: `${name} does not have ${what}.`,
        remedy: `If it was to be dropped, nothing is left to do on ${name}; else read both sides and make a new plan.`,
      };
}

/** The availability group that an action's statement names. */
export function groupOf(action: Action, { link }: Plan): string {
  return "group" in action ? action.group : link.name;
}
