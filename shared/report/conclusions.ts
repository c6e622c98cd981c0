// What a run proves, leaves unknown and leaves to do. Proved is only what a server said itself when it was read back.
import type { Side } from "../estate/estate.ts";
import { repointTo, resumeLogBackups } from "../plan/after-failover.ts";
import type { Plan } from "../plan/plan.ts";
import type { SideReadBack } from "../run/events.ts";
import type { RunState } from "../run/state.ts";
import { unfinishedStep } from "../run/state.ts";
import type { ReadBack } from "../run/step-state.ts";

const sides: readonly Side[] = ["box", "instance"];

/** One sentence for each fact that was read back; a missing value is not a fact. */
export function proved(plan: Plan, readBack: ReadBack | undefined): readonly string[] {
  if (readBack === undefined) return [];
  return sides.flatMap((side) => {
    const seen = readBack.sides[side];
    if (seen.kind === "unreadable") return [];
    const name = seen.serverName;
    return [
      ...(seen.role === null ? [] : [`${name} says it is ${seen.role} of ${plan.link.name}.`]),
      ...(seen.synchronizationHealth === null
        ? []
        : [`${name} says the link is ${seen.synchronizationHealth}.`]),
      ...seen.databases
        .filter((database) => database.updateability !== null)
        .map((database) => `${database.name} is ${String(database.updateability)} on ${name}.`),
    ];
  });
}

/** What nobody may rely on: ends without a record, sides that could not be read, values that were not there. */
export function unknowns(state: RunState): readonly string[] {
  const open = unfinishedStep(state);
  const readBack = state.steps.findLast((step) => step.readBack !== undefined)?.readBack;
  return [
    ...(open === undefined ? [] : [`How "${open.step.title}" ended is not known.`]),
    ...state.steps.flatMap((step) =>
      step.answer.kind === "lost" || step.answer.kind === "awaited"
        ? [`What the engine answered to "${step.step.title}" is not known.`]
        : [],
    ),
    ...(state.started !== undefined && readBack === undefined
      ? ["Both sides were not read back in this run."]
      : []),
    ...sides.flatMap((side) => notRead(state, side, readBack?.sides[side])),
    ...state.strayEvents.map(
      (event) => `The journal holds a ${event.kind} of no step of this plan.`,
    ),
  ];
}

function notRead(state: RunState, side: Side, seen: SideReadBack | undefined): readonly string[] {
  if (seen === undefined) return [];
  const name = state.started?.plan[side].serverName ?? side;
  if (seen.kind === "unreadable") return [`${name} could not be read back: ${seen.because}`];
  return seen.role === null ? [`${name} did not show its role.`] : [];
}

/** What is left for people: after a failover the applications and the backups, else to look before anything new. */
export function stillToDo(
  state: RunState,
  plan: Plan,
  readBack: ReadBack | undefined,
): readonly string[] {
  if (unfinishedStep(state) !== undefined) {
    return ["Read both sides before any other step. Send no second failover."];
  }
  if (!isPrimary(readBack, plan.to)) return [];
  const [now, before] = [plan[plan.to], plan[plan.from]];
  return [
    repointTo(plan),
    `Let no application connect to ${before.serverName} (${before.address}) for writing any more.`,
    ...(plan.to === "instance"
      ? [
          `The service takes the log backups on ${now.serverName}; resume the jobs on ${before.serverName} when it is primary again.`,
          `First full backup on ${now.serverName} has not been seen. Do not remove the link before it.`,
        ]
      : [resumeLogBackups(plan)]),
  ];
}

function isPrimary(readBack: ReadBack | undefined, side: Side): boolean {
  const seen = readBack?.sides[side];
  return seen?.kind === "seen" && seen.role === "PRIMARY";
}
