// What a run leaves for people: after a move the applications, backups and the old copy; else what has to be looked at or set back.
import {
  afterOffline,
  keepApart,
  repointTo,
  resumeLogBackups,
  startupParameter,
} from "../plan/after-failover.ts";
import { listOf } from "../plan/actions/action-form.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { DatabaseReadBack } from "../run/events.ts";
import type { RunState } from "../run/state.ts";
import { unfinishedStep } from "../run/state.ts";
import type { ReadBack, StepState } from "../run/step-state.ts";
import { demoteStatement } from "../sql/demote.ts";
import { twoPrimaries } from "./done-sentence.ts";
import { lossAtRisk } from "./loss-at-risk.ts";
import { hasMoved, isLinkGone, lastReadBack } from "./readings.ts";

export function stillToDo(state: RunState, plan: Plan): readonly string[] {
  const loss = lossAtRisk(state);
  const first = loss === undefined ? [] : [loss.remedy];
  const open = unfinishedStep(state);
  if (open !== undefined) return [...first, readFirst(open.step)];
  const readBack = lastReadBack(state);
  if (plan.move === "none") {
    return [...first, ...(plan.kind === "repair" ? [keepApart(plan)] : afterCleanUp(state, plan))];
  }
  if (plan.move === "restore") return afterRestore(state, plan);
  return [
    ...first,
    ...stillSet(state),
    ...(plan.kind === "repair"
      ? afterRepair(state, plan, readBack)
      : hasMoved(plan, readBack)
        ? afterTheMove(state, plan)
        : []),
    ...(isLinkGone(state) ? afterTheRemoval(state, plan, readBack) : []),
  ];
}

function readFirst({ action }: Step): string {
  const never =
    action.kind === "failover" || action.kind === "force" || action.kind === "verifyRoles"
      ? "Send no second failover."
      : action.kind === "removeLink"
        ? "Send no second DELETE."
        : "Send nothing twice.";
  return `Read both sides before any other step. ${never}`;
}

/** What the run set for its own sake and nobody set back; with the link it is gone by itself. */
function stillSet(state: RunState): readonly string[] {
  if (isLinkGone(state)) return [];
  return state.steps.flatMap(({ step, phase, outcome, undone }) => {
    const isSet = step.takeBack !== undefined && phase.kind !== "notBegun" && outcome !== "failed";
    if (!isSet || undone?.outcome === "succeeded") return [];
    const how = step.undo.kind === "undoable" ? ` ${step.undo.how}` : "";
    return [`"${step.title}" is not known to be taken back.${how}`];
  });
}

/** A copy that is not proved is no way back, and must not be taken for one. */
function afterRestore(state: RunState, plan: Plan): readonly string[] {
  if (stepOf(state, "verifyRestored")?.outcome === "succeeded") return afterOffline(plan);
  const restored = stepOf(state, "restoreCopy");
  const { serverName } = plan.instance;
  return [
    `The applications stay with ${serverName}: nothing is proved to hold everything.`,
    ...(restored === undefined || restored.phase.kind === "notBegun"
      ? []
      : [
          `Look whether there is a database ${restoredName(restored.step)} on ${plan.box.serverName}, and drop it before the next try: it may lack what was written since its backup.`,
        ]),
  ];
}

function restoredName({ action }: Step): string {
  return action.kind === "restoreCopy" ? action.as : "";
}

/** What no T-SQL reaches, and what the run did not come to. */
function afterCleanUp({ steps }: RunState, plan: Plan): readonly string[] {
  return steps.flatMap(({ step, outcome }) => {
    return outcome === "succeeded" ? startupParameter(step, plan) : [`Not done: ${step.title}.`];
  });
}

/** The other side comes back as a second primary, with commits that nobody else has. */
function afterForcing(state: RunState, plan: Plan): readonly string[] {
  const { serverName } = plan[plan.from];
  const save = `stop its writers and save what only it has: a log backup, or a COPY_ONLY full backup.`;
  return [
    repointTo(plan),
    `${twoPrimaries(plan)} Let no application connect to it: what is written there is on no other server.`,
    // Without the link there is nothing to demote: what follows is the clean-up.
    ...(plan.move === "delete"
      ? [`Before anything is dropped on ${serverName}, ${save}`, ...firstFullBackup(state, plan)]
      : [
          `Before ${serverName} is demoted, ${save} Then, on ${serverName}: ${demoteStatement(plan.link.name)}`,
        ]),
    ...(plan.to === "box" ? [resumeLogBackups(plan)] : []),
  ];
}

/** What was given up is nowhere but in the backups. */
function afterRepair(
  { steps }: RunState,
  plan: Plan,
  readBack: ReadBack | undefined,
): readonly string[] {
  const [own, survivor] = [plan[plan.from].serverName, plan[plan.to].serverName];
  const seen = readBack?.sides[plan.from];
  if (seen?.kind !== "seen" || seen.role !== "SECONDARY" || !hasMoved(plan, readBack)) {
    return [
      `The link is not repaired. Let no application write on ${own}: what is written there is discarded when it is repaired.`,
    ];
  }
  const files = steps.flatMap(({ step: { action }, outcome }) =>
    action.kind === "saveCopy" &&
    action.side === plan.from &&
    (outcome === "succeeded" || outcome === "warning")
      ? [action.to]
      : [],
  );
  return [
    repointTo(plan),
    ...(files.length === 0
      ? []
      : [
          `Keep ${listOf(files)}: what only ${own} held is there and nowhere else. Restore it under another name to see what is missing on ${survivor}.`,
        ]),
    `To go back to ${own}, fail over planned: the link is whole again.`,
  ];
}

function afterTheMove(state: RunState, plan: Plan): readonly string[] {
  if (plan.kind === "forcedFailover") return afterForcing(state, plan);
  const [now, before] = [plan[plan.to], plan[plan.from]];
  return [
    repointTo(plan),
    `Let no application connect to ${before.serverName} (${before.address}) for writing any more.`,
    ...(plan.to === "box"
      ? [resumeLogBackups(plan)]
      : [
          isLinkGone(state)
            ? `The service takes the backups on ${now.serverName}; those on ${before.serverName} are of the old copy alone.`
            : `The service takes the log backups on ${now.serverName}; resume the jobs on ${before.serverName} when it is primary again.`,
          ...firstFullBackup(state, plan),
        ]),
    ...(plan.keepLink || isLinkGone(state) ? [] : [linkStays(plan)]),
  ];
}

function firstFullBackup(state: RunState, plan: Plan): readonly string[] {
  const { serverName } = plan.instance;
  if (isLinkGone(state) && plan.move === "delete") {
    return [
      `Look for the first full backup of ${listOf(plan.link.databases)} on ${serverName}: Azure takes it by itself, and this run did not wait for it.`,
    ];
  }
  return stepOf(state, "waitForFullBackup")?.outcome === "succeeded"
    ? []
    : [`First full backup on ${serverName} has not been seen. Do not remove the link before it.`];
}

function linkStays({ link, box }: Plan): string {
  return `The link ${link.name} was not removed. Delete it in Azure when nothing stands against it, and drop its distributed availability group on ${box.serverName} afterwards.`;
}

function afterTheRemoval(
  state: RunState,
  plan: Plan,
  readBack: ReadBack | undefined,
): readonly string[] {
  const { link, box } = plan;
  const onBox = readBack?.sides.box;
  const hasGroup = onBox?.kind === "withoutLink" && onBox.groupNames?.includes(link.boxGroup);
  return [
    ...(onBox?.kind === "withoutLink"
      ? []
      : [
          `Drop the distributed availability group ${link.name} on ${box.serverName}: its other half is gone.`,
        ]),
    ...(stepOf(state, "dropGroup") !== undefined && hasGroup !== false
      ? [`The availability group ${link.boxGroup} on ${box.serverName} was not dropped.`]
      : []),
    ...link.databases.flatMap((name) => oldCopy(state, plan, name)),
  ];
}

/** As it was last seen; which of them it is, is decided by nobody here. */
function oldCopy(state: RunState, plan: Plan, name: string): readonly string[] {
  const { serverName } = plan[plan.from];
  const seen = lastReadBack(state)?.sides[plan.from];
  const copy: DatabaseReadBack | undefined =
    seen === undefined || seen.kind === "unreadable"
      ? undefined
      : seen.databases.find((one) => one.name === name);
  const where = `The old copy of ${name} on ${serverName}`;
  if (copy === undefined || ((copy.state ?? null) === null && copy.updateability === null)) {
    return [`${where} was not seen: look at it.`];
  }
  if (copy.state !== undefined && copy.state !== null && copy.state !== "ONLINE") {
    return [
      `${where} is ${copy.state}. It is left so: decide yourself whether it is recovered or dropped.`,
    ];
  }
  const unsynchronized =
    copy.synchronizationState === "NOT SYNCHRONIZING"
      ? [`${where} is NOT SYNCHRONIZING in ${plan.link.boxGroup}: look at that availability group.`]
      : [];
  return [...unsynchronized, ...writable(state, plan, { where, copy })];
}

function writable(
  state: RunState,
  plan: Plan,
  { where, copy }: { readonly where: string; readonly copy: DatabaseReadBack },
): readonly string[] {
  if (copy.updateability !== "READ_ONLY") {
    return [
      `${where} can be written (${copy.updateability ?? "updateability unknown"}) and is independent: keep applications out of it. Nothing of it reaches ${plan[plan.to].serverName}.`,
    ];
  }
  const closed = state.steps.find(
    ({ step: { action } }) => action.kind === "setReadOnly" && action.database === copy.name,
  );
  const how =
    closed?.step.undo.kind === "undoable" ? ` To write it again: ${closed.step.undo.how}` : "";
  return [`${where} is READ_ONLY.${how}`];
}

function stepOf({ steps }: RunState, kind: Step["action"]["kind"]): StepState | undefined {
  return steps.find(({ step }) => step.action.kind === kind);
}
