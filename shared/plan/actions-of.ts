// Which steps a planned failover takes, in their order: kept or removed, by FAILOVER or by the end of the link.
import type { Choices, GateSettings } from "../choices/choices.ts";
import { rolesWith } from "./actions/action-form.ts";
import type { PlanFrame } from "./actions/action-form.ts";
import type { Action, RemovalCondition } from "./plan.ts";
import type { PlannableLink } from "./plannable-link.ts";

/** Design 5, *One way*: every order in which a link is left. */
export function actionsOf(
  frame: PlanFrame,
  choices: Choices,
  seen: PlannableLink,
): readonly Action[] {
  if (frame.move === "delete") {
    return [
      ...synchronous(seen),
      gateOf(frame, choices),
      remove("gateIsOpen"),
      ...after(frame, choices),
    ];
  }
  const moved = [gateOf(frame, choices), failover(frame, choices), verify(frame)];
  if (choices.keepLink) return [...moved, ...readableCopy(frame, seen)];
  return [...moved, ...backedUp(frame), ...after(frame, choices)];
}

/** Commit mode is left alone where the engine switches by itself: FAILOVER does. */
function synchronous({ commitModes, replicationMode }: PlannableLink): readonly Action[] {
  const isSynchronous = commitModes.every(({ previous }) => previous === "SYNCHRONOUS_COMMIT");
  return [
    ...(isSynchronous ? [] : [{ kind: "setCommitMode", modes: commitModes } as const]),
    ...(replicationMode === "Async"
      ? [{ kind: "setReplicationMode", mode: "Sync", previous: "Async" } as const]
      : []),
  ];
}

function gateOf(frame: PlanFrame, { gate }: Choices): Action {
  const beforeDelete: GateSettings = { ...gate, beforeDelete: true, acceptUnproved: false };
  return {
    kind: "waitForGate",
    primary: frame.from,
    gate: frame.move === "delete" ? beforeDelete : gate,
  };
}

/** SQL Server is asked by T-SQL: ARM refuses Planned while the instance is secondary. */
function failover(frame: PlanFrame, { failoverBy }: Choices): Action {
  const by = frame.from === "instance" ? failoverBy : "tsql";
  return { kind: "failover", group: frame.link.name, primary: frame.from, by };
}

function verify({ to }: PlanFrame): Action {
  return { kind: "verifyRoles", roles: rolesWith(to), readWriteOn: to };
}

function readableCopy(frame: PlanFrame, { readable }: PlannableLink): readonly Action[] {
  if (readable === undefined) return [];
  const { replica, previous } = readable;
  return [
    { kind: "allowSecondaryConnections", group: frame.link.boxGroup, replica, previous } as const,
  ];
}

/** Only the service's own chain on a new primary instance needs waiting for. */
function backedUp(frame: PlanFrame): readonly Action[] {
  return frame.to === "instance"
    ? [{ kind: "waitForFullBackup", databases: frame.link.databases }, remove("backupIsSeen")]
    : [remove("rolesAreSeen")];
}

function remove(onlyWhile: RemovalCondition): Action {
  return { kind: "removeLink", onlyWhile };
}

/** The distributed group's drop always follows; the old copy is read again before anything else of SQL Server is dropped. */
function after(frame: PlanFrame, { removal, gate }: Choices): readonly Action[] {
  const { link, from } = frame;
  return [
    { kind: "dropDistributedGroup", group: link.name },
    {
      kind: "lookAtOldCopy",
      side: from,
      databases: link.databases,
      since: frame.move === "delete" ? "gate" : "itself",
      seconds: gate.stableSeconds,
    },
    ...(removal.dropGroup ? [{ kind: "dropGroup", group: link.boxGroup } as const] : []),
    ...(closesByStep(frame, removal)
      ? link.databases.map((database) => ({ kind: "setReadOnly", database }) as const)
      : []),
    { kind: "verifyRemoved", groupStays: !removal.dropGroup },
    ...(frame.to === "instance"
      ? [{ kind: "checkMigration", databases: link.databases } as const]
      : []),
  ];
}

/** SET READ_ONLY needs a database that is in no availability group; everything else is a script for the operator. */
export function closesByStep(
  { from }: Pick<PlanFrame, "from">,
  removal: Choices["removal"],
): boolean {
  return from === "box" && removal.dropGroup && removal.keepOldCopyClosed;
}
