// What nobody may rely on after a run: ends without a record, sides that could not be read, values that were not there.
import type { Side } from "../estate/estate.ts";
import type { SideReadBack } from "../run/events.ts";
import type { RunState } from "../run/state.ts";
import { unfinishedStep } from "../run/state.ts";
import type { StepState } from "../run/step-state.ts";
import { lastAzure, lastReadBack, sides } from "./readings.ts";

export function unknowns(state: RunState): readonly string[] {
  const open = unfinishedStep(state);
  const readBack = lastReadBack(state);
  return [
    ...(open === undefined ? [] : [`How "${open.step.title}" ended is not known.`]),
    ...state.steps.flatMap((step) => [...notAnswered(step), ...notKnownUndone(step)]),
    ...(state.started !== undefined && readBack === undefined
      ? ["Both sides were not read back in this run."]
      : []),
    ...sides.flatMap((side) => notRead(state, side, readBack?.sides[side])),
    ...notToldByAzure(state),
    ...state.strayEvents.map(
      (event) => `The journal holds a ${event.kind} of no step of this plan.`,
    ),
  ];
}

function notAnswered({ answer, sent, step }: StepState): readonly string[] {
  if (answer.kind !== "lost" && answer.kind !== "awaited") return [];
  return [
    `What ${sent === "request" ? "Azure" : "the engine"} answered to "${step.title}" is not known.`,
  ];
}

function notKnownUndone({ undone, step }: StepState): readonly string[] {
  return undone?.outcome === "begun" || undone?.outcome === "unknown"
    ? [`Whether "${step.title}" is taken back is not known.`]
    : [];
}

function notRead(state: RunState, side: Side, seen: SideReadBack | undefined): readonly string[] {
  if (seen === undefined) return [];
  const name = state.started?.plan[side].serverName ?? side;
  switch (seen.kind) {
    case "unreadable":
      return [`${name} could not be read back: ${seen.because}`];
    case "seen":
      return seen.role === null ? [`${name} did not show its role.`] : [];
    case "withoutLink":
      return seen.databases
        .filter((one) => (one.state ?? null) === null && one.updateability === null)
        .map((one) => `${name} did not show ${one.name}.`);
  }
}

/** 404 is a proof, and nothing else is one. */
function notToldByAzure(state: RunState): readonly string[] {
  const removal = state.steps.find(({ step }) => step.action.kind === "removeLink");
  if (removal === undefined || removal.phase.kind === "notBegun") return [];
  const azure = lastAzure(state);
  if (azure === undefined) return ["Azure was not asked whether the link is gone."];
  return azure.kind === "unreadable" ? [`Azure could not be read back: ${azure.because}`] : [];
}
