// Drops the mirroring endpoint of SQL Server, once no group, link or mirroring session is left on the server.
import { guardedStatement } from "../../sql/guard.ts";
import { groupCount, leftoverChecks, mirroredCount } from "../../sql/leftover-checks.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Action } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { onBoxAlone } from "./on-box-alone.ts";

type DropEndpoint = Extract<Action, { kind: "dropEndpoint" }>;

export function dropEndpointForm({ endpoint }: DropEndpoint, frame: PlanFrame): ActionForm {
  const { serverName } = frame.box;
  const place = { side: "box", server: frame.box, link: frame.link, roles: [] } as const;
  const statement = guardedStatement(
    frame.box,
    leftoverChecks(place, [groupCount, mirroredCount]),
    `DROP ENDPOINT ${quoteName(endpoint)};`,
  );
  return {
    ...onBoxAlone(statement),
    slug: "drop-endpoint",
    title: `Drop mirroring endpoint ('${endpoint}')`,
    sentence: `Dropping the endpoint ${endpoint} on ${serverName}.`,
    why: `It was chosen, and nothing on ${serverName} replicates through it any more.`,
    doneWhen: `${serverName} does not show the endpoint ${endpoint} any more.`,
    undo: () => ({
      kind: "undoable",
      how: `CREATE ENDPOINT on ${serverName}, FOR DATABASE_MIRRORING.`,
    }),
  };
}
