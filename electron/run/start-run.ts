// Starts an approved run: locks both sides, reads everything again, and runs only what was approved.
import type { Finding } from "../../shared/checks/finding.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { lockIdOn } from "../../shared/plan/planned-server.ts";
import type { RunEvent, RunEventBody } from "../../shared/run/events.ts";
import { readFullBackups } from "../estate/read-full-backups.ts";
import { readCopiesToSave } from "../estate/read-copies-to-save.ts";
import { readMigration } from "../estate/read-migration.ts";
import { readBackupFiles } from "../estate/read-offline.ts";
import { readOldCopy } from "../estate/read-old-copy.ts";
import type { SideSource } from "../estate/read.ts";
import type { PinnedSession, SqlSession } from "../sql/session.ts";
import type { RunFolder } from "../store/run-folder.ts";
import type { AzureLink } from "./azure-link.ts";
import type { Clock } from "./clock.ts";
import { gateReader } from "./gate-reader.ts";
import { createJournal } from "./journal.ts";
import type { LinkLock, LockEvent } from "./link-lock.ts";
import { takeLinkLock } from "./link-lock.ts";
import { targetReader } from "./target-reader.ts";
import { lookAtLink, lookForPlan, lookWithAzureFor } from "./look-at-link.ts";
import type { Planning } from "./make-plan.ts";
import { noLongerFits } from "./no-longer-fits.ts";
import { createRecorder } from "./recorder.ts";
import type { RunSettings, RunTools } from "./run-tools.ts";
import type { RunEnd } from "./runner.ts";
import { runPlan } from "./runner.ts";
import { readSessionActivity } from "./session-activity.ts";

export interface RunRequest {
  readonly approved: { readonly plan: Plan; readonly hash: string };
  /** Who runs it, from which computer, process and version, with which logins. */
  readonly by: Pick<
    Extract<RunEventBody, { readonly kind: "runStarted" }>,
    "operator" | "toolHost" | "processId" | "toolVersion" | "logins"
  >;
}

export interface RunSurroundings {
  /** A side that is gone in a forced failover says so. */
  readonly sessions: Readonly<Record<Side, SideSource>>;
  readonly openPinned: (side: Side) => Promise<PinnedSession>;
  /** Azure for the plan's link; undefined where nobody is signed in. */
  readonly azure: AzureLink | undefined;
  readonly clock: Clock;
  readonly settings: RunSettings;
  /** Reads both sides and builds the plan again, with the same choices. */
  readonly planAgain: () => Promise<PlannedAgain>;
  /** Makes the folder; called once nothing can be refused any more. */
  readonly makeFolder: () => RunFolder;
  readonly onEvent: (event: RunEvent) => void;
  readonly stop: AbortSignal;
}

/** What was read and planned once more, planned or forced. */
export type PlannedAgain = Pick<Planning, "estate" | "findings" | "approved">;

export type RunAnswer =
  | { readonly kind: "refused"; readonly problem: Problem; readonly findings: readonly Finding[] }
  | {
      readonly kind: "ended";
      readonly end: RunEnd;
      readonly files: RunFolder;
      readonly events: readonly RunEvent[];
    };

/** Refused: nothing was sent and no journal was made. Throws AppError when the journal cannot be made. */
export async function startRun(request: RunRequest, around: RunSurroundings): Promise<RunAnswer> {
  const { plan } = request.approved;
  const answer = await takeLinkLock({
    linkName: plan.link.name,
    groupIds: { box: lockIdOn(plan, "box"), instance: lockIdOn(plan, "instance") },
    openPinned: around.openPinned,
  });
  if (answer.kind === "refused") return refused(somebodyElse(answer.because));
  const { lock, events } = answer;
  try {
    const again = await around.planAgain();
    if (again.approved?.hash !== request.approved.hash) {
      const look = await lookAtLink(around.sessions, plan.link, around.clock);
      return refused(noLongerFits(plan, again.findings, look), again.findings);
    }
    return await run(request, again, around, { lock, events });
  } finally {
    await lock.release();
  }
}

async function run(
  { approved, by }: RunRequest,
  again: PlannedAgain,
  around: RunSurroundings,
  taken: { readonly lock: LinkLock; readonly events: readonly LockEvent[] },
): Promise<RunAnswer> {
  const { clock, stop } = around;
  const { plan, hash } = approved;
  const files = around.makeFolder();
  const journal = createJournal(files.journalFile, clock);
  try {
    const recorder = createRecorder(journal, clock, around.onEvent);
    recorder.begin({
      kind: "runStarted",
      runId: files.runId,
      plan,
      planHash: hash,
      ...by,
      findings: again.findings,
      serverTimes: serverTimes(again),
    });
    taken.events.forEach((event) => {
      recorder.begin(event);
    });
    const end = await runPlan({ ...toolsFor(plan, around), recorder, lock: taken.lock, stop });
    return { kind: "ended", end, files, events: recorder.events };
  } finally {
    journal.close();
  }
}

function toolsFor(
  plan: Plan,
  around: RunSurroundings,
): Omit<RunTools, "recorder" | "lock" | "stop"> {
  const { sessions, clock, settings, openPinned } = around;
  const look = () => lookForPlan(plan, sessions, clock);
  return {
    plan,
    clock,
    settings,
    startedAtMs: clock.nowMs(),
    openPinned,
    look,
    lookWithAzure: () => lookWithAzureFor(plan, look, around.azure),
    azure: around.azure,
    readFullBackups: () => readFullBackups(sessionOf(sessions.instance), plan.link.databases),
    readMigration: () => readMigration(sessionOf(sessions[plan.to]), movedDatabases(plan)),
    readOldCopy: (side) => readOldCopy(sessionOf(sessions[side]), plan.link.databases),
    readCopiesToSave: (side) =>
      readCopiesToSave(sessionOf(sessions[side]), plan.link.databases, {
        groupId: plan.link.groupIds[side] ?? undefined,
        end: plan.move === "demote" || plan.move === "restore" ? "primary" : "secondary",
      }),
    readBackupFiles: (path) => readBackupFiles(sessionOf(sessions.box), path),
    readTarget: targetReader(plan, sessions, clock),
    activity: (connection) => readSessionActivity(sessionOf(sessions[connection.side]), connection),
    readGate: waitsAtGate(plan) ? gateReader(plan, bothOf(sessions), clock) : noGate,
  };
}

/** Throws AppError with what is known of a side that is not there. */
function sessionOf(source: SideSource): SqlSession {
  if ("unreachable" in source) throw new AppError(source.unreachable);
  return source;
}

function bothOf({ box, instance }: Readonly<Record<Side, SideSource>>) {
  return { box: sessionOf(box), instance: sessionOf(instance) };
}

/** As they are called where they have moved to. */
function movedDatabases({ steps }: Plan): readonly string[] {
  return steps.flatMap(({ action }) => (action.kind === "checkMigration" ? action.databases : []));
}

function waitsAtGate({ steps }: Plan): boolean {
  return steps.some(({ action }) => action.kind === "waitForGate");
}

const noGate = () => Promise.reject(new Error("This plan waits at no gate."));

function somebodyElse(because: string): Problem {
  return {
    code: "lockedByOther",
    class: "wait",
    summary: because,
    remedy: "Wait until that run has ended, and read both sides again.",
  };
}

function refused(problem: Problem, findings: readonly Finding[] = []): RunAnswer {
  return { kind: "refused", problem, findings };
}

function serverTimes({ estate }: PlannedAgain): Partial<Record<Side, string>> {
  const { box, instance } = estate;
  return {
    ...(box.kind === "seen" ? { box: box.facts.server.serverTime } : {}),
    ...(instance.kind === "seen" ? { instance: instance.facts.server.serverTime } : {}),
  };
}
