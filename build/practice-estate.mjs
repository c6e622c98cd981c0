// Starts the built practice estate as a child and speaks its control protocol: JSON lines on standard input and output.
import path from "node:path";
import readline from "node:readline";
import { start } from "./child.mjs";
import { root } from "./root.mjs";

/**
 * @param {readonly string[]} args more arguments for the estate, such as ['--scenario', 'lagging']
 * @returns {Promise<{ready: object, control: (request: object) => Promise<object>, stop: () => void}>}
 *   `ready` is the estate's one JSON line; `control` rejects when the estate refuses or ends
 */
export async function startPracticeEstate(args = []) {
  const child = start(
    process.execPath,
    [path.join(root, "out", "practice", "main.js"), "--control", ...args],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
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
  return { ready: await ready, control, stop: () => child.stdin.end() };
}
