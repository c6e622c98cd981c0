// A forced failover typed on the command line: SQL Server not even named, the alive primary refused, and nothing without the link's name.
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { Typed } from "../../fakes/command-line.ts";
import { towards, type } from "../../fakes/command-line.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

vi.setConfig({ testTimeout: 120_000 });

let estate: TimedEstate;
let typed: (...words: readonly string[]) => Promise<Typed>;
/** Of both servers, on the same computer. */
let check: () => Promise<Typed>;

beforeEach(async () => {
  estate = await startTimedEstate({ scenario: "healthy" });
  const { options, environment } = towards(estate);
  // Without --sql-server and what belongs to it: it is gone.
  const ofInstance = options.filter(
    (word, at) => !word.startsWith("--sql-server") && !options[at - 1]?.startsWith("--sql-server"),
  );
  check = () => type(["check", ...options], { environment, clock: estate.clock });
  typed = (...words) =>
    type([...words, "--force", "--to", "instance", ...ofInstance], {
      environment,
      clock: estate.clock,
    });
});
afterEach(() => estate.stop());

const told = () => truth(estate.world.state);
const fault = (one: object) => estate.control({ do: "fault", fault: one });

async function hashOf(...words: readonly string[]): Promise<string> {
  const planned = await typed("plan", "--json", ...words);
  expect(planned.code, planned.err).toBe(0);
  return (JSON.parse(planned.out) as { readonly hash: string }).hash;
}

function loseSqlServer(): void {
  fault({ kind: "linkDisconnected", on: true });
  fault({ kind: "unreachable", server: "box", on: true });
  estate.world.advance(30_000);
}

describe("SQL Server is gone, and not named", () => {
  beforeEach(loseSqlServer);

  test("the plan says first what is lost; the run forces once, and leaves scripts and a report that say so", async () => {
    const planned = await typed("plan");
    expect(planned.out).toMatch(
      /^DATA CAN BE LOST\.\nAdatum: everything committed on \S+ after .* is lost\./,
    );
    expect(planned.out).toContain("whose zone is not known");
    expect(planned.out).toContain("This computer has not read");
    const out = mkdtempSync(join(tmpdir(), "mi-link-forced-"));
    const run = await typed(
      ...["run", "--approve", await hashOf(), "--link-name", "LINK_Adatum"],
      ...["--data-dir", out, "--json"],
    );
    expect(run.code, run.err).toBe(0);
    const { files, toDo } = JSON.parse(run.out) as {
      readonly files: { readonly reportFile: string; readonly scriptFolder: string };
      readonly toDo: readonly string[];
    };
    expect(toDo.join("\n")).toContain("SET (ROLE = SECONDARY)");
    expect(readFileSync(files.reportFile, "utf8")).toContain("What was given up, as stated before");
    expect(readdirSync(files.scriptFolder).length).toBeGreaterThan(0);
    expect(told().primaries).toEqual(["box", "instance"]);
    expect(told().changes.map(({ server, count }) => [server, count])).toEqual([["instance", 1]]);
  });

  test.each([[[]], [["--link-name", "link_adatum"]], [["--link-name", "LINK_Adatum_2"]]])(
    "with the hash and %j it is not forced",
    async (words) => {
      const run = await typed("run", "--approve", await hashOf(), ...words);
      expect(run.code).toBe(words.length === 0 ? 2 : 3);
      expect(run.out + run.err).toMatch(/--link-name|The name of the link was not typed/);
      expect([told().changes, told().primaries]).toEqual([[], ["box"]]);
    },
  );
});

test("what check read of SQL Server before it was gone is in the loss: its zone, and how far it was", async () => {
  await check();
  loseSqlServer();
  const known = await typed("plan");
  expect(known.out).toMatch(
    /^DATA CAN BE LOST\.\nAdatum: everything committed on \S+ after (\S+ \S+) ([+-]\d\d:\d\d) = \S+ \S+ UTC is lost\./,
  );
  expect(known.out).toMatch(/Adatum: \S+ was last read at .* UTC\. .*last_commit_lsn/);
  expect(known.out).toMatch(/was last read \d+ min ago\./);
});

describe("SQL Server is alive", () => {
  test("nothing is planned, and planned failover is proposed", async () => {
    const planned = await typed("plan");
    expect([planned.code, planned.out]).toEqual([
      3,
      expect.stringMatching(/is alive: .*Forcing now makes two primaries\.[^]*Fail over planned/),
    ]);
  });

  test("despite that it is forced with a reason, and without one it is wrong usage", async () => {
    const without = await typed("plan", "--despite-alive");
    expect([without.code, without.err]).toEqual([2, expect.stringContaining("--reason")]);
    const despite = ["--despite-alive", "--reason", "Drill agreed with the owner"];
    const hash = await hashOf(...despite);
    const run = await typed(
      ...["run", "--approve", hash, "--link-name", "LINK_Adatum", ...despite],
    );
    expect(run.code, run.err).toBe(0);
    expect(told().primaries).toEqual(["box", "instance"]);
  });
});

test.each([
  [["plan", "--reason", "x"], "--reason goes with --force alone."],
  [["status", "--force", "--to", "box"], "--force goes with check, plan, script and run."],
  [["plan", "--force"], "--force needs --to"],
  [["run", "--force", "--to", "box", "--dry-run"], "--dry-run does not go with --force."],
  [["plan", "--force", "--to", "box", "--remove-link"], "--remove-link does not go with --force."],
])("%j is wrong usage", async (words, sentence) => {
  const { options, environment } = towards(estate);
  const answer = await type([...words, ...options], { environment, clock: estate.clock });
  expect([answer.code, answer.err]).toEqual([2, expect.stringContaining(sentence)]);
});
