// From a database on the instance, and a place for its backup and its files, to the plan that brings it back offline. Pure.
import type { Finding } from "../checks/finding.ts";
import { placeOf, unknown } from "../checks/check.ts";
import { quietSeconds } from "../choices/choices.ts";
import { isKnownLsn } from "../sql/lsn.ts";
import type { PlanFrame } from "../plan/actions/action-form.ts";
import type { PlanAnswer } from "../plan/build.ts";
import { acceptedWarnings, plannedServer, stepOf } from "../plan/build.ts";
import type { Action, Environment, PlannedLink } from "../plan/plan.ts";
import type { CopyToSave } from "../repair/copy-to-save.ts";
import type { OfflineInput, SourceFacts } from "./input.ts";
import { backupTargets, copyOf, restoredFiles, restoreName, sourceEnd } from "./input.ts";

export interface OfflinePlanInput extends OfflineInput {
  readonly environment: Environment;
  /** What the checks answered for the same input. */
  readonly findings: readonly Finding[];
}

export function buildOfflinePlan(input: OfflinePlanInput): PlanAnswer {
  const blocking = input.findings.filter((finding) => finding.blocks);
  if (blocking.length > 0) return { kind: "refused", findings: blocking };
  const { box, instance } = input.estate;
  const copy = copyOf(input);
  const { source } = input;
  if (box.kind !== "seen" || instance.kind !== "seen") return notSeen(input);
  if (copy === undefined || source.kind !== "seen") return notSeen(input);
  const frame: PlanFrame = {
    formatVersion: 3,
    kind: "offlineFailBack",
    environment: input.environment,
    link: plannedLink(input),
    box: plannedServer(box),
    instance: plannedServer(instance),
    from: "instance",
    to: "box",
    move: "restore",
    keepLink: true,
    closeOldCopy: "no",
    azure: null,
    budgetSeconds: null,
    loss: null,
    reason: input.choices.writersStopped,
  };
  return {
    kind: "plan",
    plan: {
      ...frame,
      summary: summaryOf(input, frame),
      acceptedWarnings: acceptedWarnings(input.findings),
      steps: actionsOf(input, copy, source.value).map((action, index) =>
        stepOf({ action, frame, wayBack: noWayBack, number: index + 1 }),
      ),
    },
  };
}

const noWayBack = { kind: "unknown", because: "No role changes." } as const;

/** The database alone, also of a link that carries several. */
function plannedLink(input: OfflineInput): PlannedLink {
  const { link, database } = input;
  const own = sourceEnd(input);
  if (own === undefined) {
    return {
      name: database,
      databases: [database],
      boxGroup: "",
      instanceGroup: "",
      groupIds: { box: null, instance: null },
      partnerEndpointUrls: { box: null, instance: null },
    };
  }
  const other = link?.box.kind === "seen" ? link.box : undefined;
  return {
    name: own.group.name,
    databases: [database],
    boxGroup: own.remote?.replicaServerName ?? "",
    instanceGroup: own.own?.replicaServerName ?? "",
    groupIds: { box: other?.group.groupId ?? null, instance: own.group.groupId },
    partnerEndpointUrls: {
      box: other?.partnerEndpointUrl ?? null,
      instance: own.partnerEndpointUrl,
    },
  };
}

/** Both sides can hold the same log only while the link carries it. */
function isConnected({ link }: OfflineInput): boolean {
  return (
    link?.box.kind === "seen" &&
    link.instance.kind === "seen" &&
    link.box.role === "SECONDARY" &&
    link.instance.role === "PRIMARY" &&
    link.instance.remote?.connectedState === "CONNECTED"
  );
}

function actionsOf(input: OfflineInput, copy: CopyToSave, source: SourceFacts): readonly Action[] {
  const { database } = input;
  const as = restoreName(input);
  const by = backupTargets(input, copy);
  const covered = { database, by, isPositionKnown: isKnownLsn(copy.lastCommitLsn) };
  const save = (attempt: 1 | 2): Action => ({
    kind: "saveCopy",
    side: "instance",
    database,
    method: "database",
    to: by[attempt - 1] ?? "",
    attempt,
  });
  return [
    ...(isConnected(input)
      ? [{ kind: "waitForGate", primary: "instance", gate: input.choices.gate } as const]
      : []),
    { kind: "waitForNoWriters", side: "instance", databases: [database], seconds: quietSeconds },
    save(1),
    save(2),
    { kind: "restoreCopy", as, covered, files: restoredFiles(input, source) },
    { kind: "checkMigration", databases: [as] },
    { kind: "verifyRestored", as, covered },
  ];
}

function summaryOf(input: OfflineInput, { box, instance, link }: PlanFrame): string {
  const as = restoreName(input);
  const after =
    sourceEnd(input) === undefined
      ? "There is no link any more."
      : `The link ${link.name} stays as it is.`;
  return `${input.database} is backed up on ${instance.serverName} and restored on ${box.serverName} as ${as}. Nothing may be written on ${instance.serverName} from now on: it would be missing. The copy there stays. ${after}`;
}

function notSeen(input: OfflineInput): PlanAnswer {
  const place = placeOf("source", input.estate.instance);
  const finding = unknown(place, true, {
    summary: `Not everything of ${input.database} that its way back needs is shown.`,
    remedy: "Read both sides with logins that have VIEW ANY DEFINITION and VIEW SERVER STATE.",
  });
  return { kind: "refused", findings: [finding] };
}
