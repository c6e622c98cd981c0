// A secondary's copy whose primary is silent, for tests that change one thing of it.
import type { TargetCopy } from "../../../shared/forced/target.ts";

export const silentCopy: TargetCopy = {
  database: "Adatum",
  states: ["ONLINE", "NOT SYNCHRONIZING"],
  isSeeding: false,
  isSuspended: false,
  suspendReason: null,
  lastReceivedLsn: "100",
  lastReceivedTime: "2026-11-21T20:00:00.000",
  lastHardenedLsn: "100",
  lastCommitLsn: "99",
  lastCommitTime: "2026-11-21T21:59:59.007",
  redoQueueKb: 0,
  azureConnectedState: null,
};
