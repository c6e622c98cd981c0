// The folder of a run that is about to start: plan and scripts stand there before anything is sent.
import { randomBytes } from "node:crypto";
import type { RunFolder } from "../store/run-folder.ts";
import { createRunFolder, newRunId, writeRunFile } from "../store/run-folder.ts";
import type { RunRequest } from "./start-run.ts";
import { writeScripts } from "./write-scripts.ts";

/** Throws AppError `runFolder` or `scriptNotWritten`. */
export function prepareRunFolder(
  dataFolder: string,
  nowMs: number,
  { plan, hash }: RunRequest["approved"],
): RunFolder {
  const files = createRunFolder(dataFolder, newRunId(nowMs, randomBytes(4).toString("hex")));
  writeRunFile(files.planFile, `${JSON.stringify(plan, undefined, 2)}\n`);
  writeScripts(files.scriptFolder, plan, hash);
  return files;
}
