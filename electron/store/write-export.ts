// Writes files that somebody asked for into a folder of their own, each whole or not at all; what is there is replaced.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "../../shared/errors/app-error.ts";
import { writeWhole } from "./write-whole.ts";

export interface ExportedFile {
  readonly fileName: string;
  readonly text: string;
}

/** How it is said that they could not be written. */
export interface ExportWords {
  readonly code: string;
  readonly what: string;
  /** The option that names the folder. */
  readonly option: string;
}

/** Answers the paths. Throws AppError of the code in `words`. */
export function writeExport(
  folder: string,
  files: readonly ExportedFile[],
  { code, what, option }: ExportWords,
): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return files.map(({ fileName, text }) => {
      const path = resolve(folder, fileName);
      writeWhole(path, text, true);
      return path;
    });
  } catch (error) {
    throw new AppError(
      {
        code,
        class: "fatal",
        summary: `The ${what} cannot be written to ${folder}.`,
        ...(error instanceof Error ? { detail: error.message } : {}),
        remedy: `Name a folder that this user can write with ${option}.`,
      },
      error,
    );
  }
}
