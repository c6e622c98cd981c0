// `npm run practice` through npm itself: its one line, its refusals, and that nothing of it outlives npm.
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { scenarios } from "../../../practice/scenarios/all.ts";
import { startProgram } from "../../fakes/started-program.ts";
import type { Started } from "../../fakes/started-program.ts";
import { isListening, newMark } from "./descendants.ts";
import { readyLine } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
const mark = newMark();
afterAll(mark.end);

/** `npm run practice -- args`, as a newcomer types it. */
function practice(...args: readonly string[]): Started {
  const script = process.env["npm_execpath"];
  const [file, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  return startProgram(file, [...first, "run", "practice", "--", ...args], {
    environment: mark.environment,
    isGroup: true,
  });
}

test.each([
  ["SIGTERM to npm alone", "SIGTERM", 1],
  ["Ctrl+C on the terminal, which every process hears,", "SIGINT", -1],
] as const)(
  "standard output is one line of JSON, and %s ends everything and removes the certificate",
  async (_how, signal, sign) => {
    const npm = practice("--scenario", "lagging");
    const line = await npm.line((text) => text.startsWith("{"));
    const { servers, caFile } = readyLine.parse(JSON.parse(line));
    expect(await Promise.all(servers.map(({ port }) => isListening(port)))).toEqual([true, true]);
    process.kill(sign * Number(npm.child.pid), signal);
    const { out } = await npm.ended;
    expect(out).toBe(`${line}\n`);
    await vi.waitUntil(() => mark.running().length === 0, { timeout: 10_000 });
    expect(await Promise.all(servers.map(({ port }) => isListening(port)))).toEqual([false, false]);
    expect(existsSync(dirname(caFile))).toBe(false);
  },
);

test("a scenario that is not there names those that are, and ends with 2", async () => {
  const { code, out, err } = await practice("--scenario", "nonsense").ended;
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("There is no scenario 'nonsense'.");
  for (const { name } of scenarios) expect(err).toContain(`  ${name}`);
});
