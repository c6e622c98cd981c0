// Why forced failover is not offered, one paragraph: other words on the primary than on the secondary.
import type { Side } from "../../shared/estate/estate.ts";
import type { LinkFacts } from "./link-facts.ts";

const migrating = "Migrating? Choose planned: it loses nothing.";

/** `startedFrom` is the side whose node the wizard was opened on: SSMS offers forced on the secondary alone. */
export function forcedReason(facts: LinkFacts, startedFrom: Side): string {
  const local = facts[startedFrom];
  const remote = facts[startedFrom === "box" ? "instance" : "box"];
  if (local.role === "PRIMARY") {
    return `Not offered: ${local.name} is primary and answers, so nothing has to be given up. If ${local.name} is lost, connect to ${remote.name} and open this wizard there. ${migrating}`;
  }
  return `Not in the window yet: force it on the command line (run --force), which watches ${local.name} first. ${migrating}`;
}
