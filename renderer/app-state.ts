// Which window is open over the work area. Pure.
import type { Side } from "../shared/estate/estate.ts";
import { noPair, pairAlone, pairOfPlan } from "../shared/estate/pair.ts";
import type { LinkRef, Pair } from "../shared/estate/pair.ts";
import { pairsOf } from "../shared/estate/paired-links.ts";
import type { PairedLink } from "../shared/estate/paired-links.ts";
import type { ConnectionFacts } from "../shared/ipc.ts";
import type { Prefill } from "./connect/connect-state.ts";
import type { OfflineTarget } from "./offline/offline-target.ts";
import { otherSide } from "../shared/plan/actions/action-form.ts";
import type { RunFeed } from "./run-feed.ts";

export interface WizardTarget {
  readonly link: LinkRef;
  readonly startedFrom: Side;
  /** Opened by a run: its end is shown too. */
  readonly isComingBack?: boolean;
}

export interface TaskTarget {
  /** Undefined: not known yet. */
  readonly linkName: string | undefined;
  readonly pair: Pair;
  /** Opened by a run: its end is shown too. */
  readonly isComingBack?: boolean;
}

export type OpenWindow =
  | { readonly kind: "none" }
  /** `prefill`: a remembered server, to be changed. */
  | { readonly kind: "connect"; readonly side: Side; readonly prefill?: Prefill }
  | { readonly kind: "azure" }
  | { readonly kind: "azureRegistration" }
  | { readonly kind: "network" }
  | { readonly kind: "about" }
  | { readonly kind: "log" }
  | { readonly kind: "bundle" }
  /** What a drill is, to start it or while it is under way. */
  | { readonly kind: "drill"; readonly drillId: string }
  /** Which of several links of one database is to be failed over. */
  | {
      readonly kind: "chooseLink";
      readonly links: readonly LinkRef[];
      readonly startedFrom: Side;
    }
  | ({ readonly kind: "wizard" } & WizardTarget)
  | ({ readonly kind: "cleanUp" } & TaskTarget)
  | ({ readonly kind: "hybrid" } & TaskTarget)
  /** `isComingBack`: opened by a run, its end is shown too. */
  | ({ readonly kind: "offline"; readonly isComingBack?: boolean } & OfflineTarget)
  | { readonly kind: "readiness"; readonly link: LinkRef }
  /** Two primaries, or none. `shownRunId`: opened by its run. */
  | { readonly kind: "repair"; readonly link: LinkRef; readonly shownRunId?: string }
  /** A pair that was connected before. */
  | { readonly kind: "connectPair"; readonly pairId: string };

/** What Failover… opens: the wizard of the only link, or the question which. */
export function failoverWindow(
  links: readonly LinkRef[],
  startedFrom: Side,
): OpenWindow | undefined {
  const [only, ...others] = links;
  if (only === undefined) return undefined;
  return others.length === 0
    ? { kind: "wizard", link: only, startedFrom }
    : { kind: "chooseLink", links, startedFrom };
}

/**
 * What is shown: a run of this process shows its wizard whatever was opened before, also to a page that was not there when it
 * ended, and until the operator closes it (`closedRunId`).
 */
export function shownWindow(
  open: OpenWindow,
  run: RunFeed,
  closedRunId: string | undefined,
  connections: readonly ConnectionFacts[],
): OpenWindow {
  const { started } = run.state;
  const hasRuns = ["wizard", "repair", "cleanUp", "hybrid", "offline"].includes(open.kind);
  if (hasRuns || started === undefined) return open;
  if (started.runId === closedRunId) return open;
  const { from, to, kind } = started.plan;
  const pair = pairOfPlan(connections, started.plan);
  const link = { linkName: started.plan.link.name, pair };
  if (kind === "cleanUp") return { kind, ...link, isComingBack: true };
  if (kind === "hybridBenefit") return { kind: "hybrid", ...link, isComingBack: true };
  if (kind === "offlineFailBack") {
    const { databases } = started.plan.link;
    return { kind: "offline", ...link, databases, isComingBack: true };
  }
  if (kind === "repair") return { kind, link, shownRunId: started.runId };
  // A wizard that forces is opened at the side that takes over.
  const startedFrom = kind === "forcedFailover" ? to : from;
  return { kind: "wizard", link, startedFrom, isComingBack: true };
}

/** The servers that the open window works on; undefined where it works on none. */
export function pairOfWindow(open: OpenWindow): Pair | undefined {
  switch (open.kind) {
    case "wizard":
    case "repair":
    case "readiness":
      return open.link.pair;
    case "cleanUp":
    case "hybrid":
    case "offline":
      return open.pair;
    default:
      return undefined;
  }
}

/** The name of the instance that is worked on; where no link says which, of the first one. */
export function instanceOf(
  pair: Pair | undefined,
  connections: readonly ConnectionFacts[],
): string | undefined {
  const instances = connections.filter(({ side }) => side === "instance");
  const own = instances.find(({ connectionId }) => connectionId === pair?.instance);
  return (own ?? instances[0])?.serverName;
}

/** Where leftovers are looked for from one server: beside it the only other server that there is for it. */
export function pairBeside(
  connections: readonly Pick<ConnectionFacts, "side" | "connectionId">[],
  known: readonly PairedLink[],
  connectionId: string | undefined,
): Pair {
  const [first] = connections;
  const own = connections.find((one) => one.connectionId === connectionId) ?? first;
  if (own === undefined) return noPair;
  const linked = pairsOf(known).filter((pair) => pair[own.side] === own.connectionId);
  const others = connections.filter(({ side }) => side !== own.side);
  const partners = new Set(
    linked.length > 0
      ? linked.map((pair) => pair[otherSide(own.side)])
      : others.map((one) => one.connectionId),
  );
  const [partner = null] = partners.size === 1 ? partners : [];
  return { ...pairAlone(own.side, own.connectionId), [otherSide(own.side)]: partner };
}

/** The side that Connect starts with: the one that is missing, SQL Server first. */
export function sideToConnect(connections: readonly Pick<ConnectionFacts, "side">[]): Side {
  return connections.some(({ side }) => side === "box") ? "instance" : "box";
}
