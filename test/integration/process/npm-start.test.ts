// build/start.mjs as a newcomer's `npm start` runs it, without a terminal: to its good end, and ended in the middle.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { startProgram } from "../../fakes/started-program.ts";
import type { Started } from "../../fakes/started-program.ts";
import { newMark } from "./descendants.ts";

vi.setConfig({ testTimeout: 180_000 });
const mark = newMark();
const runs = resolve("out/practice-run");
const before = runNames();
afterAll(() => {
  mark.end();
  // What these starts have left, each in a folder of its own.
  for (const name of runNames().filter((one) => !before.includes(one))) {
    rmSync(join(runs, name), { recursive: true, force: true });
  }
});

function runNames(): readonly string[] {
  return existsSync(runs) ? readdirSync(runs) : [];
}

const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

function start(): Started {
  return startProgram(process.execPath, [resolve("build/start.mjs")], {
    // Without a display, whatever this machine has.
    environment: { ...mark.environment, DISPLAY: "", WAYLAND_DISPLAY: "" },
    isGroup: true,
  });
}

test("ends with 0, the world's own sentence and a report, and the time of each part is told", async () => {
  const { code, out, err } = await start().ended;
  expect(code, err).toBe(0);
  const [world, folder] = out.trimEnd().split("\n").slice(-2);
  expect(world?.trim()).toMatch(
    new RegExp(
      `^${instance} is PRIMARY, SQLBOX01 is SECONDARY; (\\d+) rows were committed by the application, \\1 of them are on ${instance}; the link is HEALTHY\\.$`,
    ),
  );
  expect(folder).toContain("Report, scripts and journal: ");
  const report = /^ *Report: +(.*)$/m.exec(out)?.[1] ?? "";
  expect(readFileSync(report, "utf8")).toMatch(/^# PRACTICE: /);
  for (const part of [/^Install: /m, /^Build: /m, /^Run: \d+\.\d s$/m]) expect(err).toMatch(part);
  expect(mark.running()).toEqual([]);
});

test.each([
  ["asked to end", "SIGINT", 1],
  ["ended by Ctrl+C, which every process of the terminal hears,", "SIGINT", -1],
] as const)(
  "%s in the middle of the run, it leaves no process behind",
  async (_how, signal, sign) => {
    const command = start();
    await command.line((line) => line.includes("Step 1 of 4"));
    process.kill(sign * Number(command.child.pid), signal);
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    expect(out).not.toContain("What the practice world itself says");
    await vi.waitUntil(() => mark.running().length === 0, { timeout: 10_000 });
  },
);
