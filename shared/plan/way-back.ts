// Whether a database can go back to where it comes from while the link stays, in words for the plan.
import type { ServerIdentity, Side } from "../estate/estate.ts";
import { policyMatch, supportOf } from "../estate/versions.ts";
import type { WayBack } from "./actions/action-form.ts";

/** `to` is the side that the planned failover goes to. */
export function wayBackOf(box: ServerIdentity, instance: ServerIdentity, to: Side): WayBack {
  return to === "instance" ? backToBox(box, instance) : backToInstance(box);
}

function backToBox(box: ServerIdentity, instance: ServerIdentity): WayBack {
  switch (policyMatch(box, instance)) {
    case "matches":
      return { kind: "online" };
    case "notTold":
      return {
        kind: "unknown",
        because: `${instance.serverName} does not tell its update policy, so no way back is promised.`,
      };
    case "differs":
    case "alwaysUpToDate":
      return {
        kind: "none",
        because: `The version of ${box.serverName} does not match the update policy of ${instance.serverName}.`,
      };
  }
}

/** An instance takes what it had before: only SQL Server's own build decides whether it can start a failover. */
function backToInstance(box: ServerIdentity): WayBack {
  const { plannedFailover, plannedFloor, versionName } = supportOf(box);
  switch (plannedFailover) {
    case "byTsql":
      return { kind: "online" };
    case "needsUpdate":
      return {
        kind: "onlineAfter",
        first: `once ${box.serverName} has ${plannedFloor?.name ?? "an update"}`,
      };
    case "never":
      return {
        kind: "none",
        because: `${versionName} on ${box.serverName} starts no planned failover of a link.`,
      };
    case "unknown":
      return {
        kind: "unknown",
        because: `${box.serverName} is newer than this tool, so no way back is promised.`,
      };
  }
}
