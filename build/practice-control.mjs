// The practice estate's control protocol: JSON lines on a child's standard input and output.
import path from "node:path";
import readline from "node:readline";
import { root } from "./root.mjs";

/** The built estate. */
export const practiceScript = path.join(root, "out", "practice", "main.js");

/**
 * @param {import('node:child_process').ChildProcess} child the estate, started with `--control` and pipes
 * @returns {{ready: Promise<object>, control: (request: object) => Promise<object>}}
 *   `ready` is the estate's one JSON line; `control` rejects when the estate refuses or ends
 */
export function conversation(child) {
  const waiting = new Map();
  let nextId = 1;
  const ended = new Error("The practice estate ended.");
  const ready = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => {
      reject(ended);
      for (const { refuse } of waiting.values()) refuse(ended);
    });
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.ready === true) {
        resolve(message);
        return;
      }
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok === false) asked?.refuse(new Error(message.error));
      else asked?.answer(message);
    });
  });
  const control = (request) =>
    new Promise((answer, refuse) => {
      const id = nextId++;
      waiting.set(id, { answer, refuse });
      child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  return { ready, control };
}
