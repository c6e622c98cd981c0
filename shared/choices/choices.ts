// What the operator picked: plain data, part of what is approved. Contract.
import type { Side } from "../estate/estate.ts";
import type { SavePlace } from "../repair/save-target.ts";

/** Product default: design, *Ready to fail over*. */
export interface GateSettings {
  /** Equal and quiet for this long opens the gate, with at least `leastReadings` readings. */
  readonly stableSeconds: number;
  readonly leastReadings: number;
  /** Both sides of a reading must answer within this time of each other. */
  readonly maxSpreadMs: number;
  /** Commit LSN behind with an unmoved primary and empty queues for this long: the fallback is looked at. */
  readonly patienceSeconds: number;
  readonly fallbackSeconds: number;
  /** The run gives up waiting at the gate after this long (outcome notReady); null waits until stopped. */
  readonly giveUpSeconds: number | null;
  /** The operator ticked: "the engine itself waits and refuses (47514-47516); our proof is missing". */
  readonly acceptUnproved: boolean;
  /**
   * A DELETE that replaces a failover follows, and no engine checks anything before it: the fallback then counts only with
   * both last_hardened_lsn known, and there is no tick.
   */
  readonly beforeDelete: boolean;
}

/** What happens to the link after the move. */
export interface RemovalChoices {
  /** SQL Server's local availability group is dropped too, after the distributed one. */
  readonly dropGroup: boolean;
  /** The old primary's copy is kept from being written, as far as a step can do that; else a script is left for it. */
  readonly keepOldCopyClosed: boolean;
  /** "Afterwards both copies can be written and are independent": ticked where the wizard asks for it. */
  readonly understood: boolean;
}

export interface PlannedFailoverChoices {
  readonly kind: "plannedFailover";
  readonly linkName: string;
  /** The side that is to become primary. */
  readonly to: Side;
  readonly keepLink: boolean;
  /** Read only where the link does not stay. */
  readonly removal: RemovalChoices;
  /** How an instance is asked to fail over; SQL Server is asked by T-SQL alone. */
  readonly failoverBy: "tsql" | "arm";
  /** Past it everything done so far is undone, as long as neither FAILOVER nor DELETE has begun; null: no budget. */
  readonly budgetSeconds: number | null;
  readonly gate: GateSettings;
  /**
   * SSMS's last task: SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL) on SQL Server after it became secondary. Says nothing in a
   * failover to SQL Server: ask `letsCopyBeRead`.
   */
  readonly letSqlServerBeRead: boolean;
}

export type Choices = PlannedFailoverChoices;

/** What speaks against forcing: `alive` and `suspended` need a typed reason, `working` that the operator goes on. */
export type ForcedDespite = "alive" | "suspended" | "working";

export interface ForcedFailoverChoices {
  readonly kind: "forcedFailover";
  readonly linkName: string;
  /** The side that is to become primary, whatever the other one holds. */
  readonly to: Side;
  /** How a managed instance is asked; SQL Server is asked by T-SQL alone. */
  readonly failoverBy: "tsql" | "arm";
  /** What it is forced despite of; needs `reason`. */
  readonly despite: readonly ForcedDespite[];
  /** As typed; null where nothing asked for it. */
  readonly reason: string | null;
}

/** Two primaries, or none: which copy goes on, and where what the other one holds is saved before it is given up. */
export interface RepairChoices {
  readonly kind: "repair";
  readonly linkName: string;
  /** The side that is or becomes the only primary. */
  readonly survivor: Side;
  /** `rejoin`: the other side follows it again. `alone`: the link is deleted, and both copies stay, independent. */
  readonly ending: "rejoin" | "alone";
  /** Where each side's copy is saved; null: that side's copy is not saved, which only a link without a primary allows. */
  readonly saveTo: Readonly<Record<Side, SavePlace | null>>;
  /** How a managed instance is asked to become secondary; SQL Server is asked by T-SQL alone. */
  readonly demoteBy: "tsql" | "arm";
  /** Which of the two is right after a forced failover is not documented ("Set Role", Azure SQL's REST reference). */
  readonly roleChangeType: "Forced" | "Planned";
  /** Why nobody can write to the old primary, as typed: only then a log that moves by backups alone is taken for theirs. */
  readonly writersStopped: string | null;
}

/** A database comes back from the instance by backup and restore; a link between the two may be there or gone. */
export interface OfflineFailBackChoices {
  readonly kind: "offlineFailBack";
  /** Undefined: the link's only one. */
  readonly database: string | undefined;
  /** URL of the container for the backup. */
  readonly backupTo: string;
  /** A folder of SQL Server for the files of the restored database. */
  readonly restoreTo: string;
  /** Its name on SQL Server; undefined: the old one with `_failback`. */
  readonly restoreAs: string | undefined;
  /** Under the name that it has on the instance, and that name typed; null: not asked for. */
  readonly overOldName: { readonly typed: string | null } | null;
  /** Why nobody can write on the instance, as typed: as in `RepairChoices`. */
  readonly writersStopped: string | null;
  /** Read only where the link still carries the log to SQL Server. */
  readonly gate: GateSettings;
}

/** No session may have written for this long before the old primary is saved, s. */
export const quietSeconds = 10;
/** What is to be removed of what a link that is gone has left behind. */
export interface CleanUpChoices {
  readonly kind: "cleanUp";
  /** The link that is gone. */
  readonly linkName: string;
  /** Keys of leftovers; none unless it was chosen. */
  readonly remove: readonly string[];
}

/** What the instance's owner says that it is used for, which its licence is reckoned by. */
export interface HybridBenefitChoices {
  readonly kind: "hybridBenefit";
  readonly linkName: string;
  readonly usage: "Active" | "Passive";
  /** "I confirm that this replica is passive: …" */
  readonly isPassiveConfirmed: boolean;
}

/** What moves nothing. */
export type TaskChoices = CleanUpChoices | HybridBenefitChoices;

/** What the wizard may ask for. */
export type FailoverChoices = PlannedFailoverChoices | ForcedFailoverChoices;

/** Whether SQL Server's copy is to be opened for reading: only where SQL Server becomes and stays secondary. */
export function letsCopyBeRead({ to, keepLink, letSqlServerBeRead }: Choices): boolean {
  return to === "instance" && keepLink && letSqlServerBeRead;
}

export const defaultRemoval: RemovalChoices = {
  dropGroup: false,
  keepOldCopyClosed: true,
  understood: false,
};

/** Ten minutes: long enough for a gate to open, short enough for synchronous commit to be borne. */
export const defaultBudgetSeconds = 600;

export const defaultGateSettings: GateSettings = {
  stableSeconds: 5,
  leastReadings: 5,
  maxSpreadMs: 2000,
  patienceSeconds: 60,
  fallbackSeconds: 30,
  giveUpSeconds: null,
  acceptUnproved: false,
  beforeDelete: false,
};

/** What is chosen where nobody says anything else. */
export const defaultChoices: Omit<PlannedFailoverChoices, "linkName" | "to"> = {
  kind: "plannedFailover",
  keepLink: true,
  removal: defaultRemoval,
  failoverBy: "tsql",
  budgetSeconds: defaultBudgetSeconds,
  gate: defaultGateSettings,
  letSqlServerBeRead: true,
};
