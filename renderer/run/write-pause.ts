// How long nobody could write, as an upper bound: from the begin of the failover to the first reading that shows a writable primary.
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunEvent, SideReadBack } from "../../shared/run/events.ts";

export interface WritePause {
  /** ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
  readonly ms: number;
}

/** Undefined while no reading back has shown the new primary with every database of the link writable. */
export function writePause(plan: Plan, events: readonly RunEvent[]): WritePause | undefined {
  const failover = plan.steps.find(({ action }) => action.kind === "failover")?.id;
  const began = events.find((event) => event.kind === "stepBegan" && event.stepId === failover);
  if (began === undefined) return undefined;
  const seen = events.find(
    (event) =>
      event.sequence > began.sequence &&
      event.kind === "readBack" &&
      isWritable(event.sides[plan.to], plan),
  );
  if (seen === undefined) return undefined;
  return { from: began.at, to: seen.at, ms: Date.parse(seen.at) - Date.parse(began.at) };
}

function isWritable(side: SideReadBack, plan: Plan): boolean {
  return (
    side.kind === "seen" &&
    side.role === "PRIMARY" &&
    plan.link.databases.every((name) =>
      side.databases.some((one) => one.name === name && one.updateability === "READ_WRITE"),
    )
  );
}
