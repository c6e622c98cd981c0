// A backup set as the world remembers it. Contract.
import type { LogBlock } from "./state.ts";

/** One backup set: its row in msdb, and what its files hold. */
export interface BackupRow {
  readonly database: string;
  readonly type: "D" | "I" | "L";
  readonly isCopyOnly: boolean;
  readonly name: string | null;
  readonly startMs: number;
  readonly finishMs: number;
  readonly firstLsn: string;
  readonly lastLsn: string;
  /** checkpoint_lsn of the full backup before it; "0" where there is none. */
  readonly databaseBackupLsn: string;
  /** The files it is spread over; `position` is its place among the sets in them, from 1. */
  readonly paths: readonly string[];
  readonly position: number;
  readonly mediaSetId: number;
  /** The fork it begins on: another one than it ends on where a forced failover lies within it, at `forkPointLsn`. */
  readonly firstForkGuid: string;
  readonly recoveryForkGuid: string;
  readonly forkPointLsn: string | null;
  readonly databaseGuid: string;
  recoveryModel: "FULL" | "SIMPLE";
  readonly beginsLogChain: boolean;
  readonly hasChecksums: boolean;
  /** `flagged`: written with known damage, which msdb tells; `unreadable`: its file went bad, which only reading it tells. */
  damage: "none" | "flagged" | "unreadable";
  /** False once its files are overwritten or gone; msdb still lists it. */
  isOnMedia: boolean;
  /** False where msdb knows nothing of it: another tool took it, or its history was deleted. */
  isListed: boolean;
  /** What it can bring back: of a full one all log redone into the database, of a log backup the log in it. */
  readonly blocks: readonly LogBlock[];
}
