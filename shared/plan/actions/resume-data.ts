// Resumes data movement where the engine left it suspended after a forced role (SUSPEND_FROM_PARTNER).
import { guardedBatch } from "../../sql/guard.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action, ExpectedRole } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { otherSide, rolesWith } from "./action-form.ts";
import type { Side } from "../../estate/estate.ts";

type ResumeData = Extract<Action, { kind: "resumeData" }>;

export function resumeDataForm(action: ResumeData, frame: PlanFrame): ActionForm {
  const { side, database } = action;
  const { serverName } = frame[side];
  const place = { side, server: frame[side], link: frame.link, roles: ["SECONDARY"] as const };
  // "ALTER DATABASE SET HADR": resumes a suspended one, and does nothing to another.
  const statement = guardedBatch(
    place,
    [],
    `ALTER DATABASE ${quoteName(database)} SET HADR RESUME;`,
  );
  const rolesBefore: Readonly<Record<Side, ExpectedRole>> = rolesWith(otherSide(side));
  return {
    slug: "resume-data",
    title: `Resume data movement of ${database} on ${serverName}, where it is suspended`,
    sentence: `Waiting until data of ${database} moves to ${serverName}.`,
    runsOn: side,
    why: `A forced role can leave the copy on ${serverName} suspended.`,
    rolesBefore,
    statement,
    doneWhen: `${database} on ${serverName} is not suspended.`,
    undo: () => ({ kind: "changesNothing" }),
    safeToStopAfter: true,
    onFailure: "warn",
    script: { [side]: { text: statement, endsWith: "batch" } },
  };
}
