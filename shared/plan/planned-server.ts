// What a plan knows of a server that was read; a statement is only ever made for such a server.
import type { Side } from "../estate/estate.ts";
import type { PlannedLink, PlannedServer } from "./plan.ts";

/** group_id of the distributed group on a side that was read. Throws Error for another one: a defect of the plan. */
export function groupIdOn({ groupIds }: PlannedLink, side: Side): string {
  return known(groupIds[side], `group_id on ${side}`);
}

/** ProductVersion of a server that was read. Throws Error for another one: a defect of the plan. */
export function versionOf({ productVersion, serverName }: PlannedServer): string {
  return known(productVersion, `version of ${serverName}`);
}

function known(value: string | null, what: string): string {
  if (value === null) throw new Error(`The plan has no ${what}: that side was not read.`);
  return value;
}
