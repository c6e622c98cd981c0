// What was last read back in a run: both sides, Azure, and the commit mode of the link. Proofs come from nowhere else.
import type { Side } from "../estate/estate.ts";
import { listOf } from "../plan/actions/action-form.ts";
import type { Plan } from "../plan/plan.ts";
import type { AzureReadBack, SideReadBack } from "../run/events.ts";
import type { RunState } from "../run/state.ts";
import type { ReadBack } from "../run/step-state.ts";

/** SQL Server first, everywhere. */
export const sides: readonly Side[] = ["box", "instance"];

export function lastReadBack(state: RunState): ReadBack | undefined {
  return state.steps.findLast((step) => step.readBack !== undefined)?.readBack;
}

/** Steps that look at the servers alone say nothing of Azure: what it said before them stays its last word. */
export function lastAzure(state: RunState): AzureReadBack | undefined {
  return state.steps.findLast((step) => step.readBack?.azure !== undefined)?.readBack?.azure;
}

/** Whether the new primary showed that the database is its own now, with the link or without it. */
export function hasMoved(plan: Plan, readBack: ReadBack | undefined): boolean {
  const seen = readBack?.sides[plan.to];
  if (seen === undefined || seen.kind === "unreadable") return false;
  return seen.kind === "seen"
    ? seen.role === "PRIMARY"
    : plan.link.databases.every((name) =>
        seen.databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
      );
}

/** Whether Azure said that it has no such link any more, when it was last asked. */
export function isLinkGone(state: RunState): boolean {
  return lastAzure(state)?.kind === "gone";
}

export interface CommitModes {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly sentences: readonly string[];
}

/** The newest reading that told the mode: a link that is removed later has none any more. */
export function commitModes(state: RunState): CommitModes | undefined {
  for (const { readBack } of [...state.steps].reverse()) {
    if (readBack === undefined) continue;
    const sentences = [
      ...sides.flatMap((side) => commitModeOf(readBack.sides[side])),
      ...replicationMode(readBack.azure),
    ];
    if (sentences.length > 0) return { at: readBack.at, sentences };
  }
  return undefined;
}

/** 'SQLBOX01 shows commit mode ASYNCHRONOUS_COMMIT for AG_A and AG_B.' */
export function commitModeOf(seen: SideReadBack): readonly string[] {
  if (seen.kind !== "seen" || seen.commitModes === undefined) return [];
  const modes = Object.entries(seen.commitModes);
  const words = [...new Set(modes.map(([, mode]) => mode))].map((mode) => {
    const replicas = modes.filter(([, one]) => one === mode).map(([name]) => name);
    return `${mode} for ${listOf(replicas)}`;
  });
  return words.length === 0 ? [] : [`${seen.serverName} shows commit mode ${listOf(words)}.`];
}

export function replicationMode(azure: AzureReadBack | undefined): readonly string[] {
  return azure?.kind === "seen" && azure.replicationMode !== null
    ? [`Azure shows replicationMode ${azure.replicationMode}.`]
    : [];
}
