// Links that were seen with two primaries, or with none, in one small file: a restart does not forget them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RepairNote } from "../../shared/repair/to-do.ts";
import { writeWhole } from "./write-whole.ts";

const notesFile: z.ZodType<{ readonly formatVersion: 1; readonly notes: readonly RepairNote[] }> =
  z.strictObject({
    formatVersion: z.literal(1),
    notes: z.array(
      z.strictObject({
        linkName: z.string(),
        groupIds: z.array(z.string()),
        kind: z.enum(["splitBrain", "noPrimary", "whole"]),
        names: z.strictObject({ box: z.string(), instance: z.string() }),
        at: z.iso.datetime(),
      }),
    ),
  });

/** Empty where there is no file, or none that can be understood: the next reading says it again. */
export function readRepairNotes(dataFolder: string): readonly RepairNote[] {
  try {
    return notesFile.parse(JSON.parse(readFileSync(fileIn(dataFolder), "utf8"))).notes;
  } catch {
    return [];
  }
}

/** Throws where the disk takes no file. */
export function writeRepairNotes(dataFolder: string, notes: readonly RepairNote[]): void {
  writeWhole(fileIn(dataFolder), `${JSON.stringify({ formatVersion: 1, notes })}\n`, true);
}

function fileIn(dataFolder: string): string {
  return join(dataFolder, "repairs.json");
}
