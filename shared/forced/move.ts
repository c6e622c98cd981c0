// How the side that takes over gets the database: by a forced failover, or by the end of the link where that is not possible.
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import type { ForcedInput } from "./input.ts";

/** 41985: a link with failoverMode None cannot be forced to the instance, only deleted. Unknown counts as possible. */
export function forcedMove({ estate, link, choices }: ForcedInput): "force" | "delete" {
  const isOneWay = armLinkOf(azureOf(estate), link.name)?.failoverMode === "None";
  return choices.to === "instance" && isOneWay ? "delete" : "force";
}

/** Whether Azure carries it out. */
export function asksAzure(input: ForcedInput): boolean {
  return forcedMove(input) === "delete" || input.choices.failoverBy === "arm";
}
