// What the practice world itself says of a planned failover that was sent once and lost nothing.
import { expect } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { World } from "../../practice/world/world.ts";

/** Fails unless the instance is the one primary, takes writes and holds every row, and each statement was sent once. */
export function expectFailedOver({ state }: World): void {
  const told = truth(state);
  expect({
    primaries: told.primaries,
    updateability: told.instance.updateability,
    hasEveryRow: told.instance.rows.hasEveryAcknowledged,
    health: [told.box.health, told.instance.health],
    readable: told.box.secondaryAllowConnections,
    sent: told.changes.map(({ server, text, count }) => [server, text, count]),
  }).toEqual({
    primaries: ["instance"],
    updateability: "READ_WRITE",
    hasEveryRow: true,
    health: ["HEALTHY", "HEALTHY"],
    readable: "ALL",
    sent: [
      ["box", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", 1],
      ["box", expect.stringContaining("MODIFY REPLICA ON N'SQLBOX01'"), 1],
    ],
  });
}
