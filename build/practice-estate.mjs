// Starts the built practice estate as a child that ends with this process.
import { start } from "./child.mjs";
import { conversation, practiceScript } from "./practice-control.mjs";

/**
 * @param {readonly string[]} args more arguments for the estate, such as ['--scenario', 'lagging']
 * @returns {Promise<{ready: object, control: (request: object) => Promise<object>, stop: () => void}>}
 *   `ready` and `control` as `conversation` has them
 */
export async function startPracticeEstate(args = []) {
  const child = start(process.execPath, [practiceScript, "--control", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { ready, control } = conversation(child);
  return { ready: await ready, control, stop: () => child.stdin.end() };
}
