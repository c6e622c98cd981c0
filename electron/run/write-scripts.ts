// Writes every script of a plan to a folder.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import { writeRunFile } from "../store/run-folder.ts";

/** Answers the paths. Throws AppError `scriptNotWritten`. */
export function writeScripts(folder: string, plan: Plan, hash: string): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return scriptsOf(plan, hash).map(({ fileName, text }) => {
      const path = resolve(folder, fileName);
      writeRunFile(path, text);
      return path;
    });
  } catch (error) {
    throw new AppError(
      {
        code: "scriptNotWritten",
        class: "fatal",
        summary: `The scripts cannot be written to ${folder}.`,
        ...(error instanceof Error ? { detail: error.message } : {}),
        remedy: "Name a folder that this user can write with --out.",
      },
      error,
    );
  }
}
