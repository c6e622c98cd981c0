// What a run proves: only what a server or Azure said itself when it was read back. A missing value is not a fact.
import { assertNever } from "../assert-never.ts";
import type { Side } from "../estate/estate.ts";
import type { Plan } from "../plan/plan.ts";
import type { DatabaseReadBack, SideReadBack } from "../run/events.ts";
import type { RunState } from "../run/state.ts";
import { commitModeOf, lastAzure, lastReadBack, replicationMode, sides } from "./readings.ts";

export function proved(plan: Plan, state: RunState): readonly string[] {
  const readBack = lastReadBack(state);
  const azure = lastAzure(state);
  return [
    ...sides.flatMap((side) =>
      readBack === undefined ? [] : ofSide(plan, side, readBack.sides[side]),
    ),
    ...(azure?.kind === "gone" ? [`Azure answers 404 for the link ${plan.link.name}.`] : []),
    ...replicationMode(azure),
    ...backupSeen(state),
    ...(plan.move === "none" ? stepsReadBack(state) : []),
    ...restoredProved(state),
  ];
}

function ofSide(plan: Plan, side: Side, seen: SideReadBack): readonly string[] {
  switch (seen.kind) {
    case "unreadable":
      return [];
    case "withoutLink":
      return [
        ...(plan.move === "restore"
          ? []
          : [`${seen.serverName} says it has no link ${plan.link.name}.`]),
        ...(side === "box" ? localGroup(plan, seen) : []),
        ...seen.databases.flatMap((one) => copyOf(seen.serverName, one, one.synchronizationState)),
      ];
    case "seen":
      return [
        ...(seen.role === null
          ? []
          : [`${seen.serverName} says it is ${seen.role} of ${plan.link.name}.`]),
        ...(seen.synchronizationHealth === null
          ? []
          : [`${seen.serverName} says the link is ${seen.synchronizationHealth}.`]),
        ...seen.databases.flatMap((one) => copyOf(seen.serverName, one, null)),
        ...commitModeOf(seen),
      ];
    default:
      return assertNever(seen);
  }
}

function localGroup(
  { link }: Plan,
  { serverName, groupNames }: Extract<SideReadBack, { kind: "withoutLink" }>,
): readonly string[] {
  if (groupNames === null) return [];
  return [
    groupNames.includes(link.boxGroup)
      ? `${serverName} still has the availability group ${link.boxGroup}.`
      : `${serverName} has no availability group ${link.boxGroup}.`,
  ];
}

/** `ONLINE` goes without saying; every other state does not. */
function copyOf(
  serverName: string,
  { name, state, updateability }: DatabaseReadBack,
  synchronization: string | null,
): readonly string[] {
  const words = [state === "ONLINE" ? null : state, updateability, synchronization].filter(
    (one) => one !== null && one !== undefined,
  );
  return words.length === 0 ? [] : [`${name} is ${words.join(", ")} on ${serverName}.`];
}

/** Each of these steps ended by a reading of what it was to bring about. */
function stepsReadBack({ steps }: RunState): readonly string[] {
  return steps.flatMap(({ outcome, summary }) => (outcome === "succeeded" ? [summary] : []));
}

/** The backup by msdb, and the restored copy by its own server. */
function restoredProved({ steps }: RunState): readonly string[] {
  const isOffline = steps.some(({ step }) => step.action.kind === "restoreCopy");
  return steps.flatMap(({ step: { action }, outcome, summary }) =>
    isOffline &&
    outcome === "succeeded" &&
    (action.kind === "saveCopy" || action.kind === "verifyRestored")
      ? [summary]
      : [],
  );
}

function backupSeen({ steps }: RunState): readonly string[] {
  const waited = steps.find(({ step }) => step.action.kind === "waitForFullBackup");
  return waited?.outcome === "succeeded" ? [waited.summary] : [];
}
