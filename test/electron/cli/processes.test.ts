// The built command line beside one that works or was killed: every end is a true statement, and nothing is sent twice.
import { resolve } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { towards } from "../../fakes/command-line.ts";
import type { Started } from "../../fakes/started-program.ts";
import { startProgram } from "../../fakes/started-program.ts";

// Several processes at once, each at the servers' own pace: the gate alone takes 5 s.
vi.setConfig({ testTimeout: 180_000, maxConcurrency: 3 });

const file = resolve("out/electron/cli.js");
const estates: PracticeEstate[] = [];

afterAll(() => Promise.all(estates.map((estate) => estate.stop())));

interface Operator {
  readonly estate: PracticeEstate;
  start(words: readonly string[]): Started;
  hash(): Promise<string>;
}

async function operator(): Promise<Operator> {
  const settings = { failoverAfterLostConnection: "continues" } as const;
  const estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 }, settings });
  estates.push(estate);
  return operatorOf(estate);
}

function operatorOf(estate: PracticeEstate): Operator {
  const { options, environment } = towards(estate);
  const start = (words: readonly string[]) =>
    startProgram(process.execPath, [file, ...words, ...options], { environment });
  return {
    estate,
    start,
    async hash() {
      const { out } = await start(["plan", "--json"]).ended;
      return (JSON.parse(out) as { readonly hash: string }).hash;
    },
  };
}

/** How often each changing statement reached an engine. */
function failovers({ estate }: Operator): number {
  const answer = estate.control({ ask: "changes" });
  if (!answer.ok || !Array.isArray(answer.value)) throw new Error("The world does not answer.");
  return answer.value.filter((one) => JSON.stringify(one).includes("FAILOVER")).length;
}

function began(stepId: string): (line: string) => boolean {
  return (line) => line.includes('"kind":"stepBegan"') && line.includes(`"stepId":"${stepId}"`);
}

test.concurrent(
  "while the engine still works on a killed run's failover, the next start waits for its end and sends nothing",
  async () => {
    const it = await operator();
    it.estate.world.setWorkload(false);
    const hash = await it.hash();
    const run = it.start(["run", "--json", "--approve", hash]);
    await run.line(began("2-failover"));
    await vi.waitUntil(() => failovers(it) === 1, { timeout: 10_000 });
    run.child.kill("SIGKILL");
    await run.ended;
    const again = await it.start(["run", "--approve", hash]).ended;
    expect(again.out).toContain("A run was interrupted at step 2 of 4:");
    expect(again.out).toContain("The failover did happen.");
    expect([again.code, failovers(it)]).toEqual([0, 1]);
    expect(it.estate.world.state.instance.linkRole).toBe("PRIMARY");
    expect((await it.start(["status"]).ended).out).not.toContain("A run was interrupted");
  },
);

describe("two operators", () => {
  test.concurrent(
    "the second is told who runs it, starts nothing, and the first goes on",
    async () => {
      const first = await operator();
      const second = operatorOf(first.estate);
      const hash = await first.hash();
      const run = first.start(["run", "--json", "--approve", hash]);
      await run.line((line) => line.includes("still writing"));
      const refused = await second.start(["run", "--approve", hash]).ended;
      expect([refused.code, failovers(first)]).toEqual([3, 0]);
      expect(refused.err).toMatch(
        /practice_dba on .* with MI Link Failover, since .* is running a failover of LINK_Adatum\. Another cannot be started\./,
      );
      first.estate.world.setWorkload(false);
      expect([(await run.ended).code, failovers(first)]).toEqual([0, 1]);
    },
  );

  test.concurrent(
    "on one computer: a run in flight is never taken for one that was left behind",
    async () => {
      const it = await operator();
      const run = it.start(["run", "--json", "--approve", await it.hash()]);
      await run.line((line) => line.includes("still writing"));
      const { out } = await it.start(["status"]).ended;
      expect(out).toContain(`A run is in flight in process ${String(run.child.pid)}`);
      run.child.kill("SIGINT");
      expect((await run.ended).code).toBe(1);
    },
  );
});

test.concurrent(
  "Ctrl+C twice while the failover runs leaves with exit code 4 and says what that may leave behind",
  async () => {
    const it = await operator();
    it.estate.world.setWorkload(false);
    const run = it.start(["run", "--json", "--approve", await it.hash()]);
    await run.line(began("2-failover"));
    run.child.kill("SIGINT");
    await run.line((line) => line.includes('"kind":"stopRequested"'));
    run.child.kill("SIGINT");
    const { code, err } = await run.ended;
    expect(code).toBe(4);
    expect(err).toContain("Leaving does not call it back: it may still happen.");
    expect(failovers(it)).toBeLessThanOrEqual(1);
  },
);
