// What is offered on the results page of a failover. Pure.
import { canRestore } from "../../shared/offline/version.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";

export type TaskOffer = "cleanUp" | "hybrid" | "offline";

/**
 * Clean-up where the link is gone, and the way back without it where SQL Server can take one; the hybrid benefit where the link
 * stays and the roles have changed.
 */
export function offersAfter({ started, ended }: RunState): readonly TaskOffer[] {
  const plan = started?.plan;
  if (plan === undefined || (ended?.outcome !== "succeeded" && ended?.outcome !== "warning")) {
    return [];
  }
  switch (plan.move) {
    case "failover":
    case "force":
    case "delete":
      if (plan.keepLink) return ["hybrid"];
      return comesBackOffline(plan) ? ["cleanUp", "offline"] : ["cleanUp"];
    case "demote":
    case "restore":
    case "none":
      return [];
  }
}

/** Not while SQL Server is lost. */
function comesBackOffline({ kind, to, box }: Plan): boolean {
  return kind === "plannedFailover" && to === "instance" && canRestore(box);
}
