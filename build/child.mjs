// Starts child processes that end with this one, and waits for them.
import { spawn } from "node:child_process";

const running = new Set();
let ending = false;

/** True once Ctrl+C or SIGTERM asked this process to end. */
export const isEnding = () => ending;

/**
 * Starts a program. It is ended (SIGTERM, after 5 s SIGKILL) when this process is asked to end.
 * @param {string} file program
 * @param {readonly string[]} args arguments
 * @param {import('node:child_process').SpawnOptions} options as for spawn
 */
export function start(file, args, options = {}) {
  const child = spawn(file, args, { stdio: "inherit", windowsHide: true, ...options });
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end.
 * @returns {Promise<number>} its exit code; 1 when it ended by a signal; rejects when it cannot be started
 */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(file, args, options);
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Ends every child that still runs; answers when all are gone. */
export async function endChildren() {
  const gone = [...running].map(
    (child) =>
      new Promise((resolve) => {
        const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
        child.once("close", () => {
          clearTimeout(hard);
          resolve();
        });
        child.kill("SIGTERM");
      }),
  );
  await Promise.all(gone);
}

function end(exitCode) {
  if (ending) return;
  ending = true;
  void endChildren().then(() => process.exit(exitCode));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => end(signal === "SIGINT" ? 130 : 143));
}

// npm passes SIGTERM to the shell it put in between, and that shell dies without passing it on.
if (process.env.npm_lifecycle_event !== undefined) {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) end(143);
  }, 250).unref();
}

/**
 * Runs a command's whole work: an error becomes one sentence and exit code 1, and no child outlives it.
 * @param {() => Promise<void>} work
 */
export async function command(work) {
  try {
    await work();
  } catch (error) {
    if (ending) return;
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    if (!ending) await endChildren();
  }
}
