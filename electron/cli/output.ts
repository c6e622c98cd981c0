// The one answer of a command: lines for people, or one JSON document.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { problemLines } from "./words.ts";

interface To extends Pick<Context, "terminal"> {
  readonly options: Pick<Context["options"], "json">;
}

export function answer(
  { options, terminal }: To,
  document: unknown,
  lines: readonly string[],
): void {
  terminal.print(options.json ? JSON.stringify(document, undefined, 2) : lines.join("\n"));
}

/** In JSON on standard output like every answer, else on standard error. */
export function answerProblems(
  { options, terminal }: To,
  problems: readonly Problem[],
  code: ExitCode = exitCodes.failed,
): ExitCode {
  if (options.json) terminal.print(JSON.stringify({ errors: problems }, undefined, 2));
  else terminal.tell(problems.flatMap(problemLines).join("\n"));
  return code;
}
