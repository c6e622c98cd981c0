// Asks for a password on a terminal without showing it.
import type { Writable } from "node:stream";
import { UsageError } from "./usage-error.ts";

const enter = ["\r", "\n", "\u0004"];
const erase = ["\u007f", "\b"];
const interrupt = "\u0003";

/** What of a terminal is needed; process.stdin is one. */
export interface KeyInput {
  setRawMode(isRaw: boolean): unknown;
  setEncoding(encoding: "utf8"): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listen: (keys: string) => void): unknown;
  off(event: "data", listen: (keys: string) => void): unknown;
}

/** Resolves with the line; rejects with UsageError on Ctrl+C. Raw mode is always switched off again. */
export function askSecretOn(input: KeyInput, output: Writable, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: readonly string[] = [];
    const end = () => {
      input.off("data", listen);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
    };
    const listen = (keys: string) => {
      for (const key of keys) {
        if (key === interrupt) {
          end();
          reject(new UsageError("No password was given."));
          return;
        }
        if (enter.includes(key)) {
          end();
          resolve(typed.join(""));
          return;
        }
        typed = erase.includes(key) ? typed.slice(0, -1) : [...typed, key];
      }
    };
    // Before the question is there to be answered: what is typed earlier would be shown.
    input.setRawMode(true);
    input.setEncoding("utf8");
    input.on("data", listen);
    input.resume();
    output.write(question);
  });
}
