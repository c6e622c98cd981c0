// Reads the instance and Azure until a link that was deleted without its primary is gone and the copy can be written. Reads only.
import { removedLines } from "../../sql/removed-lines.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { listOf } from "./action-form.ts";
import { forcedRoles } from "./force.ts";

type VerifyAlone = Extract<Action, { kind: "verifyAlone" }>;

export function verifyAloneForm(action: VerifyAlone, frame: PlanFrame): ActionForm {
  const { serverName } = frame.instance;
  const databases = listOf(action.databases);
  const place = { side: "instance", server: frame.instance, link: frame.link, roles: [] } as const;
  return {
    slug: "verify-alone",
    title: "Verify that the instance holds the database on its own",
    sentence: `Reading Azure and ${serverName} until the link is gone and ${databases} can be written.`,
    runsOn: "instance",
    why: `${frame.box.serverName} may be gone, and is not asked.`,
    rolesBefore: forcedRoles("instance"),
    doneWhen: `Azure answers 404 for the link, ${serverName} does not show it, and ${databases} is READ_WRITE there.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {
      instance: { text: removedLines(place, "mustBeWritable").join("\n"), endsWith: "batch" },
    },
  };
}
