// In which order the T-SQL files of a plan are run, and what lies between them: the same list in every header.
import type { Side } from "../estate/estate.ts";
import { otherSide } from "../plan/actions/action-form.ts";
import { repointTo, resumeLogBackups } from "../plan/after-failover.ts";
import type { Plan } from "../plan/plan.ts";
import { twoPrimaries } from "../report/done-sentence.ts";
import { closeFileName, reopenFileName, tsqlFileName } from "./tsql-file-names.ts";

/** The names under which the whole-plan scripts are saved. */
export const azFileName = "failover.sh";
export const powershellFileName = "failover.ps1";

/** Sentences with their numbers. */
export function orderOf(plan: Plan): readonly string[] {
  const sentences = plan.kind === "forcedFailover" ? forcedOrder(plan) : plannedOrder(plan);
  return sentences.map((sentence, index) => `${index + 1}. ${sentence}`);
}

/** One file on one server; what comes after it is the operator's. */
function forcedOrder(plan: Plan): readonly string[] {
  const { from, to } = plan;
  const own = plan[to].serverName;
  const waits = plan.steps.some(({ action }) => action.kind === "force" && action.silentSeconds);
  return [
    `Make sure that ${plan[from].serverName} is gone and stays away. What is lost stands above.`,
    ...(plan.move === "delete"
      ? endedOrder(plan)
      : [
          `Run ${fileOn(plan, to, "first")}. ${waits ? `It waits whether log still arrives, and forces nothing while it does. ` : ""}It makes ${own} primary and reads it back.`,
        ]),
    repointTo(plan),
    ...(to === "box" ? [resumeLogBackups(plan)] : []),
    twoPrimaries(plan),
  ];
}

/** No T-SQL deletes a link: Azure is asked, by the other two scripts, and they look again. */
function endedOrder(plan: Plan): readonly string[] {
  return [
    `Run ${fileOn(plan, plan.to, "first")}. It looks whether log still arrives, and changes nothing.`,
    `Delete the link in Azure, which no T-SQL can do: bash ${azFileName}, or .\\${powershellFileName}. They look once more, and want the link's name typed.`,
    `Run ${fileOn(plan, plan.to, "after")}: it proves that ${plan[plan.to].serverName} has let go of the link and can be written.`,
  ];
}

function plannedOrder(plan: Plan): readonly string[] {
  const { from, to } = plan;
  return [
    `Stop the workload. Run the part 'Before' of ${fileOn(plan, otherSide(from), "first")}; it only reads.`,
    plan.move === "failover"
      ? `Run ${fileOn(plan, from, "first")}. It waits at the gate, fails over, and reads this server back.`
      : `Run ${fileOn(plan, from, "first")}. It commits synchronously and waits at the gate as far as this server sees it; it moves nothing.`,
    ...(plan.move === "failover"
      ? [
          `Run the part 'After' of ${fileOn(plan, to, "first")}: it proves that ${plan[to].serverName} is PRIMARY and writable.`,
        ]
      : []),
    ...(plan.keepLink ? [] : removal(plan)),
    repointTo(plan),
    ...(to === "box" ? [resumeLogBackups(plan)] : []),
    ...(plan.keepLink ? [] : afterRemoval(plan)),
  ];
}

function fileOn(plan: Plan, side: Side, phase: "first" | "after"): string {
  return `${tsqlFileName(plan, side, phase)} on ${plan[side].serverName}`;
}

/** A DELETE that moves the database comes before the applications go there; one that follows a failover may wait. */
function removal(plan: Plan): readonly string[] {
  return plan.move === "delete" ? [removeLink(plan), provedAlone(plan)] : [];
}

function afterRemoval(plan: Plan): readonly string[] {
  return [
    ...(plan.move === "delete" ? [] : [removeLink(plan), provedAlone(plan)]),
    `Run ${fileOn(plan, "box", "after")}: it drops what is left of the link there${plan.from === "box" ? " and looks at the old copy" : ""}.`,
    ...(plan.from === "box"
      ? []
      : [`Run ${fileOn(plan, "instance", "after")}: it looks at the old copy.`]),
    ...(plan.closeOldCopy === "script"
      ? [
          `Run ${closeFileName} on ${plan[plan.from].serverName}: it keeps the old copy from being written. ${reopenFileName} undoes that.`,
        ]
      : []),
  ];
}

/** No T-SQL deletes a link: Azure is asked, by the other two scripts, and they look first. */
function removeLink(plan: Plan): string {
  const withTime = plan.move === "failover" && plan.to === "instance";
  const [bash, powershell] = withTime
    ? ["remove-link TIME", "-RemoveLink -FailedOverAt TIME"]
    : ["remove-link", "-RemoveLink"];
  const looks = {
    gate: "It reads the gate on both servers directly before, and sends nothing while that is shut.",
    backup: `TIME is what the part 'After' of ${tsqlFileName(plan, "instance", "first")} printed. It sends nothing before the first full backup since then.`,
    roles:
      "It reads both servers directly before, and sends nothing unless the roles are as planned.",
  };
  const look = withTime ? looks.backup : plan.move === "delete" ? looks.gate : looks.roles;
  return `Delete the link in Azure, which no T-SQL can do: bash ${azFileName} ${bash}, or .\\${powershellFileName} ${powershell}. ${look} It waits for the end.`;
}

function provedAlone(plan: Plan): string {
  const { to } = plan;
  return to === "instance"
    ? `Run ${fileOn(plan, to, "after")}: it proves that ${plan[to].serverName} has let go of the link and can be written.`
    : `Nothing is dropped before ${azFileName} or ${powershellFileName} has said that the link is gone.`;
}
