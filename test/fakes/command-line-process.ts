// The command line as a process of its own: built once, started as an operator would, and killed where a test says so.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";

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

export interface Started {
  readonly child: ChildProcess;
  /** Resolves with the first line on standard error that fits; rejects when the process ends before. */
  line(fits: (line: string) => boolean): Promise<string>;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }>;
}

export function startCommandLine(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Started {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    waiting.forEach((look) => {
      look(line);
    });
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once("close", (code) => {
      resolve({ code, out, err: lines.join("\n") });
    });
  });
  return {
    child,
    ended,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const known = lines.find(fits);
        if (known !== undefined) resolve(known);
        const look = (line: string) => {
          if (!fits(line)) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        void ended.then(({ err }) => {
          reject(new Error(`The process ended before the line came:\n${err}`));
        });
      }),
  };
}
