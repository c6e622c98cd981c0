// What a run is given from outside: the plan that was approved, the two servers, the clock, the disk.
import type { Side } from "../../shared/estate/estate.ts";
import type { TargetReading } from "../../shared/forced/target.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { CopyToSave } from "../../shared/repair/copy-to-save.ts";
import type { MigrationSeen } from "../../shared/run/migration-seen.ts";
import type { StatementConnection } from "../../shared/run/step-state.ts";
import type { PinnedSession } from "../sql/session.ts";
import type { FullBackups } from "../estate/read-full-backups.ts";
import type { OldCopy } from "../estate/read-old-copy.ts";
import type { AzureLink } from "./azure-link.ts";
import type { Clock } from "./clock.ts";
import type { LinkLock } from "./link-lock.ts";
import type { LinkLook } from "./link-look.ts";
import type { Recorder } from "./recorder.ts";
import type { SessionActivity } from "./session-activity.ts";

export interface RunTools {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly settings: RunSettings;
  /** When the run began, ms since 1970: its budget counts from here. */
  readonly startedAtMs: number;
  /** Both ends at once; a side that does not answer within the watch's time is `unseen`. Never rejects. */
  readonly look: () => Promise<LinkLook>;
  /** One more reading folded into the gate. Rejects only when `signal` aborts. */
  readonly readGate: (previous: GateState | undefined, signal?: AbortSignal) => Promise<GateState>;
  /** A connection of its own for one changing statement. Throws AppError: then nothing was sent. */
  readonly openPinned: (side: Side) => Promise<PinnedSession>;
  /** Both ends and the link's resource in Azure. Without a sign-in Azure is `unseen`. Never rejects. */
  readonly lookWithAzure: () => Promise<LinkLook>;
  /** Azure for this plan's link; undefined where nobody is signed in. */
  readonly azure: AzureLink | undefined;
  /** The instance's own clock, its role and its full backups of the plan's databases. Throws AppError. */
  readonly readFullBackups: () => Promise<FullBackups>;
  /** What a migration leaves to do on the instance. Throws AppError. */
  readonly readMigration: () => Promise<MigrationSeen>;
  /** The old primary's copy of every database. Throws AppError. */
  readonly readOldCopy: (side: Side) => Promise<OldCopy>;
  /** A side's copies as a repair saves them: positions, forks, backups. Throws AppError. */
  readonly readCopiesToSave: (side: Side) => Promise<readonly CopyToSave[]>;
  /** The logical names of the files in a backup, as SQL Server finds it. Throws AppError. */
  readonly readBackupFiles: (path: string) => Promise<readonly string[]>;
  /** One reading of the copy that is to take over. Throws AppError: nothing is concluded from silence. */
  readonly readTarget: () => Promise<TargetReading>;
  /** What became of the connection that carried a statement whose answer was lost. */
  readonly activity: (connection: StatementConnection) => Promise<SessionActivity>;
  readonly lock: LinkLock;
  /** "Finish the step in flight and start no more." Its reason is `windowClosed` where that asked for it. */
  readonly stop: AbortSignal;
}

/** Why a run is stopped that nobody looks at any more. */
export const windowClosed = "windowClosed";

/** Times of the run's own waiting, ms. None of them ever ends a statement that still works. */
export interface RunSettings {
  readonly lookEveryMs: number;
  /** A step in progress is written down at least this often, also when nothing changes. */
  readonly heartbeatMs: number;
  /** How long the roles, health states and Updateability may take after the statement's end, before the outcome is unknown. */
  readonly readBackPatienceMs: number;
  /**
   * Old roles for this long without a break, and nothing in flight: a lost statement did not happen. The same where the
   * server's error says to wait, or leaves open what was done.
   */
  readonly steadyAfterLostMs: number;
  /** The same after the engine said no in so many words. */
  readonly steadyAfterRefusalMs: number;
  /** New roles for this long while the statement still has no answer: the answer counts as lost. */
  readonly steadyWithoutAnswerMs: number;
  /** How long Azure may work on an operation before its outcome counts as unknown; it is asked again by a later start. */
  readonly operationPatienceMs: number;
  /** How long a setting of SQL Server's copy may take to be seen. */
  readonly settingPatienceMs: number;
}

export const defaultRunSettings: RunSettings = {
  lookEveryMs: 1_000,
  heartbeatMs: 5_000,
  readBackPatienceMs: 600_000,
  steadyAfterLostMs: 60_000,
  steadyAfterRefusalMs: 3_000,
  steadyWithoutAnswerMs: 30_000,
  operationPatienceMs: 7_200_000,
  settingPatienceMs: 30_000,
};
