// At the start: runs of a link that were left without a known end are looked at, and what is found goes into their journals.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import type { RunStarted } from "../../shared/run/state.ts";
import type { RunFolder, UnfinishedRun } from "../store/run-folder.ts";
import { findUnfinishedRuns } from "../store/run-folder.ts";
import { reopenJournal } from "./journal.ts";
import { sides } from "./link-look.ts";
import { writeReport } from "./report-file.ts";
import type { ResumeFinding } from "./resume.ts";
import { lookAfter } from "./resume.ts";
import type { ResumeTools } from "./resume-judgement.ts";

/** `inFlight`: its process lives, or nobody here can tell; its journal is left alone. */
export type LeftRun =
  | { readonly kind: "inFlight"; readonly files: RunFolder; readonly because: string }
  | { readonly kind: "lookedAt"; readonly files: RunFolder; readonly finding: ResumeFinding };

export interface LeftRuns {
  readonly runs: readonly LeftRun[];
  readonly damaged: readonly Problem[];
}

/** This computer and its processes. */
export interface ThisComputer {
  readonly host: string;
  readonly isAlive: (processId: number) => boolean;
}

/** `toolsFor` undefined: not a run that is looked at here. Never sends anything. Throws AppError when a journal cannot be written. */
export async function concludeRuns(
  dataFolder: string,
  link: Link,
  computer: ThisComputer,
  toolsFor: (plan: Plan) => ResumeTools | undefined,
): Promise<LeftRuns> {
  const { unfinished, damaged } = findUnfinishedRuns(dataFolder);
  const runs: LeftRun[] = [];
  for (const run of unfinished) {
    const started = startOf(run.journal.events);
    if (started === undefined || !isSameLink(started.plan, link)) continue;
    const tools = toolsFor(started.plan);
    if (tools === undefined) continue;
    const left = await concludeRun(run, started, computer, tools);
    if (left !== undefined) runs.push(left);
  }
  return { runs, damaged };
}

/** Asks the system for the process without touching it; another user's process answers EPERM and lives. */
export function isProcessAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function concludeRun(
  { files, journal }: UnfinishedRun,
  started: RunStarted,
  computer: ThisComputer,
  tools: ResumeTools,
): Promise<LeftRun | undefined> {
  const because = inFlight(started, computer, journal.events);
  if (because !== undefined) return { kind: "inFlight", files, because };
  const finding = await lookAfter(journal.events, tools);
  if (finding === undefined) return undefined;
  const file = reopenJournal(files.journalFile, journal, tools.clock);
  try {
    const { readBack, lookedAt, ended } = finding;
    const added = [readBack, lookedAt, ended]
      .filter((body) => body !== undefined)
      .map((body) => file.append(body));
    writeReport(files, [...journal.events, ...added]);
  } finally {
    file.close();
  }
  return { kind: "lookedAt", files, finding };
}

/** A process that has written its run's end keeps nothing open, whether it lives or not. */
function inFlight(
  { processId, toolHost, runId }: RunStarted,
  computer: ThisComputer,
  events: readonly RunEvent[],
): string | undefined {
  if (events.some((event) => event.kind === "runEnded")) return undefined;
  if (toolHost !== computer.host) return `Run ${runId} was started on ${toolHost}: look there.`;
  return computer.isAlive(processId)
    ? `A run is in flight in process ${String(processId)}: ${runId}.`
    : undefined;
}

/** The same name and, where a side shows it, the same group_id: a link made anew is another link. */
function isSameLink(plan: Plan, link: Link): boolean {
  return (
    plan.link.name === link.name &&
    sides.every((side) => {
      const end = link[side];
      const planned = plan.link.groupIds[side]?.toLowerCase() ?? null;
      if (end.kind !== "seen" || planned === null) return true;
      return end.group.groupId.toLowerCase() === planned;
    })
  );
}

function startOf(events: readonly RunEvent[]): RunStarted | undefined {
  return events.find((event) => event.kind === "runStarted");
}
