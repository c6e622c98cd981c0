// The plan: one plain value that screen, executor and script read. Contract. No clock, no chance, no functions, no secrets.
import type { ForcedDespite, GateSettings } from "../choices/choices.ts";
import type { AvailabilityMode, EndpointCertificate, Role, Side } from "../estate/estate.ts";
import type { SaveMethod } from "../repair/copy-to-save.ts";
import type { AzureRequest, PlannedAzure } from "./azure-request.ts";

export type Environment = "practice" | "test" | "production";

export interface Plan {
  readonly formatVersion: 3;
  /** The last two move nothing: what a link left behind, and what the instance is used for. */
  readonly kind:
    | "plannedFailover"
    | "forcedFailover"
    | "repair"
    | "offlineFailBack"
    | "cleanUp"
    | "hybridBenefit";
  readonly environment: Environment;
  readonly link: PlannedLink;
  readonly box: PlannedServer;
  readonly instance: PlannedServer;
  readonly from: Side;
  readonly to: Side;
  /**
   * What changes who is primary: FAILOVER, the end of the link in its place, FORCE, or a primary that is made secondary.
   * `restore`: no role; a backup becomes a database of SQL Server's own.
   */
  readonly move: "failover" | "delete" | "force" | "demote" | "restore" | "none";
  readonly keepLink: boolean;
  /**
   * How the old copy is kept from being written after the link is gone: by a step of this plan, by a script that is left for
   * the operator, or not at all.
   */
  readonly closeOldCopy: "no" | "step" | "script";
  /** Null for a plan that asks nothing of Azure. */
  readonly azure: PlannedAzure | null;
  readonly budgetSeconds: number | null;
  /** What a forced failover gives up, as the operator was told it; null for a failover that gives nothing up. */
  readonly loss: readonly string[] | null;
  /** Why it is forced although something speaks against it, as typed; null where nothing was asked. */
  readonly reason: string | null;
  /** One sentence: what moves where, what stays, whether there is a way back. */
  readonly summary: string;
  /** Warnings the operator saw when approving, sorted; a run refuses on any other warning. */
  readonly acceptedWarnings: readonly { readonly check: string; readonly where: Side | "both" }[];
  readonly steps: readonly Step[];
}

export interface PlannedLink {
  /** Distributed availability group; of an offline fail back without a link, the database. */
  readonly name: string;
  readonly databases: readonly string[];
  /** Names of the two availability groups as sys.availability_replicas lists them; empty where the link is gone. */
  readonly boxGroup: string;
  readonly instanceGroup: string;
  /** group_id of the distributed group as each side tells it: a link made anew under the same name is another link. */
  readonly groupIds: Readonly<Record<Side, string | null>>;
  /** The partner each side replicates with (endpoint_url of its remote row); null where not visible. */
  readonly partnerEndpointUrls: Readonly<Record<Side, string | null>>;
}

/** Who the server is; part of what is approved, so that a plan cannot run against another one. */
export interface PlannedServer {
  readonly serverName: string;
  readonly address: string;
  /** Null, like the two below, for a server that was not read: the one that is gone in a forced failover. */
  readonly productVersion: string | null;
  readonly edition: string | null;
  readonly engineEdition: number | null;
}

/**
 * The role a side must show; `absent`: it has no such link any more; `any`: its role says nothing at this point; `unasked`: it
 * may be gone, and need not answer.
 */
export type ExpectedRole = Role | "absent" | "any" | "unasked";

/** Data of one action; its sentence, statement and probe live in the action's file. */
export type Action =
  /** AVAILABILITY_MODE of both ends of the distributed group, as SQL Server's side tells and sets it. */
  | { readonly kind: "setCommitMode"; readonly modes: readonly CommitModeChange[] }
  /** The same on the instance's side: PATCH of replicationMode. */
  | { readonly kind: "setReplicationMode"; readonly mode: "Sync"; readonly previous: "Async" }
  | { readonly kind: "waitForGate"; readonly primary: Side; readonly gate: GateSettings }
  | {
      readonly kind: "failover";
      readonly group: string;
      readonly primary: Side;
      readonly by: "tsql" | "arm";
    }
  | {
      readonly kind: "verifyRoles";
      readonly roles: Readonly<Record<Side, Role>>;
      readonly readWriteOn: Side;
    }
  | {
      readonly kind: "allowSecondaryConnections";
      readonly group: string;
      readonly replica: string;
      /** What it was before; the undo sets it again. */
      readonly previous: "NO" | "READ_ONLY" | null;
    }
  /** The service's own first full backup on the instance; before it the link must not be removed. */
  | { readonly kind: "waitForFullBackup"; readonly databases: readonly string[] }
  /** DELETE of the link. `onlyWhile` says what must hold directly before it. */
  | { readonly kind: "removeLink"; readonly onlyWhile: RemovalCondition }
  | { readonly kind: "dropDistributedGroup"; readonly group: string }
  /** `since`: what its log positions are compared with, where that is known: the last reading of the gate. */
  | {
      readonly kind: "lookAtOldCopy";
      readonly side: Side;
      readonly databases: readonly string[];
      readonly since: "gate" | "itself";
      readonly seconds: number;
    }
  | { readonly kind: "dropGroup"; readonly group: string }
  | { readonly kind: "setReadOnly"; readonly database: string }
  | { readonly kind: "verifyRemoved"; readonly groupStays: boolean }
  /** The secondary is read once more before it is forced: a primary that shows itself alive, unless that was accepted, ends the run. */
  | {
      readonly kind: "lookBeforeForce";
      readonly side: Side;
      readonly databases: readonly string[];
      readonly seconds: number;
      readonly despite: readonly ForcedDespite[];
    }
  | {
      readonly kind: "force";
      readonly group: string;
      readonly side: Side;
      readonly by: "tsql" | "arm";
      /** Nothing may have arrived for this long directly before, by its own connection; null where an alive primary was accepted. */
      readonly silentSeconds: number | null;
    }
  /** Only the new primary is asked: the old one may be gone. */
  | { readonly kind: "verifyForced"; readonly side: Side; readonly databases: readonly string[] }
  /** No session of an application may have written on the old primary for a while. */
  | {
      readonly kind: "waitForNoWriters";
      readonly side: Side;
      readonly databases: readonly string[];
      readonly seconds: number;
    }
  /** A backup of what only this copy holds. `attempt` 2: only where the log moved while the first ran. */
  | {
      readonly kind: "saveCopy";
      readonly side: Side;
      readonly database: string;
      readonly method: SaveMethod;
      readonly to: string;
      readonly attempt: 1 | 2;
    }
  /** The old primary gives up its role. `covered`: the backups that hold what only it has. */
  | {
      readonly kind: "demote";
      readonly group: string;
      readonly side: Side;
      readonly by: "tsql" | "arm";
      readonly roleChangeType: "Forced" | "Planned";
      readonly covered: readonly CoveredCopy[];
    }
  /** The instance's backup becomes a database of SQL Server: the newest of `covered.by` that is proved to hold everything. */
  | {
      readonly kind: "restoreCopy";
      readonly as: string;
      readonly covered: CoveredCopy;
      readonly files: readonly RestoredFile[];
    }
  /** The restored database is read back, and the instance's once more: nothing was written there meanwhile. */
  | { readonly kind: "verifyRestored"; readonly as: string; readonly covered: CoveredCopy }
  /** Where data movement is suspended after a role was forced, it is resumed; elsewhere nothing is sent. */
  | { readonly kind: "resumeData"; readonly side: Side; readonly database: string }
  /** What a link that is gone left behind. */
  | { readonly kind: "dropEndpoint"; readonly endpoint: string }
  | {
      readonly kind: "dropCertificate";
      readonly certificate: string;
      readonly use: EndpointCertificate["use"];
    }
  /** `isStartup`: SQL Server turns it on again when it starts. */
  | { readonly kind: "turnOffTraceFlag"; readonly flag: number; readonly isStartup: boolean }
  | { readonly kind: "removeTrustCertificate"; readonly certificate: string }
  /** PATCH of the instance's hybridSecondaryUsage. */
  | {
      readonly kind: "setHybridUsage";
      readonly usage: "Active" | "Passive";
      readonly previous: "Active" | "Passive";
      readonly instanceRole: Role;
    }
  /** After a link that was deleted because its primary is gone: only the instance and Azure are asked. */
  | { readonly kind: "verifyAlone"; readonly databases: readonly string[] }
  /** What a database that has moved for good leaves to do where it is now. */
  | { readonly kind: "checkMigration"; readonly databases: readonly string[] };

/** The backups that may hold a copy's last commit; `isPositionKnown`: whether last_commit_lsn told where that is. */
export interface CoveredCopy {
  readonly database: string;
  readonly by: readonly string[];
  readonly isPositionKnown: boolean;
}

/** A file of the backup by its logical name, and where SQL Server is to keep it. */
export interface RestoredFile {
  readonly logicalName: string;
  readonly to: string;
}

/**
 * `rolesAreSeen`: SQL Server has become primary, and the service has no backup chain to begin. `nothingArrives`: SQL Server is
 * gone, and the link cannot be forced (failoverMode None). `bothArePrimary`: a split brain that ends as two databases.
 */
export type RemovalCondition =
  "gateIsOpen" | "backupIsSeen" | "rolesAreSeen" | "nothingArrives" | "bothArePrimary";

/** One replica of the distributed group, by its name as SQL Server lists it (19508 where it has no such name). */
export interface CommitModeChange {
  readonly replica: string;
  readonly previous: AvailabilityMode;
}

export interface Step {
  /** Stable and readable: '1-wait-for-gate'. */
  readonly id: string;
  readonly title: string;
  /** Where it acts; `both` for a step that only reads both sides, `azure` for a request to Azure Resource Manager. */
  readonly runsOn: Side | "both" | "azure";
  /** Why there, for reading only. */
  readonly why: string;
  /** Roles both sides must show directly before it; otherwise the run stops and nothing is sent. */
  readonly rolesBefore: Readonly<Record<Side, ExpectedRole>>;
  readonly action: Action;
  /**
   * The T-SQL it sends, exactly, and the same text the script holds: ONE guarded batch that checks on the very connection
   * that acts (server name, version, local group PRIMARY on SQL Server, distributed group's group_id and own role as planned,
   * database context master), THROWs 50001-50009 when something differs (then nothing was changed), and acts by EXEC(N'...').
   * Absent for a step that only reads.
   */
  readonly statement?: string;
  /** What it asks of Azure Resource Manager, exactly; absent for every other step. */
  readonly request?: AzureRequest;
  /** What is sent in place of the request where Azure refuses it for want of a right (403): nothing was begun then. */
  readonly instead?: { readonly runsOn: Side; readonly statement: string };
  /** What takes it back while the run is still before its point of no return. Absent: nothing to take back. */
  readonly takeBack?: { readonly statement: string } | { readonly request: AzureRequest };
  /** How it is seen that it is done, for reading; the probe is the action's. */
  readonly doneWhen: string;
  readonly undo: Undo;
  readonly safeToStopAfter: boolean;
  /** `warn`: its failure leaves a succeeded run with a warning. */
  readonly onFailure: "stopRun" | "warn";
}

/** A step that only reads may be done again at any time. */
export function onlyReads({ statement, request }: Step): boolean {
  return statement === undefined && request === undefined;
}

export type Undo =
  | { readonly kind: "changesNothing" }
  | { readonly kind: "undoable"; readonly how: string }
  | { readonly kind: "undoableAtCost"; readonly how: string; readonly cost: string }
  | { readonly kind: "irreversible"; readonly why: string };
