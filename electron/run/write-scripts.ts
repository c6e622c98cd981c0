// Writes every script of a plan to a folder.
import type { Plan } from "../../shared/plan/plan.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import { writeExport } from "../store/write-export.ts";

/** Answers the paths. Throws AppError `scriptNotWritten`. */
export function writeScripts(folder: string, plan: Plan, hash: string): readonly string[] {
  return writeExport(folder, scriptsOf(plan, hash), {
    code: "scriptNotWritten",
    what: "scripts",
    option: "--out",
  });
}
