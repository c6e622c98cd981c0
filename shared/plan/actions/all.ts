// The table of actions: what every kind of action says, sends and leaves behind.
import { assertNever } from "../../assert-never.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { allowSecondaryConnectionsForm } from "./allow-secondary-connections.ts";
import { checkMigrationForm } from "./check-migration.ts";
import { demoteForm } from "./demote.ts";
import { dropCertificateForm } from "./drop-certificate.ts";
import { dropDistributedGroupForm } from "./drop-distributed-group.ts";
import { dropEndpointForm } from "./drop-endpoint.ts";
import { dropGroupForm } from "./drop-group.ts";
import { failoverForm } from "./failover.ts";
import { forceForm } from "./force.ts";
import { lookBeforeForceForm } from "./look-before-force.ts";
import { lookAtOldCopyForm } from "./look-at-old-copy.ts";
import { removeLinkForm } from "./remove-link.ts";
import { restoreCopyForm } from "./restore-copy.ts";
import { resumeDataForm } from "./resume-data.ts";
import { saveCopyForm } from "./save-copy.ts";
import { removeTrustCertificateForm } from "./remove-trust-certificate.ts";
import { setCommitModeForm } from "./set-commit-mode.ts";
import { setHybridUsageForm } from "./set-hybrid-usage.ts";
import { setReadOnlyForm } from "./set-read-only.ts";
import { setReplicationModeForm } from "./set-replication-mode.ts";
import { turnOffTraceFlagForm } from "./turn-off-trace-flag.ts";
import { verifyAloneForm } from "./verify-alone.ts";
import { verifyForcedForm } from "./verify-forced.ts";
import { verifyRemovedForm } from "./verify-removed.ts";
import { verifyRestoredForm } from "./verify-restored.ts";
import { verifyRolesForm } from "./verify-roles.ts";
import { waitForFullBackupForm } from "./wait-for-full-backup.ts";
import { waitForGateForm } from "./wait-for-gate.ts";
import { waitForNoWritersForm } from "./wait-for-no-writers.ts";

/** The form of one action in the frame of a plan. Pure; throws AppError `nameUnusable` for a name no object can have. */
export function actionForm(action: Action, frame: PlanFrame): ActionForm {
  switch (action.kind) {
    case "waitForGate":
      return waitForGateForm(action, frame);
    case "failover":
      return failoverForm(action, frame);
    case "verifyRoles":
      return verifyRolesForm(action, frame);
    case "allowSecondaryConnections":
      return allowSecondaryConnectionsForm(action, frame);
    case "setCommitMode":
      return setCommitModeForm(action, frame);
    case "setReplicationMode":
      return setReplicationModeForm(action, frame);
    case "waitForFullBackup":
      return waitForFullBackupForm(action, frame);
    case "removeLink":
      return removeLinkForm(action, frame);
    case "dropDistributedGroup":
      return dropDistributedGroupForm(action, frame);
    case "lookAtOldCopy":
      return lookAtOldCopyForm(action, frame);
    case "dropGroup":
      return dropGroupForm(action, frame);
    case "setReadOnly":
      return setReadOnlyForm(action, frame);
    case "verifyRemoved":
      return verifyRemovedForm(action, frame);
    case "lookBeforeForce":
      return lookBeforeForceForm(action, frame);
    case "force":
      return forceForm(action, frame);
    case "verifyForced":
      return verifyForcedForm(action, frame);
    case "waitForNoWriters":
      return waitForNoWritersForm(action, frame);
    case "saveCopy":
      return saveCopyForm(action, frame);
    case "demote":
      return demoteForm(action, frame);
    case "restoreCopy":
      return restoreCopyForm(action, frame);
    case "verifyRestored":
      return verifyRestoredForm(action, frame);
    case "resumeData":
      return resumeDataForm(action, frame);
    case "dropEndpoint":
      return dropEndpointForm(action, frame);
    case "dropCertificate":
      return dropCertificateForm(action, frame);
    case "turnOffTraceFlag":
      return turnOffTraceFlagForm(action, frame);
    case "removeTrustCertificate":
      return removeTrustCertificateForm(action, frame);
    case "setHybridUsage":
      return setHybridUsageForm(action, frame);
    case "verifyAlone":
      return verifyAloneForm(action, frame);
    case "checkMigration":
      return checkMigrationForm(action, frame);
    default:
      return assertNever(action);
  }
}
