// The rows msdb holds when the world begins: of the primary, and older ones of a side that was primary before.
import type { Scenario } from "../scenarios/scenario.ts";
import { firstBlock, lsn } from "./log.ts";
import type { BackupRow } from "./backup-set.ts";
import type { ServerKey } from "./state.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** Blocks of log in a day, roughly: only older positions have to be lower. */
const BLOCKS_PER_DAY = 1000;

/**
 * A full backup of the night and a log backup of a quarter of an hour ago on the primary; the same of the day before on a
 * side that was primary then. The other side's msdb knows nothing of it.
 */
export function initialBackups(
  scenario: Scenario,
  key: ServerKey,
  startMs: number,
  recoveryForkGuid: string,
): BackupRow[] {
  if (scenario.primary !== key && scenario.link.firstPrimary !== key) return [];
  const daysAgo = scenario.primary === key ? 0 : 1;
  const { database, databaseGuid } = scenario.link;
  const block = firstBlock(startMs);
  const before = (blocks: number): string =>
    lsn({ ...block, block: block.block - blocks - daysAgo * BLOCKS_PER_DAY });
  const common = {
    database,
    databaseGuid,
    recoveryForkGuid,
    firstForkGuid: recoveryForkGuid,
    forkPointLsn: null,
    isCopyOnly: false,
    name: null,
    position: 1,
    recoveryModel: "FULL",
    hasChecksums: true,
    damage: "none",
    isOnMedia: true,
    isListed: true,
    // What they hold is older than the world.
    blocks: [],
  } as const;
  const folder = key === "box" ? "X:\\Backup\\" : "https://backups.invalid/";
  const fullMs = startMs - 600 * MINUTE_MS - daysAgo * DAY_MS;
  const logMs = startMs - 15 * MINUTE_MS - daysAgo * DAY_MS;
  return [
    {
      ...common,
      type: "D",
      startMs: fullMs,
      finishMs: fullMs + 2 * MINUTE_MS,
      firstLsn: before(400),
      lastLsn: before(380),
      databaseBackupLsn: "0",
      beginsLogChain: false,
      mediaSetId: 1,
      paths: [`${folder}${database}.bak`],
    },
    {
      ...common,
      type: "L",
      startMs: logMs,
      finishMs: logMs + MINUTE_MS / 60,
      firstLsn: before(380),
      lastLsn: before(0),
      databaseBackupLsn: before(400),
      beginsLogChain: true,
      mediaSetId: 2,
      paths: [`${folder}${database}.trn`],
    },
  ];
}
