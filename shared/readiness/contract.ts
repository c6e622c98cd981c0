// What an assessment is answered with: its findings, and the files that can be saved of it. Contract.
import type { ScriptFile } from "../script/script-file.ts";
import type { Assessment } from "./assess.ts";

export interface Readiness {
  readonly assessment: Assessment;
  /** Markdown. */
  readonly report: string;
  /** The logins that the side which takes over lacks; null: none is to be created. */
  readonly loginScript: ScriptFile | null;
}

/** Its name beside the script. */
export const readinessFileName = "readiness.md";
