// What changes slowly and is read less often than the rest of the monitor, each with when it was told. Pure.
import type { AzureFact } from "../../shared/estate/azure-fact.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { azureOf } from "../../shared/estate/link-in-azure.ts";
import type { LogUseRead } from "../../shared/monitor/live.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { estateOf } from "../../shared/estate/servers.ts";
import type { EstateFeed } from "../explorer/estate-feed.ts";

export interface SlowFacts {
  /** When each side last told version, databases, backups and certificates, ISO 8601 UTC. */
  readonly toldAt: Readonly<Record<Side, string | undefined>>;
  /** The newest answers, however old. */
  readonly logUse: Readonly<Record<Side, LogUseRead | undefined>>;
  readonly azure: AzureFact;
}

/** `feed`: the readings of everything, not those of the link that is watched. */
export function slowFactsOf(
  { read, lastSeen }: EstateFeed,
  pair: Pair,
  logUse: SlowFacts["logUse"],
): SlowFacts {
  const toldAt = (side: Side) => lastSeen[pair[side] ?? ""]?.at;
  return {
    toldAt: { box: toldAt("box"), instance: toldAt("instance") },
    logUse,
    azure: read === undefined ? { kind: "notAsked" } : azureOf(estateOf(read, pair)),
  };
}
