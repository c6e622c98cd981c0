// A whole run as an operator types it: the built command line against the built estate, and what is left on disk.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { endRehearsals, rehearse } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
afterAll(endRehearsals);

const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

/** Every file below, as a path from there. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

test("a run while the application still writes waits for it, and ends with both sides as they should be and all of it on disk", async () => {
  const world = await rehearse("--speed", "3");
  const dba = world.operator();
  const hash = await dba.hash();
  const run = dba.start(["run", "--approve", hash, "--stable-seconds", "5"]);
  await run.line((line) => line.includes("still writing"));
  await world.control({ do: "workload", running: false });
  const { code, out, err } = await run.ended;
  expect([code, complaintsOf(await world.truth())], err).toEqual([0, []]);

  expect(out).toContain(`${instance} is primary and accepts writes.`);
  const runs = readdirSync(join(dba.dataDir, "runs"));
  expect(runs).toHaveLength(1);
  const folder = join(dba.dataDir, "runs", String(runs[0]));
  const files = [
    "journal.jsonl",
    "plan.json",
    "report.md",
    join("scripts", "1-sql-server.sql"),
    join("scripts", "2-managed-instance.sql"),
    join("scripts", "failover.ps1"),
    join("scripts", "failover.sh"),
  ];
  expect(filesBelow(folder)).toEqual(files);
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  expect(text("report.md")).toMatch(/^# PRACTICE: planned failover of LINK\\_Adatum\n/);
  for (const script of files.slice(3)) {
    expect(text(script)).toMatch(/^(\uFEFF-- |\uFEFF# |#!.*\n# )PRACTICE\. /);
    expect(text(script)).toContain(hash);
  }
  if (process.platform !== "win32") {
    expect(files.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual(
      files.map(() => 0o600),
    );
  }
  const everything = [
    out,
    err,
    ...filesBelow(dba.dataDir).map((name) => readFileSync(join(dba.dataDir, name), "latin1")),
  ];
  for (const password of dba.passwords) {
    expect(everything.filter((one) => one.includes(password))).toEqual([]);
  }
});
