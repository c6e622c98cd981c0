// Puts the replicas under their availability groups.
import { groupedBy } from "../grouped.ts";
import type { AvailabilityGroup, Replica } from "./estate.ts";

/** Groups in the order given, each with its own replicas in theirs. */
export function groupsWithReplicas(
  groups: readonly Omit<AvailabilityGroup, "replicas">[],
  rows: readonly { readonly groupId: string; readonly replica: Replica }[],
): readonly AvailabilityGroup[] {
  const byGroup = groupedBy(rows, ({ groupId }) => groupId);
  return groups.map((group) => ({
    ...group,
    replicas: (byGroup.get(group.groupId) ?? []).map(({ replica }) => replica),
  }));
}
