// What can be saved from a page, and how it is written: a file that the page holds, or a folder that the main process fills.
import type { Answer } from "../../shared/ipc.ts";
import { ask } from "../api.ts";

export interface FileToSave {
  /** Without a folder. */
  readonly suggestedName: string;
  readonly text: string;
}

/** The evidence of a run: a folder of that name, which the main process fills. */
export interface EvidenceToSave {
  readonly suggestedName: string;
  readonly runId: string;
}

export type ToSave = FileToSave | EvidenceToSave;

/** A folder is never replaced, whatever is asked. */
export async function write(
  what: ToSave,
  path: string,
  overwrite: boolean,
): Promise<Answer<{ readonly path: string }>> {
  return "runId" in what
    ? await ask("evidence.save", { runId: what.runId, path })
    : await ask("file.save", { path, text: what.text, overwrite });
}
