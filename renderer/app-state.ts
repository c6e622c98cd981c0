// Which window is open over the work area. Pure.
import type { Side } from "../shared/estate/estate.ts";
import type { ConnectionFacts } from "../shared/ipc.ts";
import type { OfflineTarget } from "./offline/offline-target.ts";
import type { RunFeed } from "./run-feed.ts";

export interface WizardTarget {
  readonly linkName: string;
  readonly startedFrom: Side;
  /** Opened by a run: its end is shown too. */
  readonly isComingBack?: boolean;
}

export interface TaskTarget {
  /** Undefined: not known yet. */
  readonly linkName: string | undefined;
  /** Opened by a run: its end is shown too. */
  readonly isComingBack?: boolean;
}

export type OpenWindow =
  | { readonly kind: "none" }
  | { readonly kind: "connect"; readonly side: Side }
  | { readonly kind: "azure" }
  | { readonly kind: "azureRegistration" }
  | { readonly kind: "about" }
  /** What a drill is, to start it or while it is under way. */
  | { readonly kind: "drill"; readonly drillId: string }
  /** Which of several links of one database is to be failed over. */
  | {
      readonly kind: "chooseLink";
      readonly linkNames: readonly string[];
      readonly startedFrom: Side;
    }
  | ({ readonly kind: "wizard" } & WizardTarget)
  | ({ readonly kind: "cleanUp" } & TaskTarget)
  | ({ readonly kind: "hybrid" } & TaskTarget)
  /** `isComingBack`: opened by a run, its end is shown too. */
  | ({ readonly kind: "offline"; readonly isComingBack?: boolean } & OfflineTarget)
  | { readonly kind: "readiness"; readonly linkName: string }
  /** Two primaries, or none. `shownRunId`: opened by its run. */
  | { readonly kind: "repair"; readonly linkName: string; readonly shownRunId?: string };

/** What Failover… opens: the wizard of the only link, or the question which. */
export function failoverWindow(
  linkNames: readonly string[],
  startedFrom: Side,
): OpenWindow | undefined {
  const [only, ...others] = linkNames;
  if (only === undefined) return undefined;
  return others.length === 0
    ? { kind: "wizard", linkName: only, startedFrom }
    : { kind: "chooseLink", linkNames, startedFrom };
}

/**
 * What is shown: a run of this process shows its wizard whatever was opened before, also to a page that was not there when it
 * ended, and until the operator closes it (`closedRunId`).
 */
export function shownWindow(
  open: OpenWindow,
  run: RunFeed,
  closedRunId: string | undefined,
): OpenWindow {
  const { started } = run.state;
  const hasRuns = ["wizard", "repair", "cleanUp", "hybrid", "offline"].includes(open.kind);
  if (hasRuns || started === undefined) return open;
  if (started.runId === closedRunId) return open;
  const { link, from, to, kind } = started.plan;
  if (kind === "cleanUp") return { kind, linkName: link.name, isComingBack: true };
  if (kind === "hybridBenefit") return { kind: "hybrid", linkName: link.name, isComingBack: true };
  if (kind === "offlineFailBack") {
    const { name, databases } = link;
    return { kind: "offline", linkName: name, databases, isComingBack: true };
  }
  if (kind === "repair") return { kind, linkName: link.name, shownRunId: started.runId };
  // A wizard that forces is opened at the side that takes over.
  const startedFrom = kind === "forcedFailover" ? to : from;
  return { kind: "wizard", linkName: link.name, startedFrom, isComingBack: true };
}

/** The side that Connect starts with: the one that is missing, SQL Server first. */
export function sideToConnect(connections: readonly Pick<ConnectionFacts, "side">[]): Side {
  return connections.some(({ side }) => side === "box") ? "instance" : "box";
}
