// Every check, in the order in which they are shown.
import { certificates } from "./certificates.ts";
import type { Check, CheckInput } from "./check.ts";
import { connection } from "./connection.ts";
import { copyState } from "./copy-state.ts";
import { edition } from "./edition.ts";
import { encryption } from "./encryption.ts";
import { failoverMode } from "./failover-mode.ts";
import type { Finding } from "./finding.ts";
import { gate } from "./gate.ts";
import { health } from "./health.ts";
import { localNode } from "./local-node.ts";
import { logBackup } from "./log-backup.ts";
import { otherLinks } from "./other-links.ts";
import { reachable } from "./reachable.ts";
import { rights } from "./rights.ts";
import { roles } from "./roles.ts";
import { samePair } from "./same-pair.ts";
import { seeding } from "./seeding.ts";
import { suspension } from "./suspension.ts";
import { updatePolicy } from "./update-policy.ts";
import { version } from "./version.ts";
import { writingSessions } from "./writing-sessions.ts";

const checks: readonly Check[] = [
  reachable,
  roles,
  samePair,
  localNode,
  otherLinks,
  health,
  connection,
  suspension,
  copyState,
  version,
  updatePolicy,
  edition,
  encryption,
  failoverMode,
  rights,
  seeding,
  gate,
  writingSessions,
  logBackup,
  certificates,
];

/** What every check answers, in that order; a check never answers nothing. Pure. */
export function checkAll(input: CheckInput): readonly Finding[] {
  return checks.flatMap((check) => check(input));
}
