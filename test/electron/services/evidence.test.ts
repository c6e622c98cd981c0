// The evidence of a run as a folder, after a planned failover over real TDS: whole, true to its manifest, without a secret, or none.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { planHash } from "../../../electron/run/plan-hash.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import { type } from "../../fakes/command-line.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { choicesFor, connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

let estate: TimedEstate;
let window: InProcessWindow;
let runId: string;
let hash: string;
const place = mkdtempSync(join(tmpdir(), "mi-link-evidence-"));
const folder = join(place, "night");

const manifestSchema = z.object({
  approvedPlanHash: z.string(),
  planHashNow: z.string(),
  outcome: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

beforeAll(async () => {
  estate = await startTimedEstate({ scenario: "healthy" });
  window = practiceWindow(estate, { clock: estate.clock });
  await connectBoth(window, estate);
  const { plan } = await window.ask("plan.make", {
    pair: await pairIn(window),
    choices: await choicesFor(window),
  });
  if (plan === null) throw new Error("There is no plan.");
  ({ hash } = plan);
  const ended = window.next("run.event", (event) => event.kind === "runEnded");
  estate.world.setWorkload(false);
  ({ runId } = await window.ask("run.start", { planHash: hash }));
  const early = await window.invoke("evidence.save", { runId, path: folder });
  expect(early).toMatchObject({ ok: false, error: { code: "runGoesOn" } });
  await ended;
  await window.services.runs.settled();
}, 120_000);
afterAll(async () => {
  await window.services.end();
  await estate.stop();
});

function filesIn(root: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [name.replaceAll("\\", "/"), readFileSync(join(root, name))]),
  );
}

function manifestOf(root: string) {
  return manifestSchema.parse(JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")));
}

describe("the evidence of a run", () => {
  test("holds report, plan, checks, journal and scripts, each with its hash in the manifest", async () => {
    const pair = await pairIn(window);
    await window.ask("rows.count", { pair, database: "Adatum", runId });
    await window.ask("sessions.connected", { pair, side: "box", databases: ["Adatum"], runId });
    expect(await window.ask("evidence.save", { runId, path: folder })).toEqual({ path: folder });
    const files = filesIn(folder);
    expect([...files.keys()].toSorted()).toEqual([
      "checks.json",
      "journal.jsonl",
      "manifest.json",
      "plan.json",
      "read-afterwards.json",
      "report.html",
      "report.md",
      "scripts/1-sql-server.sql",
      "scripts/2-managed-instance.sql",
      "scripts/failover.ps1",
      "scripts/failover.sh",
    ]);
    const told = manifestOf(folder).files;
    expect(told.map(({ path }) => path).toSorted()).toEqual(
      [...files.keys()].filter((name) => name !== "manifest.json").toSorted(),
    );
    for (const { path, bytes, sha256 } of told) {
      const content = files.get(path) ?? Buffer.alloc(0);
      expect([path, bytes, sha256]).toEqual([
        path,
        content.length,
        createHash("sha256").update(content).digest("hex"),
      ]);
    }
  });

  test("is what the run kept, and its plan is the one that was approved", () => {
    const files = filesIn(folder);
    const run = join(window.dataDir, "runs", runId);
    for (const name of ["journal.jsonl", "scripts/1-sql-server.sql", "scripts/failover.ps1"]) {
      expect(files.get(name)?.equals(readFileSync(join(run, name)))).toBe(true);
    }
    const plan = parsePlan(JSON.parse(files.get("plan.json")?.toString("utf8") ?? ""));
    const manifest = manifestOf(folder);
    expect([planHash(plan), manifest.planHashNow, manifest.approvedPlanHash]).toEqual([
      hash,
      hash,
      hash,
    ]);
    expect(manifest.outcome).toBe("succeeded");
  });

  test("tells in its report what was read afterwards, with the time of the reading", () => {
    const report = readFileSync(join(folder, "report.md"), "utf8");
    expect(report).toContain("## Rows on both sides: Adatum");
    expect(report).toContain("## Who still connects to SQLBOX01");
    expect(report).toMatch(/Read by hand at 2026-\d\d-\d\d \d\d:\d\d:\d\d UTC, after the run\./u);
  });

  test("holds no password of either server, and nobody else may read it", () => {
    const texts = [...filesIn(folder).values()]
      .map((content) => content.toString("utf8"))
      .join("\n");
    for (const { password } of estate.servers) expect(texts).not.toContain(password);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, "journal.jsonl")).mode & 0o077).toBe(0);
  });

  test("is never written over what is there, nor in part", async () => {
    const again = await window.invoke("evidence.save", { runId, path: folder });
    expect(again).toMatchObject({ ok: false, error: { code: "folderExists" } });
    const file = join(place, "a-file");
    writeFileSync(file, "kept");
    const below = await window.invoke("evidence.save", { runId, path: join(file, "night") });
    expect(below).toMatchObject({ ok: false, error: { code: "fileNotWritten" } });
    expect(readdirSync(place).toSorted()).toEqual(["a-file", "night"]);
    expect(readFileSync(file, "utf8")).toBe("kept");
  });

  test("is written by the command line too, and a run that nobody knows is refused", async () => {
    const out = join(place, "by-hand");
    const { code, out: said } = await type([
      ...["evidence", "--run", runId, "--data-dir", window.dataDir, "--out", out],
    ]);
    expect([code, said.split("\n")[0]]).toEqual([0, `The evidence of ${runId} is in ${out}:`]);
    expect([...filesIn(out).keys()].toSorted()).toEqual([...filesIn(folder).keys()].toSorted());
    const unknown = "20200101T000000Z-00000000";
    const nobody = join(place, "nobody");
    const refused = await type([
      ...["evidence", "--run", unknown, "--data-dir", window.dataDir, "--out", nobody],
    ]);
    expect([refused.code, existsSync(nobody)]).toEqual([1, false]);
    expect(refused.err).toContain("There is no run of that name on this computer.");
    expect((await type(["evidence", "--run", "../x"])).code).toBe(2);
  });
});
