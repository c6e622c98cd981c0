// The command line as a process of its own: built once, started as an operator would, and killed where a test says so.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { startProgram } from "./started-program.ts";
import type { Started } from "./started-program.ts";

/** Answers the built file. */
export async function buildCommandLine(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "mi-link-cli-"));
  await build({
    configFile: new URL("../../build/vite.main.config.mjs", import.meta.url).pathname,
    logLevel: "error",
    build: { outDir },
  });
  return join(outDir, "cli.js");
}

export function startCommandLine(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Started {
  return startProgram(process.execPath, [file, ...args], { environment });
}
