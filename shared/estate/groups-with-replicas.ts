// Puts the replicas under their availability groups.
import type { AvailabilityGroup, Replica } from "./estate.ts";

/** Groups in the order given, each with its own replicas in theirs. */
export function groupsWithReplicas(
  groups: readonly Omit<AvailabilityGroup, "replicas">[],
  replicas: readonly (Replica & { readonly groupId: string })[],
): readonly AvailabilityGroup[] {
  return groups.map((group) => ({
    ...group,
    replicas: replicas
      .filter((replica) => replica.groupId === group.groupId)
      .map(({ groupId: _, ...replica }) => replica),
  }));
}
