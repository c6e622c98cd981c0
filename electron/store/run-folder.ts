// One folder per run: its journal, plan, scripts and report, readable by this user alone.
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../shared/errors/app-error.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import type { JournalContent } from "../run/read-journal.ts";
import { isSettled } from "../run/resume.ts";
import { readJournal } from "../run/read-journal.ts";
import { runIdInput } from "../../shared/run/run-id.ts";

export interface RunFolder {
  readonly runId: string;
  readonly folder: string;
  readonly journalFile: string;
  readonly planFile: string;
  readonly reportFile: string;
  readonly scriptFolder: string;
}

/** A run whose end is not known: left behind by a killed process, still going on in another one, or ended as unknown. */
export interface UnfinishedRun {
  readonly files: RunFolder;
  readonly journal: JournalContent;
}

export interface RunSearch {
  readonly unfinished: readonly UnfinishedRun[];
  /** Journals that cannot be read at all, each with its sentence. */
  readonly damaged: readonly Problem[];
}

/** Sorts by time; `chance` (8 hex digits) keeps two runs of one second apart. */
export function newRunId(nowMs: number, chance: string): string {
  const time = new Date(nowMs).toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${time}Z-${chance}`;
}

/** What `newRunId` makes, and nothing that could lead out of the folder of runs. */
export function isRunId(text: string): boolean {
  return runIdInput.safeParse(text).success;
}

/** Makes the folder of a new run. Throws AppError `runFolder` when it exists or cannot be made. */
export function createRunFolder(dataFolder: string, runId: string): RunFolder {
  const files = runFolder(dataFolder, runId);
  try {
    mkdirSync(join(dataFolder, "runs"), { recursive: true, mode: 0o700 });
    mkdirSync(files.folder, { mode: 0o700 });
    mkdirSync(files.scriptFolder, { mode: 0o700 });
  } catch (error) {
    throw new AppError(
      {
        code: "runFolder",
        class: "fatal",
        summary: `The folder ${files.folder} cannot be made, so nothing was started.`,
        ...(error instanceof Error ? { detail: error.message } : {}),
        remedy: "Name a folder that this user can write with --data-dir.",
      },
      error,
    );
  }
  return files;
}

export function runFolder(dataFolder: string, runId: string): RunFolder {
  const folder = join(dataFolder, "runs", runId);
  return {
    runId,
    folder,
    journalFile: join(folder, "journal.jsonl"),
    planFile: join(folder, "plan.json"),
    reportFile: join(folder, "report.md"),
    scriptFolder: join(folder, "scripts"),
  };
}

/** Mode 0600: a report names servers and logins. */
export function writeRunFile(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
}

/** Every run of this machine whose end is not known, oldest first. An empty journal began nothing and is passed over. */
export function findUnfinishedRuns(dataFolder: string): RunSearch {
  const unfinished: UnfinishedRun[] = [];
  const damaged: Problem[] = [];
  for (const runId of runIdsOf(dataFolder)) {
    const files = runFolder(dataFolder, runId);
    if (!isFile(files.journalFile)) continue;
    try {
      const journal = readJournal(files.journalFile);
      if (!isSettled(journal.events)) unfinished.push({ files, journal });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      damaged.push(error.problem);
    }
  }
  return { unfinished, damaged };
}

/** The journal of every run of this machine, oldest first; one that cannot be read is passed over. */
export function readJournals(dataFolder: string): readonly JournalContent[] {
  return runIdsOf(dataFolder).flatMap((runId) => {
    try {
      return [readJournal(runFolder(dataFolder, runId).journalFile)];
    } catch (error) {
      if (error instanceof AppError || isMissing(error)) return [];
      throw error;
    }
  });
}

/** Oldest first. */
export function runIdsOf(dataFolder: string): readonly string[] {
  try {
    return readdirSync(join(dataFolder, "runs")).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
