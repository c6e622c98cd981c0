// Turns a trace flag off on the whole of SQL Server. What is among its startup parameters comes back when it starts.
import { guardedStatement } from "../../sql/guard.ts";
import { groupCount, leftoverChecks } from "../../sql/leftover-checks.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { onBoxAlone } from "./on-box-alone.ts";

type TurnOffTraceFlag = Extract<Action, { kind: "turnOffTraceFlag" }>;

/** Keeps log while a link is seeded, and has nothing to do with groups. */
const retainsLog = 12381;

export function turnOffTraceFlagForm(action: TurnOffTraceFlag, frame: PlanFrame): ActionForm {
  const { serverName } = frame.box;
  const flag = String(action.flag);
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const statement = guardedStatement(
    frame.box,
    leftoverChecks(place, action.flag === retainsLog ? [] : [groupCount]),
    `DBCC TRACEOFF (${flag}, -1) WITH NO_INFOMSGS;`,
  );
  return {
    ...onBoxAlone(statement),
    slug: `turn-off-trace-flag-${flag}`,
    title: `Turn off trace flag ${flag}`,
    sentence: `Turning off trace flag ${flag} on ${serverName}.`,
    why: action.isStartup
      ? `It was chosen. -T${flag} stays among the startup parameters of ${serverName}, where no T-SQL reaches.`
      : "It was chosen, and it was set by hand.",
    doneWhen: `DBCC TRACESTATUS on ${serverName} shows ${flag} off.`,
    undo: () => ({ kind: "undoable", how: `On ${serverName}: DBCC TRACEON (${flag}, -1).` }),
  };
}
