// What of the world is not as a planned failover, link kept, must leave it; asked of the world itself.
import type { Truth } from "../../../practice/world/truth.ts";

/** Empty when all is well. */
export function complaintsOf(truth: Truth): readonly string[] {
  const { box, instance, changes, changingBatches } = truth;
  const quietMs = truth.workloadLastRanMs - (truth.lastAcknowledgedMs ?? 0);
  // Reading batches ask for the right of that name too, and may come as often as they like.
  const batches = changingBatches.filter(({ text }) => text.includes("ALTER AVAILABILITY GROUP"));
  const expectations: readonly (readonly [boolean, string])[] = [
    [box.role === "SECONDARY", `SQL Server is ${box.role}`],
    [instance.role === "PRIMARY", `the instance is ${instance.role}`],
    [truth.primaries.length === 1, `there are ${truth.primaries.length} primaries`],
    [truth.failovers.length === 1, `there were ${truth.failovers.length} role changes`],
    [instance.updateability === "READ_WRITE", `the instance is ${instance.updateability}`],
    [box.health === "HEALTHY" && instance.health === "HEALTHY", "the link is not healthy"],
    [box.isPartnerConnected && instance.isPartnerConnected, "the link is not connected"],
    [!box.isSuspended && !instance.isSuspended, "data movement is suspended"],
    [truth.acknowledgedRows > 0, "the application never committed"],
    [instance.rows.hasEveryAcknowledged, `rows are missing: ${instance.rows.missing.join(", ")}`],
    [quietMs <= 1000, `the application had last committed ${quietMs} ms before it stopped`],
    ...[...changes, ...batches].map(
      ({ server, text, count }) =>
        [count === 1, `sent ${count} times to ${server}: ${text}`] as const,
    ),
    [
      changes.length === 2 && batches.length === 2,
      `sent: ${changes.map(({ text }) => text).join("; ")}`,
    ],
  ];
  return expectations.filter(([holds]) => !holds).map(([, complaint]) => complaint);
}
