// The rows msdb holds when the world begins: a full backup of last night and a log backup of a quarter of an hour ago.
import type { Scenario } from "../scenarios/scenario.ts";
import { firstBlock, lsn } from "./log.ts";
import type { BackupRow, ServerKey } from "./state.ts";

const MINUTE_MS = 60_000;

/** Only the first primary has backed up; the other side's msdb knows nothing of it. */
export function initialBackups(
  scenario: Scenario,
  key: ServerKey,
  startMs: number,
  recoveryForkGuid: string,
): BackupRow[] {
  if (scenario.primary !== key) return [];
  const { database, databaseGuid } = scenario.link;
  const block = firstBlock(startMs);
  const before = (blocks: number): string => lsn({ ...block, block: block.block - blocks });
  const common = { database, databaseGuid, recoveryForkGuid, isCopyOnly: false };
  const folder = key === "box" ? "X:\\Backup\\" : "https://backups.invalid/";
  const fullMs = startMs - 600 * MINUTE_MS;
  const logMs = startMs - 15 * MINUTE_MS;
  return [
    {
      ...common,
      type: "D",
      startMs: fullMs,
      finishMs: fullMs + 2 * MINUTE_MS,
      firstLsn: before(400),
      lastLsn: before(380),
      path: `${folder}${database}.bak`,
    },
    {
      ...common,
      type: "L",
      startMs: logMs,
      finishMs: logMs + MINUTE_MS / 60,
      firstLsn: before(380),
      lastLsn: lsn(block),
      path: `${folder}${database}.trn`,
    },
  ];
}
