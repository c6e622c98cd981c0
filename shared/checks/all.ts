// Every check, in the order in which they are shown.
import { certificates } from "./certificates.ts";
import { commitMode } from "./commit-mode.ts";
import type { Check, CheckInput } from "./check.ts";
import { connection } from "./connection.ts";
import { copyState } from "./copy-state.ts";
import { edition } from "./edition.ts";
import { encryption } from "./encryption.ts";
import { failoverMode } from "./failover-mode.ts";
import type { Finding } from "./finding.ts";
import { gate } from "./gate.ts";
import { health } from "./health.ts";
import { linkRights } from "./link-rights.ts";
import { localNode } from "./local-node.ts";
import { logBackup } from "./log-backup.ts";
import { oneDatabase } from "./one-database.ts";
import { otherLinksOfGroup } from "./other-links-of-group.ts";
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
  otherLinksOfGroup,
  oneDatabase,
  health,
  connection,
  suspension,
  copyState,
  version,
  updatePolicy,
  edition,
  encryption,
  failoverMode,
  commitMode,
  rights,
  linkRights,
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
