// In which order the T-SQL files of a plan are run, and what lies between them: the same list in every header.
import type { Side } from "../estate/estate.ts";
import { otherSide } from "../plan/actions/action-form.ts";
import { afterOffline, repointTo, resumeLogBackups } from "../plan/after-failover.ts";
import type { Plan } from "../plan/plan.ts";
import { roleQuery } from "../sql/demote.ts";
import { twoPrimaries } from "../report/done-sentence.ts";
import { closeFileName, reopenFileName, tsqlFileName } from "./tsql-file-names.ts";

/** The names under which the whole-plan scripts are saved. */
export const azFileName = "failover.sh";
export const powershellFileName = "failover.ps1";

/** Sentences with their numbers. */
export function orderOf(plan: Plan): readonly string[] {
  const sentences = {
    forcedFailover: forcedOrder,
    plannedFailover: plannedOrder,
    repair: repairOrder,
    offlineFailBack: offlineOrder,
    cleanUp: nothingMoves,
    hybridBenefit: nothingMoves,
  }[plan.kind](plan);
  return sentences.map((sentence, index) => `${index + 1}. ${sentence}`);
}

/** T-SQL for what is on SQL Server; what Azure is asked for is in the other two scripts. */
function nothingMoves(plan: Plan): readonly string[] {
  const inAzure = plan.steps.some(({ request }) => request !== undefined);
  const own = `Run ${fileOn(plan, "box", "first")}.`;
  return [
    inAzure ? `${own} What Azure is asked for is in ${azFileName} and ${powershellFileName}.` : own,
  ];
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

/** No T-SQL deletes a link. */
function aloneOrder(plan: Plan): readonly string[] {
  return [
    `Delete the link in Azure, which no T-SQL can do: bash ${azFileName}, or .\\${powershellFileName}. They look at both sides first, want the link's name typed, and do the rest.`,
    `Where they ended before that: run ${fileOn(plan, "box", "after")} once the link is gone. It drops what is left of it there.`,
  ];
}

/** The side that is given up first: nothing is changed on the other one before that one is saved. */
function repairOrder(plan: Plan): readonly string[] {
  const { from, to } = plan;
  const [own, survivor] = [plan[from].serverName, plan[to].serverName];
  const never = `Run no part twice, and none of it while ${survivor} is not seen as you expect it.`;
  if (plan.move === "none") return aloneOrder(plan);
  return plan.move === "demote"
    ? [
        `Directly before, ask ${survivor}, which this file cannot see: ${roleQuery(plan.link.name)} It must answer PRIMARY, and the applications must work with it.`,
        `Stop every writer of ${own}, and keep the applications out of it.`,
        `Run ${fileOn(plan, from, "first")}. It saves what only ${own} holds, and makes it secondary only when nothing was written since. ${never}`,
        `Run ${fileOn(plan, to, "first")}: it proves that ${survivor} is PRIMARY and writable.`,
      ]
    : [
        `Run ${fileOn(plan, from, "first")} as far as it saves the copy.`,
        `Directly before, ask ${own}: ${roleQuery(plan.link.name)} It must not answer PRIMARY. Then run ${fileOn(plan, to, "first")}: it makes ${survivor} primary by force. ${never}`,
        `Once ${survivor} answers PRIMARY to the same question, run the rest of ${fileOn(plan, from, "first")}: it resumes what is suspended.`,
      ];
}

/** No file knows of the other server: which backup is proved is carried over by hand. */
function offlineOrder(plan: Plan): readonly string[] {
  const [first, second] = [fileOn(plan, "instance", "first"), fileOn(plan, "box", "first")];
  const waits = plan.steps.some(({ action }) => action.kind === "waitForGate");
  return [
    `Stop every writer of ${plan.instance.serverName}, and let none back before the end.${waits ? ` Run step 1 of ${second}; it only reads.` : ""}`,
    `Run ${first}. It waits until nobody writes, backs up, and names the backup that is proved to hold everything.`,
    `In ${second}, put that file in place of NULL, and run it${waits ? " from step 2 on" : ""}: it restores a new database and reads it back.`,
    `Run the last step of ${first} once more. Where it is not proved, what was restored is stale: drop it and begin again.`,
    ...afterOffline(plan),
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
