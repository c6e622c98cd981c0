// What is offered on the results page of a failover. Pure.
import type { RunState } from "../../shared/run/state.ts";

export type TaskOffer = "cleanUp" | "hybrid";

/** Clean-up where the link is gone, the hybrid benefit where it stays and the roles have changed. */
export function offersAfter({ started, ended }: RunState): readonly TaskOffer[] {
  const plan = started?.plan;
  if (plan === undefined || (ended?.outcome !== "succeeded" && ended?.outcome !== "warning")) {
    return [];
  }
  switch (plan.move) {
    case "failover":
    case "force":
    case "delete":
      return [plan.keepLink ? "hybrid" : "cleanUp"];
    case "demote":
    case "restore":
    case "none":
      return [];
  }
}
