// The world's own account of itself, for tests: roles, rows on each side, what was asked of the engine. Plain JSON.
import { describeRequest } from "./link-operations.ts";
import { isRestorable, rowsIn } from "./log-chain.ts";
import { isSynchronous, otherSide, seesPartner } from "./sides.ts";
import { healthOf, ownSynchronization } from "./synchronization.ts";
import type { ServerKey, ServerState, WorldState } from "./state.ts";
import { isOpen } from "./workload.ts";

/** Rows of the workload in one copy. */
export interface RowTruth {
  readonly count: number;
  /** Highest row number; 0 when there is none. */
  readonly highest: number;
  /** Every row the application was told of is in this copy. */
  readonly hasEveryAcknowledged: boolean;
  /** How many acknowledged rows are in this copy and not in the other side's. */
  readonly onlyHere: number;
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
  /** Applications reach it and can write. */
  readonly takesWrites: boolean;
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

/** Acknowledged rows that neither side has any more, nor a restored database. Numbers of rows, ascending. */
export interface GoneTruth {
  /** In no backup either that could be restored. */
  readonly lost: readonly number[];
  /** The others, by each set that brings some of them back. */
  readonly saved: readonly {
    readonly server: ServerKey;
    readonly path: string;
    readonly position: number;
    readonly type: string;
    readonly rows: readonly number[];
  }[];
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
  readonly gone: GoneTruth;
  /** Rows a side threw away with its own log to follow the other one, oldest first. */
  readonly discarded: readonly { readonly server: ServerKey; readonly rows: readonly number[] }[];
  /** Databases that were restored beside the linked one. */
  readonly restored: readonly {
    readonly server: ServerKey;
    readonly name: string;
    readonly rows: number;
  }[];
  /** How long neither side took writing, all together, ms of world time. */
  readonly closedMs: number;
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
    gone: goneTruth(state),
    discarded: state.discarded.map(({ server, rows }) => ({ server, rows })),
    restored: (["box", "instance"] as const).flatMap((server) =>
      state[server].restored.map(({ name, blocks }) => ({
        server,
        name,
        rows: rowsIn(blocks).length,
      })),
    ),
    closedMs: state.closedMs,
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
    takesWrites: isOpen(server),
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
    rows: rowTruth(state, key),
  };
}

function goneTruth(state: WorldState): GoneTruth {
  const restored = [...state.box.restored, ...state.instance.restored];
  const present = new Set([
    ...rowsOf(state.box),
    ...rowsOf(state.instance),
    ...restored.flatMap(({ blocks }) => rowsIn(blocks)),
  ]);
  const gone = state.acknowledgedRows.map(({ row }) => row).filter((row) => !present.has(row));
  if (gone.length === 0) return { lost: [], saved: [] };
  const saved = (["box", "instance"] as const).flatMap((server) =>
    state[server].backups
      .map((set) => ({ set, rows: new Set(rowsIn(set.blocks)) }))
      .map(({ set, rows }) => ({ set, rows: ascending(gone.filter((row) => rows.has(row))) }))
      .filter(({ set, rows }) => rows.length > 0 && isRestorable(state, set))
      .map(({ set: { paths, position, type }, rows }) => ({
        server,
        path: paths[0] ?? "",
        position,
        type,
        rows,
      })),
  );
  const kept = new Set(saved.flatMap(({ rows }) => rows));
  return { lost: ascending(gone.filter((row) => !kept.has(row))), saved };
}

function rowsOf({ copy }: ServerState): number[] {
  return rowsIn(copy.log.slice(0, copy.hardened));
}

function ascending(rows: readonly number[]): number[] {
  return rows.toSorted((one, other) => one - other);
}

function rowTruth(state: WorldState, key: ServerKey): RowTruth {
  const rows = new Set(rowsOf(state[key]));
  const others = new Set(rowsOf(state[otherSide(key)]));
  const missing = state.acknowledgedRows.filter(({ row }) => !rows.has(row)).map(({ row }) => row);
  return {
    count: rows.size,
    highest: [...rows].reduce((highest, row) => Math.max(highest, row), 0),
    hasEveryAcknowledged: missing.length === 0,
    onlyHere: state.acknowledgedRows.filter(({ row }) => rows.has(row) && !others.has(row)).length,
    missing: ascending(missing).slice(0, 20),
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
