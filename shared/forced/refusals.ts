// States of the copy in which nothing is forced; every other one, and an unknown one, is shown and locks nothing.
import { visibleText } from "../visible-text.ts";
import type { TargetReading } from "./target.ts";

/**
 * sys.databases: RESTORING. sys.dm_hadr_database_replica_states, remarks: a forced failover to a copy that is REVERTING or
 * INITIALIZING leaves a database that cannot be started as primary.
 */
export const refusedStates = ["RESTORING", "INITIALIZING", "REVERTING"];

/** "Distributed Availability Groups - Get": replicaState while a link is made, seeded or failed over; its errors say Error. */
const refusedInAzure = ["CreatingLink", "LinkInitialSeeding", "Seeding", "LinkFailoverInProgress"];

/** The first thing that stands in the way of forcing, one sentence; undefined where nothing does. */
export function standsInTheWay({ copies }: TargetReading): string | undefined {
  for (const { database, states, isSeeding } of copies) {
    const name = visibleText(database);
    if (isSeeding) return `${name} is still being seeded.`;
    const state = states.find((one) => refusedStates.includes(one.toUpperCase()) || isRefused(one));
    if (state !== undefined) {
      return `${name} is ${visibleText(state)}: forced now, it could not be started as primary.`;
    }
  }
  return undefined;
}

function isRefused(state: string): boolean {
  return refusedInAzure.includes(state) || /^Link\w*Error/u.test(state);
}
