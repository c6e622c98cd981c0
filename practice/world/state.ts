// The truth of the practice world as plain data: two servers, one link, a log, a workload. Contract.
import type {
  BackupFaults,
  ChangeRecord,
  DiscardedRows,
  EngineLimits,
  FailoverEnd,
  FailoverFailure,
  NextFailover,
  Replication,
  SessionPlan,
} from "./engine-state.ts";
import type { BackupRow } from "./backup-set.ts";
import type { LinkOperation } from "./link-operation.ts";
import type { Surroundings } from "./surroundings.ts";

/** Which server: SQL Server ("box", Microsoft's own word in the link API) or the managed instance. */
export type ServerKey = "box" | "instance";
export type Role = "PRIMARY" | "SECONDARY" | "RESOLVING";

/** A further replica of a side's local availability group. */
export interface LocalNode {
  readonly name: string;
  readonly replicaId: string;
  secondaryAllowConnections: "NO" | "READ_ONLY" | "ALL";
}

/** What design and documents call unknown: named, with both answers, so that both are rehearsed. */
export interface WorldSettings {
  /** What last_hardened_lsn of a secondary names: the block after the last hardened one, or that block. */
  readonly hardenedLsn: "nextBlock" | "sameBlock";
  /** What end_of_log_lsn names: the last block of the log, or the next one to be written. */
  readonly endOfLogLsn: "lastBlock" | "nextBlock";
  /** last_hardened_lsn of the primary's own row: NULL (asynchronous commit), or a value of the same column rule. */
  readonly primaryHardened: "null" | "value";
  /** last_commit_lsn after a restart, until the next commit is written or redone there. */
  readonly commitLsnAfterRestart: "kept" | "zero" | "null";
  /** System commits (Query Store flush, log backup): none move last_commit_lsn; counted on both sides; only on the primary. */
  readonly systemCommits: "none" | "counted" | "primaryOnly";
  /** Whether a BACKUP moves the database's last_commit_lsn. */
  readonly backupCommits: "yes" | "no";
  /** BACKUP of a copy that is SECONDARY and follows nobody: 3062, as of any group's, or carried out (unknown for a link). */
  readonly secondaryBackup: "whenFollowing" | "always";
  /** What a running FAILOVER does when its connection is lost. */
  readonly failoverAfterLostConnection: "continues" | "cancelled";
  /** Which DAG and local rows sys.dm_hadr_database_replica_states shows on each side. */
  readonly ownRow: "dagRow" | "dagRowWithoutCommitLsn" | "localRowOnly";
  /** How Azure takes a change of the link: 202 and an address to ask at, or the answer itself when it is done. */
  readonly linkOperationAnswer: "accepted" | "direct";
  /** Whether Azure-AsyncOperation comes beside Location. */
  readonly azureAsyncOperation: "none" | "both";
  /** Which name the refusal has for a failover in the instance's wrong role: the specification's, or the one seen live. */
  readonly failoverRoleCode: "specified" | "observed";
  /** With two primaries after a forced failover: the roleChangeType that setRole takes to demote the instance. */
  readonly demotionAfterForced: "either" | "forced" | "planned";
  /** Whether asking after an operation needs a right of its own. */
  readonly operationReadRight: "notNeeded" | "needed";
  /** How long a killed session rolls its open transaction back: not to be noticed, or as long as it has been open. */
  readonly rollbackAfterKill: "atOnce" | "asLongAsTheWork";
}

/** One log block: 25-digit LSNs are virtual log file * 10^15 + block * 10^5 + slot. */
export interface LogBlock {
  readonly virtualLogFile: number;
  readonly block: number;
  readonly sizeKb: number;
  /** World time at which it was flushed on the primary, ms. */
  readonly writtenAtMs: number;
  /** KB of log from the beginning of the world's log to the end of this block. */
  readonly endKb: number;
  /** Commits in it, in order. */
  readonly commits: readonly LogCommit[];
}

/** `row` is the workload's row number, absent for a commit of the system; `by` says who committed. */
export interface LogCommit {
  readonly slot: number;
  readonly row?: number;
  readonly by: "workload" | "system" | "backup";
}

/** A recovery fork that was left at `atLsn`, and the one that it had left itself. */
export interface ForkLeft {
  readonly guid: string;
  readonly atLsn: string;
  readonly before: ForkLeft | null;
}

/** One side's copy of the database. Positions are indexes into that side's own `log` (count of blocks reached). */
export interface DatabaseCopy {
  readonly log: LogBlock[];
  /** Blocks received over the network, hardened on disk, redone. On the primary all equal log.length. */
  received: number;
  hardened: number;
  redone: number;
  /** The own last commit as the DMV would tell it, after restarts: index of block and slot, or what the setting leaves. */
  commitKnown: "kept" | "zero" | "null";
  /** Last commit written (primary) or redone (secondary) here that the settings count; 25 digits. Shown by replicaRows. */
  lastCommitLsn: string;
  isSuspended: boolean;
  suspendReason: number | null;
  state: "ONLINE" | "RESTORING" | "RECOVERING";
  updateability: "READ_ONLY" | "READ_WRITE";
  lastReceivedMs: number | null;
  lastHardenedMs: number | null;
  lastRedoneMs: number | null;
  lastCommitMs: number | null;
  recoveryForkGuid: string;
  /** The fork that the present one left; null on the first one. */
  forkedFrom: ForkLeft | null;
  /** When the log chain was broken: no backup before it counts for the chain. Null: it is whole. */
  chainBrokenMs: number | null;
}

/**
 * A connection of an application, or a system task, that may have a transaction open. Real TDS sessions are kept by
 * practice/server. Session ids here are 201 and higher for applications, below 50 for system tasks.
 */
export interface WorkloadSession {
  readonly sessionId: number;
  readonly login: string;
  readonly host: string;
  readonly program: string;
  readonly hostProcessId: number;
  readonly loginTimeMs: number;
  readonly isUserProcess: boolean;
  /** Index into `workload.sessions`; null for a system task. */
  readonly planIndex: number | null;
  /** When the next transaction begins, and when the open one commits; world ms. */
  nextBeginMs: number;
  commitAtMs: number | null;
  /** Set while a transaction has written. */
  openTransaction: null | {
    readonly transactionId: number;
    readonly beganMs: number;
    readonly beginLsn: string;
    logBytes: number;
  };
  /** Set from KILL until the open transaction is undone; then the session is gone. */
  rollingBack: null | { readonly beganMs: number; readonly endsMs: number };
}

/** What a server shows at a storage account, by the container's address. */
export interface Credential {
  readonly id: number;
  readonly name: string;
  readonly identity: string;
  readonly secret: string | null;
  readonly createdMs: number;
}

/** A database somebody restored beside the linked one. It stands still: nobody writes to it. */
export interface RestoredDatabase {
  readonly id: number;
  name: string;
  readonly guid: string;
  readonly createdMs: number;
  readonly files: readonly {
    readonly logicalName: string;
    readonly path: string;
    readonly type: string;
  }[];
  readonly blocks: readonly LogBlock[];
}

/** A server role somebody made. */
export interface ServerRole {
  readonly name: string;
  readonly principalId: number;
  /** The login that made it. */
  readonly owner: string;
  /** Logins, as they were written. */
  members: readonly string[];
}

export interface ServerState {
  readonly key: ServerKey;
  /** @@SERVERNAME / SERVERPROPERTY('ServerName'): 'SQLBOX01', 'sqlmi1.<zone>.database.windows.net'. */
  readonly name: string;
  readonly machineName: string;
  readonly productVersion: string;
  readonly productLevel: string;
  readonly productUpdateLevel: string | null;
  readonly productUpdateType: string | null;
  readonly edition: string;
  readonly engineEdition: number;
  /** 'GeneralPurpose' or 'BusinessCritical'; null on SQL Server. */
  readonly serviceTier: "GeneralPurpose" | "BusinessCritical" | null;
  readonly offsetMinutes: number;
  startedMs: number;
  /** Local availability group (on the instance: the platform's inner group). */
  readonly groupName: string;
  readonly groupId: string;
  /** `NONE`: a group without a cluster, as a link's wizard makes it. Before 2017 every group has one. */
  readonly clusterType: "WSFC" | "NONE";
  /** The other replicas of SQL Server's local group; those of an instance follow from its service tier. */
  readonly otherNodes: readonly LocalNode[];
  readonly replicaId: string;
  /** This side's replica in the distributed group. */
  readonly linkReplicaId: string;
  /** Role of this node in the local group; SECONDARY when the operator is connected to the wrong node. */
  localRole: Role;
  /** The node that is primary of the local group. */
  localPrimaryReplica: string;
  /** Role of this side in the distributed group, as this side believes. */
  linkRole: Role;
  linkDropped: boolean;
  localGroupDropped: boolean;
  secondaryAllowConnections: "NO" | "READ_ONLY" | "ALL";
  /** Commit mode this side stores for each member of the distributed group. */
  linkAvailabilityMode: {
    box: "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT";
    instance: "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT";
  };
  readonly copy: DatabaseCopy;
  readonly backups: BackupRow[];
  sessions: WorkloadSession[];
  /** endpoint_url this side stores for its partner in the link; null: the address of the other server of this world. */
  readonly partnerEndpointUrl: string | null;
  /** Permissions taken away from the practice login, by name, e.g. 'VIEW SERVER STATE'. Empty: sysadmin. */
  deniedPermissions: readonly string[];
  readonly endpointCertificateExpiryMs: number;
  /** False while a fault cuts clients off and while the server restarts. */
  reachable: boolean;
  /** The fault alone, without restarts. */
  isCutOff: boolean;
  /** The operator's clients can connect and send, and hear nothing. */
  isBlackhole: boolean;
  /** World time at which a restarting server answers again; null while it runs. */
  downUntilMs: number | null;
  /** World time at which the database is recovered after a restart; null when it is. */
  recoveringUntilMs: number | null;
  /** Rises by one with every restart and every `dropConnections`: client connections made before are cut. */
  connectionEpoch: number;
  /** When this side last heard the other over the link. Silent for SESSION_TIMEOUT: connected_state DISCONNECTED. */
  heardPartnerMs: number;
  /** Logins switched off by ALTER LOGIN ... DISABLE, lower case. */
  disabledLogins: string[];
  /** Made by CREATE SERVER ROLE; the fixed ones are the catalog's. */
  serverRoles: readonly ServerRole[];
  credentials: readonly Credential[];
  restored: readonly RestoredDatabase[];
  readonly surroundings: Surroundings;
}

export interface LinkSettings {
  readonly name: string;
  readonly groupId: string;
  readonly database: string;
  readonly databaseGuid: string;
  readonly groupDatabaseId: string;
  readonly failoverMode: "None" | "Manual";
  /** The side the link was made from: it seeded the other one. */
  readonly firstPrimary: ServerKey;
  /** Delay of the network one way, ms; rates in KB/s. */
  networkDelayMs: number;
  sendRateKbPerSecond: number;
  redoRateKbPerSecond: number;
  connected: boolean;
}

/** A role change under way. */
export interface FailoverInFlight {
  /** Counts the role changes of this world from 1. */
  readonly number: number;
  /** The server that got the statement. */
  readonly startedBy: ServerKey;
  /** The side that is to become primary. */
  readonly to: ServerKey;
  readonly kind: "planned" | "forced";
  /** The error a fault lets it end with; null for an ordinary one. */
  readonly failure: FailoverFailure | null;
  /** How much longer than usual it stays resolving, ms. */
  readonly stallMs: number;
  phase: "synchronizing" | "resolving" | "starting";
  readonly beganMs: number;
  phaseBeganMs: number;
}

export interface StatementRecord {
  readonly number: number;
  readonly server: ServerKey;
  readonly sessionId: number;
  readonly login: string;
  readonly receivedMs: number;
  readonly text: string;
  outcome: "running" | "done" | "error" | "cancelled";
  error?: number;
}

export interface WorldState {
  readonly settings: WorldSettings;
  readonly engine: EngineLimits;
  nowMs: number;
  readonly link: LinkSettings;
  /** The world of SQL Server's other link of the same database, whose `box` is the same server; null: there is none. */
  otherLink: WorldState | null;
  readonly box: ServerState;
  readonly instance: ServerState;
  failover: FailoverInFlight | null;
  readonly failoverEnds: FailoverEnd[];
  readonly nextFailover: NextFailover;
  readonly replication: Replication;
  /** The next row number the workload will commit; lower ones are written, and acknowledged as `acknowledgedRows` says. */
  nextRow: number;
  nextTransactionId: number;
  nextSessionId: number;
  workload: {
    running: boolean;
    /** Whether the application connects to the new primary by itself after a role change; else somebody repoints it. */
    readonly followsPrimary: boolean;
    /** Where the application connects to. */
    server: ServerKey;
    sessions: readonly SessionPlan[];
    /** When each of `sessions` may connect again, world ms. */
    readonly returnsAtMs: number[];
    /** The last moment at which it ran: now while it runs. */
    lastRanMs: number;
    nextSystemCommitMs: number;
    commitEveryMs: number;
    kbPerCommit: number;
    systemCommitEveryMs: number | null;
  };
  /** How long no side took writing, all together, ms of world time. */
  closedMs: number;
  /** Rows acknowledged to the application, with the world time of the acknowledgement, ms. */
  readonly acknowledgedRows: { readonly row: number; readonly atMs: number }[];
  readonly discarded: DiscardedRows[];
  readonly backupFaults: { readonly box: BackupFaults; readonly instance: BackupFaults };
  readonly statements: StatementRecord[];
  readonly changes: ChangeRecord[];
  /** What Azure was asked to do with the link and accepted. */
  readonly linkOperations: LinkOperation[];
  readonly automaticBackups: {
    /** A fault keeps the instance from backing up. */
    isHeld: boolean;
    /** Rises each time the instance begins to write on its own. */
    term: number;
  };
}
