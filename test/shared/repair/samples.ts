// Copies and broken links for the tests of the repair.
import { findLinks } from "../../../shared/estate/find-links.ts";
import type { Estate } from "../../../shared/estate/estate.ts";
import type { LinkLook } from "../../../shared/estate/link-state.ts";
import type { RepairChoices } from "../../../shared/choices/choices.ts";
import type { BackupSet, CopyToSave } from "../../../shared/repair/copy-to-save.ts";
import type { RepairInput } from "../../../shared/repair/input.ts";
import {
  boxGroups,
  boxReading,
  estate,
  instanceGroups,
  instanceReading,
  names,
  seen,
} from "../estate/sample-estate.ts";

const fork = "AAAAAAAA-0000-0000-0000-000000000001";
const guid = "BBBBBBBB-0000-0000-0000-000000000002";

export function backupSet(changes: Partial<BackupSet> = {}): BackupSet {
  return {
    type: "D",
    isCopyOnly: false,
    firstLsn: "100",
    lastLsn: "200",
    databaseGuid: guid,
    recoveryForkGuid: fork,
    isDamaged: false,
    path: "C:\\backup\\full.bak",
    position: 1,
    ...changes,
  };
}

/** ONLINE, last commit 390, a full backup to 200 and log backups to 400 without a gap. */
export function copy(changes: Partial<CopyToSave> = {}): CopyToSave {
  return {
    database: names.database,
    state: "ONLINE",
    lastCommitLsn: "390",
    logEndLsn: "395",
    lastHardenedLsn: "392",
    databaseGuid: guid.toLowerCase(),
    recoveryForkGuid: fork,
    lastLogBackupLsn: "380",
    backups: [
      backupSet(),
      backupSet({ type: "L", firstLsn: "200", lastLsn: "300" }),
      backupSet({ type: "L", firstLsn: "300", lastLsn: "380" }),
    ],
    ...changes,
  };
}

const onlineDatabase = {
  databaseId: 5,
  name: names.database,
  state: "ONLINE",
  recoveryModel: "FULL",
  logReuseWait: "NOTHING",
  isEncrypted: false,
  isInAvailabilityGroup: true,
} as const;

type Roles = "splitBrain" | "noPrimary" | "healthy";

/** The link as one reading shows it, read at a second of 10:00. */
export function broken(
  as: Roles,
  second: number,
  updateability: "READ_WRITE" | "READ_ONLY" = "READ_WRITE",
): LinkLook {
  const at = `2026-11-21T10:00:${String(second).padStart(2, "0")}.000Z`;
  const readings: Partial<Estate> = {
    box: {
      ...boxReading({
        groups: seen(boxGroups(as === "noPrimary" ? { own: { role: "SECONDARY" } } : {})),
      }),
      at,
    },
    instance: {
      ...instanceReading({
        groups: seen(instanceGroups(as === "splitBrain" ? { own: { role: "PRIMARY" } } : {})),
        databases: seen([{ ...onlineDatabase, updateability }]),
      }),
      at,
    },
  };
  const it = estate(readings);
  const link = findLinks(it).links[0];
  if (link === undefined) throw new Error("The sample has no link.");
  return { estate: it, link };
}

export const choices: RepairChoices = {
  kind: "repair",
  linkName: names.link,
  survivor: "instance",
  ending: "rejoin",
  saveTo: { box: { folder: "C:\\backup", stamp: "20261121T100000Z" }, instance: null },
  demoteBy: "tsql",
  roleChangeType: "Forced",
  writersStopped: null,
};

export function repairInput(changes: Partial<RepairInput> = {}): RepairInput {
  return {
    ...broken("splitBrain", 10),
    earlier: broken("splitBrain", 4),
    choices,
    copies: {
      box: { kind: "seen", copies: [copy()] },
      instance: { kind: "seen", copies: [copy()] },
    },
    ...changes,
  };
}
