// Whether a database that failed over to the managed instance can come back while the link stays, in words for the plan.
import type { ServerIdentity } from "../estate/estate.ts";
import { canComeBack } from "../estate/versions.ts";
import type { WayBack } from "./actions/action-form.ts";

export function wayBackOf(box: ServerIdentity, instance: ServerIdentity): WayBack {
  switch (canComeBack(box, instance)) {
    case "online":
      return { kind: "online" };
    case "unknown":
      return {
        kind: "unknown",
        because: `${instance.serverName} does not tell its update policy, so no way back is promised.`,
      };
    case "offline":
    case "no":
      return {
        kind: "none",
        because: `The version of ${box.serverName} does not match the update policy of ${instance.serverName}.`,
      };
  }
}
