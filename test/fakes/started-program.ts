// A program as a process of its own: its lines as they come, its end, and its keyboard where a test types.
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";

export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with the first line on either output that fits; rejects when the process ends before. */
  line(fits: (line: string) => boolean): Promise<string>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Starting {
  /** Added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The test types, by `child.stdin`. Without it there is nothing to read. */
  readonly isTypedTo?: boolean;
  /** Leads a process group, as a command typed in a shell does. */
  readonly isGroup?: boolean;
}

export function startProgram(
  file: string,
  args: readonly string[],
  { environment = {}, isTypedTo = false, isGroup = false }: Starting = {},
): Started {
  const child = spawn(file, args, {
    env: { ...process.env, ...environment },
    stdio: "pipe",
    detached: isGroup,
  });
  if (!isTypedTo) child.stdin.end();
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  const heard = (stream: NodeJS.ReadableStream): (() => string) => {
    let text = "";
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look(line);
    });
    return () => text;
  };
  const out = heard(child.stdout);
  const err = heard(child.stderr);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, out: out(), err: err() });
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
        ended.then(({ err: told }) => {
          reject(new Error(`The process ended before the line came:\n${told}`));
        }, reject);
      }),
  };
}
