// What was read by hand after a run, in a file of the run's own folder.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LaterReading } from "../../shared/report/later.ts";
import { laterReadings, withLater } from "../../shared/report/later.ts";
import { runFolder } from "./run-folder.ts";
import { writeWhole } from "./write-whole.ts";

const fileName = "later.json";

/** None where the file is not there, or is not what this version writes: what it told can be read again. */
export function readLater(dataFolder: string, runId: string): readonly LaterReading[] {
  const path = join(runFolder(dataFolder, runId).folder, fileName);
  if (!existsSync(path)) return [];
  const parsed = laterReadings.safeParse(jsonOf(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : [];
}

/** A folder that is gone, or cannot be written, costs the note and nothing else. */
export function keepLater(dataFolder: string, runId: string, reading: LaterReading): void {
  const { folder } = runFolder(dataFolder, runId);
  if (!existsSync(folder)) return;
  const all = withLater(readLater(dataFolder, runId), reading);
  try {
    writeWhole(join(folder, fileName), `${JSON.stringify(all, undefined, 2)}\n`, true);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
