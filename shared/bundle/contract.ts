// What the window asks of what was kept: the program's log, a run's evidence, a support bundle. Contract.
import { z } from "zod";
import type { LogEntry } from "../log/entry.ts";
import { runIdInput } from "../run/run-id.ts";

export const bundleRequests = {
  /** Everything that was kept of a run as one new folder of that path: report, plan, scripts, journal, checks, manifest. */
  "evidence.save": z.strictObject({ runId: runIdInput, path: z.string().min(1).max(4096) }),
  /** The newest lines of the program's own log, oldest first. `log.entry` tells each later one. */
  "log.read": z.strictObject({}),
  /** The runs that a support bundle can hold. */
  "bundle.runs": z.strictObject({}),
  /** Every file of the bundle as it would be written; nothing is. */
  "bundle.preview": z.strictObject({
    runIds: z.array(z.string().min(1).max(64)).max(50),
    replaceNames: z.boolean(),
  }),
  /** Writes what the newest preview showed into a folder of its own below the data folder. */
  "bundle.write": z.strictObject({ bundleId: z.string().regex(/^[a-z0-9-]{1,64}$/) }),
} as const;

export interface BundleOutputs {
  "evidence.save": { readonly path: string };
  "log.read": readonly LogEntry[];
  "bundle.runs": readonly BundleRun[];
  "bundle.preview": BundlePreview;
  "bundle.write": { readonly folder: string };
}

export interface BundleRun {
  readonly runId: string;
  /** The plan's sentence; empty where the journal cannot be read. */
  readonly summary: string;
  readonly startedAt: string | null;
}

/** Whole, as it will be written. */
export interface BundleFile {
  readonly fileName: string;
  readonly text: string;
}

export interface BundlePreview {
  /** Names exactly these files with this content: what is written is what was shown. */
  readonly bundleId: string;
  readonly files: readonly BundleFile[];
  /** How many different names stand behind pseudonyms. */
  readonly replaced: number;
}
