// Puts the replicas under their availability groups.
import type { AvailabilityGroup, Replica } from "./estate.ts";

/** Groups in the order given, each with its own replicas in theirs. */
export function groupsWithReplicas(
  groups: readonly Omit<AvailabilityGroup, "replicas">[],
  rows: readonly { readonly groupId: string; readonly replica: Replica }[],
): readonly AvailabilityGroup[] {
  return groups.map((group) => ({
    ...group,
    replicas: rows.filter((row) => row.groupId === group.groupId).map((row) => row.replica),
  }));
}
