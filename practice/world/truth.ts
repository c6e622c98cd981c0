// The world's own account of itself, for tests: roles, rows on each side, what was asked of the engine. Plain JSON.
import { blockAt } from "./log.ts";
import { describeRequest } from "./link-operations.ts";
import { isSynchronous, seesPartner } from "./sides.ts";
import { healthOf, ownSynchronization } from "./synchronization.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";

/** Rows of the workload in one copy. */
export interface RowTruth {
  readonly count: number;
  /** Highest row number; 0 when there is none. */
  readonly highest: number;
  /** Every row the application was told of is in this copy. */
  readonly hasEveryAcknowledged: boolean;
  /** Acknowledged rows that are not, the lowest ones first, at most 20. */
  readonly missing: readonly number[];
}

export interface SideTruth {
  readonly name: string;
  readonly role: ServerState["linkRole"];
  readonly localRole: ServerState["localRole"];
  readonly health: string;
  readonly isPartnerConnected: boolean;
  readonly databaseState: string;
  readonly updateability: string;
  readonly isSuspended: boolean;
  readonly linkDropped: boolean;
  readonly localGroupDropped: boolean;
  readonly linkAvailabilityMode: ServerState["linkAvailabilityMode"];
  readonly secondaryAllowConnections: string;
  readonly backups: { readonly full: number; readonly copyOnly: number; readonly log: number };
  readonly openTransactions: number;
  /** Logins switched off, lower case, sorted. */
  readonly disabledLogins: readonly string[];
  /** Rows hardened on this side. */
  readonly rows: RowTruth;
}

export interface ChangeCount {
  readonly server: ServerKey;
  readonly text: string;
  /** How often it reached the engine, refused ones included. */
  readonly count: number;
  readonly outcomes: readonly string[];
}

export interface Truth {
  readonly nowMs: number;
  readonly box: SideTruth;
  readonly instance: SideTruth;
  /** Who believes to be PRIMARY of the link: nobody during and after an interrupted role change, two in a split brain. */
  readonly primaries: readonly ServerKey[];
  /** SQL Server's other link, as its two sides believe; null: there is none. */
  readonly otherLink: null | {
    readonly name: string;
    readonly box: SideTruth;
    readonly instance: SideTruth;
    readonly linkOperations: readonly ChangeCount[];
  };
  readonly failover: string | null;
  readonly failovers: readonly {
    readonly kind: string;
    readonly to: ServerKey;
    readonly outcome: string;
  }[];
  readonly acknowledgedRows: number;
  readonly lastAcknowledgedMs: number | null;
  readonly workloadRunning: boolean;
  readonly workloadLastRanMs: number;
  /** Changing statements as the engine understood them. */
  readonly changes: readonly ChangeCount[];
  /** Batches received whose text has ALTER, DROP, BACKUP or KILL in it, word for word. */
  readonly changingBatches: readonly ChangeCount[];
  /** What Azure accepted to do with the link: `DELETE`, `POST failover Planned`. */
  readonly linkOperations: readonly ChangeCount[];
}

/** Everything true of the world now. */
export function truth(state: WorldState): Truth {
  const changing = state.statements.filter(({ text }) =>
    /\b(ALTER|DROP|BACKUP|KILL)\b/i.test(text),
  );
  return {
    nowMs: state.nowMs,
    box: sideTruth(state, "box"),
    instance: sideTruth(state, "instance"),
    primaries: (["box", "instance"] as const).filter((key) => state[key].linkRole === "PRIMARY"),
    otherLink: state.otherLink && {
      name: state.otherLink.link.name,
      box: sideTruth(state.otherLink, "box"),
      instance: sideTruth(state.otherLink, "instance"),
      linkOperations: operationsOf(state.otherLink),
    },
    failover: state.failover?.phase ?? null,
    failovers: state.failoverEnds.map(({ kind, to, outcome }) => ({ kind, to, outcome })),
    acknowledgedRows: state.acknowledgedRows.length,
    lastAcknowledgedMs: state.acknowledgedRows.at(-1)?.atMs ?? null,
    workloadRunning: state.workload.running,
    workloadLastRanMs: state.workload.lastRanMs,
    changes: counted(state.changes),
    changingBatches: counted(changing),
    linkOperations: operationsOf(state),
  };
}

function operationsOf({ linkOperations }: WorldState): ChangeCount[] {
  return counted(
    linkOperations.map(({ request, outcome }) => ({
      server: "instance",
      text: describeRequest(request),
      outcome,
    })),
  );
}

function sideTruth(state: WorldState, key: ServerKey): SideTruth {
  const server = state[key];
  const { backups } = server;
  const isFull = (isCopyOnly: boolean): number =>
    backups.filter((row) => row.type === "D" && row.isCopyOnly === isCopyOnly).length;
  return {
    name: server.name,
    role: server.linkRole,
    localRole: server.localRole,
    health: healthOf(ownSynchronization(state, key), isSynchronous(state)),
    isPartnerConnected: seesPartner(state, key),
    databaseState: server.copy.state,
    updateability: server.copy.updateability,
    isSuspended: server.copy.isSuspended,
    linkDropped: server.linkDropped,
    localGroupDropped: server.localGroupDropped,
    linkAvailabilityMode: { ...server.linkAvailabilityMode },
    secondaryAllowConnections: server.secondaryAllowConnections,
    backups: {
      full: isFull(false),
      copyOnly: isFull(true),
      log: backups.filter(({ type }) => type === "L").length,
    },
    openTransactions: server.sessions.filter(({ openTransaction }) => openTransaction !== null)
      .length,
    disabledLogins: [...server.disabledLogins].sort(),
    rows: rowTruth(state, server),
  };
}

function rowTruth(state: WorldState, { copy }: ServerState): RowTruth {
  const rows = new Set<number>();
  for (let count = 1; count <= copy.hardened; count++) {
    for (const { row } of blockAt(copy.log, count).commits) if (row !== undefined) rows.add(row);
  }
  const missing = state.acknowledgedRows.filter(({ row }) => !rows.has(row)).map(({ row }) => row);
  return {
    count: rows.size,
    highest: [...rows].reduce((highest, row) => Math.max(highest, row), 0),
    hasEveryAcknowledged: missing.length === 0,
    missing: missing.sort((one, other) => one - other).slice(0, 20),
  };
}

function counted(
  records: readonly {
    readonly server: ServerKey;
    readonly text: string;
    readonly outcome: string;
  }[],
): ChangeCount[] {
  const counts = new Map<string, ChangeCount>();
  for (const { server, text, outcome } of records) {
    const id = JSON.stringify([server, text]);
    const { outcomes } = counts.get(id) ?? { outcomes: [] };
    const all = [...outcomes, outcome];
    counts.set(id, { server, text, count: all.length, outcomes: all });
  }
  return [...counts.values()];
}
