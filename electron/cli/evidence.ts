// evidence: everything that was kept of one run, as a folder to hand over. Connects to nothing.
import { resolve } from "node:path";
import { AppError } from "../../shared/errors/app-error.ts";
import { evidenceOf } from "../services/evidence.ts";
import { saveFolder } from "../services/files.ts";
import { openDataFolder, thisMachine } from "../store/data-folder.ts";
import type { Surroundings } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { answer, answerProblems } from "./output.ts";

export interface EvidenceOptions {
  readonly runId: string;
  /** Undefined: `evidence-` and the run's id, here. */
  readonly out: string | undefined;
  readonly dataDir: string | undefined;
  readonly json: boolean;
}

export function evidence(options: EvidenceOptions, { terminal, clock }: Surroundings): ExitCode {
  const { runId, out, dataDir } = options;
  try {
    const folder = openDataFolder(dataDir, thisMachine());
    const reports = { dataFolder: () => folder, eventsOf: () => undefined };
    const files = evidenceOf(runId, reports, new Date(clock.nowMs()).toISOString());
    const path = resolve(out ?? `evidence-${runId}`);
    saveFolder(path, files);
    const names = files.map((file) => file.path);
    const lines = [`The evidence of ${runId} is in ${path}:`, ...names];
    answer({ options, terminal }, { evidence: path, files: names }, lines);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return answerProblems({ options, terminal }, [error.problem]);
  }
}
