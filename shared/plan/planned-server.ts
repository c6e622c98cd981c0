// What a plan knows of a server that was read; a statement is only ever made for such a server.
import type { Side } from "../estate/estate.ts";
import type { Plan, PlannedLink, PlannedServer } from "./plan.ts";

/** group_id of the distributed group on a side that was read. Throws Error for another one: a defect of the plan. */
export function groupIdOn({ groupIds }: PlannedLink, side: Side): string {
  return known(groupIds[side], `group_id on ${side}`);
}

/** ProductVersion of a server that was read. Throws Error for another one: a defect of the plan. */
export function versionOf({ productVersion, serverName }: PlannedServer): string {
  return known(productVersion, `version of ${serverName}`);
}

/** Under a clean-up's lock no link is left to take an id from. */
const cleanUpLock = "c1ea9000-0000-0000-0000-000000000000";

/** The same of an offline fail back of a link that is gone. */
const offlineLock = "0ff11e00-0000-0000-0000-000000000000";

/** What the lock of a run on that side is made of; null where that side is not locked. */
export function lockIdOn({ link, kind }: Pick<Plan, "link" | "kind">, side: Side): string | null {
  const own = link.groupIds[side];
  if (own === null && kind === "offlineFailBack") return offlineLock;
  return own === null && kind === "cleanUp" && side === "box" ? cleanUpLock : own;
}

/** The same for a batch, which always takes it. Throws Error where the plan does not lock that side: a defect of the plan. */
export function lockOf(plan: Pick<Plan, "link" | "kind">, side: Side): string {
  return lockIdOn(plan, side) ?? groupIdOn(plan.link, side);
}

function known(value: string | null, what: string): string {
  if (value === null) throw new Error(`The plan has no ${what}: that side was not read.`);
  return value;
}
