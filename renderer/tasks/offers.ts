// What is offered on the results page of a run, and the window that it opens. Pure.
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunState } from "../../shared/run/state.ts";
import type { OpenWindow } from "../app-state.ts";

/** `failBack`: a planned failover to the side that a repair made secondary. */
export type TaskOffer = "cleanUp" | "failBack" | "hybrid";

/** Clean-up where the link is gone; where it stays, the way back after a repair, and the benefit where the roles have changed. */
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
      if (!plan.keepLink) return ["cleanUp"];
      return isRepair ? ["failBack", "hybrid"] : ["hybrid"];
    case "demote":
      return ["failBack"];
    case "none":
      return isRepair ? ["cleanUp"] : [];
    case "restore":
      return [];
  }
}

/** A planned failover starts at the side that is primary now. */
export function offeredWindow(offer: TaskOffer, { link, to }: Plan): OpenWindow {
  return offer === "failBack"
    ? { kind: "wizard", linkName: link.name, startedFrom: to }
    : { kind: offer, linkName: link.name };
}
