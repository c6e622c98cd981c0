// Synchronous commit on SQL Server's side of the link, before a DELETE that replaces a failover.
import { guardedBatch, partnerChecks } from "../../sql/guard.ts";
import { quoteName, quoteString } from "../../sql/quote.ts";
import type { Action, CommitModeChange } from "../plan.ts";
import type { ActionForm, PlanFrame } from "./action-form.ts";
import { rolesWith } from "./action-form.ts";

type SetCommitMode = Extract<Action, { kind: "setCommitMode" }>;

export function setCommitModeForm(action: SetCommitMode, frame: PlanFrame): ActionForm {
  const { serverName } = frame.box;
  const place = { side: "box", server: frame.box, link: frame.link, roles: ["PRIMARY"] } as const;
  const { name } = frame.link;
  const statement = guardedBatch(
    place,
    partnerChecks(frame.link),
    modify(name, action, () => "SYNCHRONOUS_COMMIT"),
  );
  // A partner that is gone is no reason to leave the primary waiting for it.
  const back = guardedBatch(
    place,
    [],
    modify(name, action, ({ previous }) => previous),
  );
  return {
    slug: "set-commit-mode",
    title: "Alter SQL Server link replication mode to Synchronous",
    sentence: `Setting synchronous commit on ${serverName}. Synchronous commit over a distance slows the primary.`,
    runsOn: "box",
    why: `This version of SQL Server does not switch by itself, and the end of the link must lose nothing that ${serverName} has committed.`,
    rolesBefore: rolesWith("box"),
    statement,
    takeBack: { statement: back },
    doneWhen: `${serverName} shows SYNCHRONOUS_COMMIT for ${action.modes.map(({ replica }) => replica).join(" and ")}.`,
    undo: () => ({
      kind: "undoable",
      how: `On ${serverName}, the availability mode of the link is set back. A run that ends before the link is deleted does it by itself.`,
    }),
    safeToStopAfter: true,
    onFailure: "stopRun",
    script: { box: { text: statement, endsWith: "batch" } },
  };
}

/** Names as sys.availability_replicas lists them: 19508 where the group has no such replica. */
function modify(
  group: string,
  { modes }: SetCommitMode,
  modeOf: (change: CommitModeChange) => string,
): string {
  const replicas = modes.map(
    (change) => `${quoteString(change.replica)} WITH (AVAILABILITY_MODE = ${modeOf(change)})`,
  );
  return `ALTER AVAILABILITY GROUP ${quoteName(group)} MODIFY AVAILABILITY GROUP ON ${replicas.join(", ")};`;
}
