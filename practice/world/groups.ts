// Which availability group a name means on one server.
import { noSuchGroup } from "./refusals.ts";
import type { ServerKey, WorldState } from "./state.ts";

/** Names compare as SQL Server compares them: without case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The link's distributed group or the local group of this server. Throws 15151 for any other name. */
export function groupNamed(
  state: WorldState,
  key: ServerKey,
  name: string,
  verb: "alter" | "drop",
): "distributed" | "local" {
  const server = state[key];
  if (!server.linkDropped && sameName(name, state.link.name)) return "distributed";
  // The inner group of an instance belongs to the platform and cannot be named there.
  if (key === "box" && !server.localGroupDropped && sameName(name, server.groupName))
    return "local";
  throw noSuchGroup(verb, name);
}
