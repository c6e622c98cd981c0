// DELETE of a certificate that the instance trusts: the public key of SQL Server's endpoint, in Azure.
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { instanceRequest } from "./link-request.ts";

type RemoveTrustCertificate = Extract<Action, { kind: "removeTrustCertificate" }>;

export function removeTrustCertificateForm(
  { certificate }: RemoveTrustCertificate,
  frame: PlanFrame,
): ActionForm {
  const { serverName } = frame.instance;
  return {
    slug: "remove-trust-certificate",
    title: `Remove trust certificate ('${certificate}')`,
    sentence: `Asking Azure to remove the certificate ${certificate} that ${serverName} trusts.`,
    runsOn: "azure",
    why: `It was chosen, and ${serverName} has no link any more that it would be checked for.`,
    rolesBefore: { box: "absent", instance: "absent" },
    request: instanceRequest(
      frame,
      "DELETE",
      `/serverTrustCertificates/${encodeURIComponent(certificate)}`,
    ),
    doneWhen: `Azure lists the certificate ${certificate} no more among those that ${serverName} trusts.`,
    undo: () => ({
      kind: "undoable",
      how: `Upload the public key again: New-AzSqlInstanceServerTrustCertificate, or az sql mi partner-cert create.`,
    }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: {},
  };
}
