// The engine's own part of the world's state: limits, log under way, ends of role changes, changes carried out.
import type { BackupRow } from "./backup-set.ts";
import type { DatabaseCopy, ServerKey } from "./state.ts";

/** How long things take in the engine, world ms, and the limits it checks. */
export interface EngineLimits {
  /** SESSION_TIMEOUT of the distributed group (20 s, domain.md 2.1). */
  readonly sessionTimeoutMs: number;
  /** At least this long in each phase of a role change. */
  readonly synchronizingMs: number;
  readonly resolvingMs: number;
  readonly startingMs: number;
  /** A planned failover that has not caught up after this long gives up with 47514. */
  readonly catchUpTimeoutMs: number;
  /** Above these a planned failover is refused with 47515 and 47516. */
  readonly sendQueueLimitKb: number;
  readonly redoQueueLimitKb: number;
  readonly hardenMs: number;
  readonly redoMs: number;
  /** How often the secondary reports its progress to an asynchronous primary. */
  readonly reportEveryMs: number;
  readonly restartMs: number;
  readonly recoveringMs: number;
  readonly logBackupMs: number;
  readonly fullBackupMs: number;
  /** The instance's own first full backup, counted from the end of its role change. */
  readonly firstFullBackupAfterMs: number;
  /** The instance's own log backups while it is primary and after that first full backup. */
  readonly automaticLogBackupEveryMs: number;
  /** Whether a forced failover leaves the demoted copy suspended (SUSPEND_FROM_PARTNER) until it is resumed. */
  readonly suspendedAfterForced: boolean;
  /** What a copy on the secondary side becomes when its groups are dropped (domain.md 3.h: unknown). */
  readonly secondaryAfterDrop: "restoring" | "readWrite";
  /** How long Azure takes over a change of the link that is no role change. */
  readonly linkOperationMs: number;
  /** How long Azure remembers an operation that has ended. */
  readonly operationResultsKeptMs: number;
  /** Retry-After of an operation under way, s of the client's own time. */
  readonly retryAfterSeconds: number;
  /**
   * A planned FAILOVER of a link made for one way, on the primary that would be left behind (domain.md 11 #22: unknown).
   * Where the formats do not match, a link that was failed over all the same carries nothing back.
   */
  readonly oneWayFailover: "refused" | "carriedOut";
  /** Where one link has made SQL Server secondary: whether its other link passes that log on, or stands (unknown). */
  readonly otherLinkOfSecondary: "goesOn" | "stands";
  /**
   * Transparent data encryption of the database on the instance. Of a key of the service it can be saved by nobody else; of
   * one's own it is read by whoever holds that key, which SQL Server does but `Elsewhere`.
   */
  readonly instanceEncryption:
    "none" | "serviceManaged" | "customerManaged" | "customerManagedElsewhere";
  /** What basic_features says of a link's group on Standard edition (domain.md 11 #13: unknown). */
  readonly standardGroup: "advanced" | "basic";
  /** Letting a secondary copy be read on Standard edition, which has no readable secondary (domain.md 11 #26: unknown). */
  readonly readableSecondaryOnStandard: "refused" | "accepted";
}

/** What a secondary last told its primary; the primary's remote row shows nothing newer. Counts are blocks. */
export interface SecondaryReport {
  readonly received: number;
  readonly hardened: number;
  readonly redone: number;
  readonly lastCommitLsn: string | null;
  readonly isSuspended: boolean;
  readonly suspendReason: number | null;
  readonly lastReceivedMs: number | null;
  readonly lastHardenedMs: number | null;
  readonly lastRedoneMs: number | null;
  readonly lastCommitMs: number | null;
  readonly state: DatabaseCopy["state"];
}

/** Something that reaches block count `upTo` at world time `atMs`. */
export interface Progress {
  readonly upTo: number;
  readonly atMs: number;
}

/** Log under way from one side to the other. Counts are blocks of the sender's log. */
export interface Replication {
  /** The side log flows from; null while nothing flows. */
  from: ServerKey | null;
  sent: number;
  sendCreditKb: number;
  redoCreditKb: number;
  lastSentMs: number | null;
  arriving: Progress[];
  hardening: Progress[];
  redoing: Progress[];
  reports: { readonly report: SecondaryReport; readonly atMs: number }[];
  lastReportMs: number;
  lastReport: SecondaryReport | null;
  /** The side `reported` speaks of. */
  reporter: ServerKey | null;
  /** Null until the secondary has reported to the present primary. */
  reported: SecondaryReport | null;
  /** In synchronous mode: the secondary has caught up and every commit waits for it. */
  isSynchronized: boolean;
  /** Rows written on a synchronous primary whose commit the secondary has not confirmed yet; `block` is a block count. */
  unconfirmed: { readonly row: number; readonly block: number; readonly sessionId: number }[];
}

/** How the next FAILOVER goes wrong, as a fault says it. */
export interface FailoverFailure {
  /** Number of the SQL error the statement ends with, such as 47514 or 41131. */
  readonly error: number;
  /**
   * What has moved by then: `none`, the old roles stand; `half`, the old primary is SECONDARY and nobody is PRIMARY;
   * `all`, the roles have switched and only the answer is wrong.
   */
  readonly rolesMoved: "none" | "half" | "all";
}

/** How the client of the next FAILOVER loses its answer, `afterMs` of world time after the statement began. */
export interface LostAnswer {
  readonly afterMs: number;
  /**
   * `cut`: the connection is closed, and `failoverAfterLostConnection` says what becomes of the statement. `silence`: it
   * stays open, nothing passes on it any more, and the statement runs to its end.
   */
  readonly how: "cut" | "silence";
}

/** Faults that wait for the next role change and are forgotten with it. */
export interface NextFailover {
  failure: FailoverFailure | null;
  lostAnswer: LostAnswer | null;
  /** How much longer both sides stay RESOLVING, ms. */
  stallMs: number;
}

/** How often something happens that waits for a backup. */
export type Times = "never" | "once" | "each";

/** What strikes the backups of one server. */
export interface BackupFaults {
  /** How the sets come out that are written from now on. */
  damage: BackupRow["damage"];
  /** A backup on a device that hangs goes on when it works again. */
  device: "works" | "cannotOpen" | "writeFails" | "ioError" | "hangs";
  /** A user commits a row while a backup runs. */
  commitDuring: Times;
  /** A user commits a row that long after a backup has ended; 0: in the same moment. */
  commitAfter: { readonly times: Times; readonly afterMs: number };
}

/** Rows that a copy threw away, with the log that held them, to follow the other side's. */
export interface DiscardedRows {
  readonly server: ServerKey;
  readonly rows: readonly number[];
  readonly atMs: number;
}

/** How a role change ended. `done` is written when the roles have switched; the new primary may still be starting. */
export interface FailoverEnd {
  readonly number: number;
  readonly kind: "planned" | "forced";
  readonly to: ServerKey;
  readonly outcome: "done" | "failed" | "cancelled";
  /** What the statement ended with: after a fault also where the outcome is `done`. */
  readonly error: null | { readonly number: number; readonly text: string };
  readonly atMs: number;
}

/** A changing statement that reached the engine (not only its text): what the server was asked to carry out. */
export interface ChangeRecord {
  readonly server: ServerKey;
  readonly sessionId: number;
  readonly login: string;
  readonly atMs: number;
  /** Canonical T-SQL: `ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER`. */
  readonly text: string;
  outcome: "running" | "done" | "error" | "cancelled";
  error?: number;
}

/** One connection of the application, as the scenario describes it. */
export interface SessionPlan {
  readonly login: string;
  readonly host: string;
  readonly program: string;
  readonly hostProcessId: number;
  /** How long each of its transactions stays open before it commits, ms. */
  readonly openForMs: number;
  /** What it does when the workload is stopped: closes, stays connected without a transaction, or goes on writing. */
  readonly whenStopped: "leaves" | "staysIdle" | "goesOn";
  /** After KILL or a lost connection it connects again after this long. */
  readonly returnsAfterMs: number;
}
