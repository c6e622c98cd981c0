// What is offered on the results page of a run, and the window that it opens. Pure.
import type { Pair } from "../../shared/estate/pair.ts";
import { canRestore } from "../../shared/offline/version.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import type { OpenWindow } from "../app-state.ts";

/** `failBack`: a planned failover to the side that a repair made secondary. */
export type TaskOffer = "cleanUp" | "failBack" | "hybrid" | "offline";

/**
 * Clean-up where the link is gone, and the way back without it where SQL Server can take one; where it stays, the way back after a
 * repair, and the benefit where the roles have changed.
 */
export function offersAfter({ started, ended }: RunState): readonly TaskOffer[] {
  const plan = started?.plan;
  if (plan === undefined || (ended?.outcome !== "succeeded" && ended?.outcome !== "warning")) {
    return [];
  }
  const isRepair = plan.kind === "repair";
  switch (plan.move) {
    case "failover":
    case "force":
    case "delete":
      if (plan.keepLink) return isRepair ? ["failBack", "hybrid"] : ["hybrid"];
      return comesBackOffline(plan) ? ["cleanUp", "offline"] : ["cleanUp"];
    case "demote":
      return ["failBack"];
    case "none":
      return isRepair ? ["cleanUp"] : [];
    case "restore":
      return [];
  }
}

/** Not while SQL Server is lost. */
function comesBackOffline({ kind, to, box }: Plan): boolean {
  return kind === "plannedFailover" && to === "instance" && canRestore(box);
}

/** Between the servers of the run; a planned failover starts at the side that is primary now. */
export function offeredWindow(offer: TaskOffer, { link, to }: Plan, pair: Pair): OpenWindow {
  const linkName = link.name;
  switch (offer) {
    case "failBack":
      return { kind: "wizard", link: { linkName, pair }, startedFrom: to };
    case "offline":
      return { kind: offer, linkName: undefined, databases: link.databases, pair };
    case "cleanUp":
    case "hybrid":
      return { kind: offer, linkName, pair };
  }
}
