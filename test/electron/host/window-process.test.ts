// The window's own process, as it is built: it ends with its window, and nothing of it outlives it however it ends.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "vitest";
import { browserPath } from "./chromium-page.ts";
import { descendantsOf, openPorts, processesWith } from "./process-tree.ts";

const bundle = path.resolve(import.meta.dirname, "../../../out/electron/window-main.js");
const patience = { timeout: 20_000 };
let started: ChildProcess | undefined;
afterEach(() => started?.kill("SIGKILL"));

interface Running {
  readonly id: number;
  readonly exitCode: Promise<number | null>;
  readonly signal: (name: NodeJS.Signals) => void;
}

/** Resolves once the window is open. */
async function startWindow(...args: readonly string[]): Promise<Running> {
  const data = mkdtempSync(path.join(tmpdir(), "mi-link-data-"));
  const child = spawn(
    process.execPath,
    [bundle, "--browser", browserPath(), "--headless", "--data-dir", data, ...args],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  started = child;
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("close", () => {
      reject(new Error("The window's process ended before its window was open."));
    });
  });
  expect(line).toContain("The window is open");
  const { pid } = child;
  if (pid === undefined) throw new Error("It has no process id.");
  return { id: pid, exitCode, signal: (name) => child.kill(name) };
}

/** The browser of a window has the window's profile in its command line. */
const profileOf = ({ id }: Running) => `mi-link-window-${String(id)}-`;

describe.runIf(process.platform === "linux")("the window's process", () => {
  test("opens no port for real servers, and closes everything when it is asked to end", async () => {
    const running = await startWindow("--connect");
    const all = [running.id, ...descendantsOf(running.id)];
    expect(all.length).toBeGreaterThan(3);
    expect(openPorts(all)).toEqual([]);
    running.signal("SIGTERM");
    expect(await running.exitCode).toBe(0);
    expect(processesWith(profileOf(running))).toEqual([]);
  });

  test("leaves neither browser nor practice estate when it is killed", async () => {
    const running = await startWindow();
    const below = descendantsOf(running.id);
    expect(below.length).toBeGreaterThan(3);
    running.signal("SIGKILL");
    await running.exitCode;
    await expect.poll(() => processesWith(profileOf(running)), patience).toEqual([]);
    // Whoever has no command line any more has ended.
    const left = () => processesWith("/").filter((id) => below.includes(id));
    await expect.poll(left, patience).toEqual([]);
  });

  test("says in one sentence which browser did not start, and ends with 1", async () => {
    const child = spawn(process.execPath, [bundle, "--browser", "/nowhere/browser"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, said.split("\n")[0]]).toEqual([1, "/nowhere/browser did not open a window."]);
  });
});
