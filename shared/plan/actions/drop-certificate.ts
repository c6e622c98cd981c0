// Drops a certificate that SQL Server kept for links, once no endpoint, login or link needs it.
import { guardedStatement } from "../../sql/guard.ts";
import {
  certificateUses,
  distributedCount,
  leftoverChecks,
  linksWith,
} from "../../sql/leftover-checks.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { onBoxAlone } from "./on-box-alone.ts";

type DropCertificate = Extract<Action, { kind: "dropCertificate" }>;

export function dropCertificateForm(action: DropCertificate, frame: PlanFrame): ActionForm {
  const { certificate, use } = action;
  const { serverName } = frame.box;
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const links = { endpoint: [], partner: [linksWith(certificate)], authority: [distributedCount] };
  const statement = guardedStatement(
    frame.box,
    leftoverChecks(place, [certificateUses(certificate), ...links[use]]),
    `DROP CERTIFICATE ${quoteName(certificate)};`,
  );
  return {
    ...onBoxAlone(statement),
    slug: "drop-certificate",
    title: `Drop certificate in master ('${certificate}')`,
    sentence: `Dropping the certificate ${certificate} on ${serverName}.`,
    why: `It was chosen, and no endpoint, login or link of ${serverName} needs it any more.`,
    doneWhen: `${serverName} does not show the certificate ${certificate} in master any more.`,
    undo: () =>
      use === "endpoint"
        ? {
            kind: "irreversible",
            why: "Its private key is gone with it, unless BACKUP CERTIFICATE has saved it. A new link makes a new one.",
          }
        : {
            kind: "undoable",
            how: `CREATE CERTIFICATE on ${serverName} from the same public key.`,
          },
  };
}
