// What was seen of both servers of a link, each fact with its side and time. Plain data; contract of every room after it.
import type { Problem } from "../errors/app-error.ts";
import type { AzureFact } from "./azure-fact.ts";

/** `box` is SQL Server (Microsoft's own word in the link's API), `instance` the managed instance. */
export type Side = "box" | "instance";
export type Role = "PRIMARY" | "SECONDARY" | "RESOLVING";
export type AvailabilityMode = "ASYNCHRONOUS_COMMIT" | "SYNCHRONOUS_COMMIT" | "CONFIGURATION_ONLY";

/** A failed or forbidden read is never an empty list. `permission` is the one that was missing. */
export type Fact<T> =
  | { readonly kind: "seen"; readonly value: T }
  | { readonly kind: "notAllowed"; readonly permission: string }
  | { readonly kind: "failed"; readonly problem: Problem };

/** One side of the estate. `at` is this tool's clock, ISO 8601 UTC. */
export type SideReading =
  | {
      readonly kind: "unreachable";
      readonly side: Side;
      readonly address: string;
      readonly at: string;
      readonly problem: Problem;
    }
  | {
      readonly kind: "seen";
      readonly side: Side;
      readonly address: string;
      readonly at: string;
      readonly facts: SideFacts;
    };

export interface Estate {
  readonly box: SideReading;
  readonly instance: SideReading;
  /** What Azure tells of the instance; absent, like `notAsked`, where nobody is signed in. */
  readonly azure?: AzureFact;
}

export interface SideFacts {
  readonly server: ServerIdentity;
  readonly rights: Rights;
  /** Every availability group, distributed or not, with its replicas. */
  readonly groups: Fact<readonly AvailabilityGroup[]>;
  /** sys.dm_hadr_database_replica_states. */
  readonly replicaDatabases: Fact<readonly ReplicaDatabase[]>;
  readonly databases: Fact<readonly Database[]>;
  /** Open transactions that write, of any database of an availability group. */
  readonly writers: Fact<readonly WritingSession[]>;
  readonly backups: Fact<readonly LastBackup[]>;
  readonly certificates: Fact<readonly EndpointCertificate[]>;
  readonly seeding: Fact<readonly Seeding[]>;
}

export interface ServerIdentity {
  readonly serverName: string;
  /** SERVERPROPERTY('ProductVersion'), e.g. 16.0.4195.2. */
  readonly productVersion: string;
  readonly productUpdateType: string | null;
  readonly edition: string;
  /** 8 = managed instance; 2 Standard, 3 Enterprise/Developer/Evaluation, 4 Express. */
  readonly engineEdition: number;
  /** SYSDATETIMEOFFSET() as text, with the server's own zone. */
  readonly serverTime: string;
}

/** HAS_PERMS_BY_NAME and IS_SRVROLEMEMBER of the login in use; null = the server does not know that permission. */
export interface Rights {
  readonly login: string;
  readonly isSysadmin: boolean;
  readonly viewAnyDefinition: boolean;
  readonly viewServerState: boolean;
  readonly viewServerPerformanceState: boolean | null;
  readonly alterAnyAvailabilityGroup: boolean;
  readonly controlServer: boolean;
}

export interface AvailabilityGroup {
  readonly groupId: string;
  readonly name: string;
  readonly isDistributed: boolean;
  /** sys.dm_hadr_availability_group_states.primary_replica; null where not told. */
  readonly primaryReplica: string | null;
  readonly replicas: readonly Replica[];
}

/** A row of sys.availability_replicas with its sys.dm_hadr_availability_replica_states row; state columns null where there is none. */
export interface Replica {
  readonly replicaId: string;
  /** In a distributed group: the name of the availability group, not of a server. */
  readonly replicaServerName: string;
  readonly endpointUrl: string | null;
  readonly availabilityMode: AvailabilityMode;
  readonly secondaryRoleAllowConnections: "NO" | "READ_ONLY" | "ALL" | null;
  readonly isLocal: boolean | null;
  readonly role: Role | null;
  readonly connectedState: "CONNECTED" | "DISCONNECTED" | null;
  readonly synchronizationHealth: "NOT_HEALTHY" | "PARTIALLY_HEALTHY" | "HEALTHY" | null;
  readonly lastConnectErrorNumber: number | null;
  readonly lastConnectErrorDescription: string | null;
}

/** A row of sys.dm_hadr_database_replica_states. LSNs are decimal digits without leading zeros, sizes KB, rates KB/s. */
export interface ReplicaDatabase {
  readonly databaseId: number;
  readonly databaseName: string;
  readonly groupId: string;
  readonly replicaId: string;
  readonly isLocal: boolean;
  readonly isPrimaryReplica: boolean | null;
  readonly synchronizationState: string | null;
  readonly synchronizationHealth: string | null;
  readonly databaseState: string | null;
  readonly isSuspended: boolean | null;
  readonly suspendReason: string | null;
  readonly endOfLogLsn: string | null;
  readonly lastHardenedLsn: string | null;
  readonly lastReceivedLsn: string | null;
  readonly lastCommitLsn: string | null;
  readonly lastRedoneLsn: string | null;
  readonly logSendQueueKb: number | null;
  readonly redoQueueKb: number | null;
  readonly logSendRateKbPerSecond: number | null;
  readonly redoRateKbPerSecond: number | null;
  readonly secondaryLagSeconds: number | null;
  /** datetime as text, in this server's own zone: no zone in the value. */
  readonly lastReceivedTime: string | null;
  /** datetime as text, in the zone of the server that wrote it: no zone in the value. */
  readonly lastCommitTime: string | null;
}

export interface Database {
  readonly databaseId: number;
  readonly name: string;
  readonly state: string;
  /** DATABASEPROPERTYEX(name, 'Updateability'). */
  readonly updateability: "READ_ONLY" | "READ_WRITE" | null;
  readonly recoveryModel: string;
  readonly logReuseWait: string;
  readonly isEncrypted: boolean;
  readonly isInAvailabilityGroup: boolean;
}

/** A transaction that has written to the database: database_transaction_begin_lsn is not NULL (design: Writing session). */
export interface WritingSession {
  readonly databaseName: string;
  readonly transactionId: string;
  /** `unknown`: could not be classified (no session row, rights missing); it counts as a writer. Only proved system ones do not. */
  readonly origin: "user" | "distributed" | "system" | "unknown";
  /** Absent for a distributed transaction without a session. */
  readonly session?: {
    readonly sessionId: number;
    readonly login: string;
    readonly host: string | null;
    readonly program: string | null;
    readonly loginTime: string;
    readonly hostProcessId: number | null;
  };
  readonly since: string | null;
  readonly logBytes: number | null;
}

export interface LastBackup {
  readonly databaseName: string;
  readonly type: "D" | "I" | "L";
  readonly isCopyOnly: boolean;
  /** datetime as text, in the server's own zone. */
  readonly finishedAt: string;
  /** Seconds between finishedAt and the server's own clock at the reading. */
  readonly ageSeconds: number;
}

export interface EndpointCertificate {
  readonly name: string;
  readonly use: "endpoint" | "partner" | "authority";
  /** datetime as text. */
  readonly expiryDate: string;
  readonly daysLeft: number;
}

export interface Seeding {
  readonly databaseName: string;
  readonly state: string;
  readonly transferredBytes: number | null;
  readonly databaseBytes: number | null;
}
