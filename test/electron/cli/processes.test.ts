// Processes that are really killed, and two operators at once: every end is a true statement, and nothing is sent twice.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { towards } from "../../fakes/command-line.ts";
import { buildCommandLine, startCommandLine } from "../../fakes/command-line-process.ts";
import type { Started } from "../../fakes/started-program.ts";

// Several processes at once, each at the servers' own pace: the gate alone takes 5 s.
vi.setConfig({ testTimeout: 180_000, maxConcurrency: 3 });

let file: string;
const estates: PracticeEstate[] = [];

beforeAll(async () => {
  file = await buildCommandLine();
});
afterAll(() => Promise.all(estates.map((estate) => estate.stop())));

interface Operator {
  readonly estate: PracticeEstate;
  start(words: readonly string[]): Started;
  hash(): Promise<string>;
}

async function operator(
  settings: { readonly failoverAfterLostConnection?: "continues" | "cancelled" } = {},
): Promise<Operator> {
  const estate = await startPracticeEstate({ scenario: "healthy", clock: { speed: 1 }, settings });
  estates.push(estate);
  return operatorOf(estate);
}

function operatorOf(estate: PracticeEstate): Operator {
  const { options, environment } = towards(estate);
  const start = (words: readonly string[]) =>
    startCommandLine(file, [...words, ...options], environment);
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

describe("a run whose process is killed", () => {
  test.concurrent(
    "while it waits at the gate: nothing was sent, and the next start says so",
    async () => {
      const it = await operator();
      const run = it.start(["run", "--json", "--approve", await it.hash()]);
      await run.line((line) => line.includes("still writing"));
      run.child.kill("SIGKILL");
      await run.ended;
      const { code, out } = await it.start(["status"]).ended;
      expect([code, failovers(it)]).toEqual([0, 0]);
      expect(out).toContain(
        "A run was interrupted at step 1 of 4: Wait until both sides hold the same log. The failover did not happen. SQLBOX01 is still primary.",
      );
    },
  );

  test.concurrent.each([
    ["continues", "The failover did happen.", 0],
    ["cancelled", "The failover did not happen. SQLBOX01 is still primary.", 1],
  ] as const)(
    "while the engine works on it, which then %s: the next start says which side is primary and sends nothing",
    async (failoverAfterLostConnection, sentence, code) => {
      const it = await operator({ failoverAfterLostConnection });
      it.estate.world.setWorkload(false);
      const hash = await it.hash();
      const run = it.start(["run", "--json", "--approve", hash]);
      await run.line(began("2-failover"));
      await vi.waitUntil(() => failovers(it) === 1, { timeout: 10_000 });
      run.child.kill("SIGKILL");
      await run.ended;
      const again = await it.start(["run", "--approve", hash]).ended;
      expect(again.out).toContain("A run was interrupted at step 2 of 4:");
      expect(again.out).toContain(sentence);
      expect([again.code, failovers(it)]).toEqual([code, 1]);
      const isMoved = it.estate.world.state.instance.linkRole === "PRIMARY";
      expect(isMoved).toBe(failoverAfterLostConnection === "continues");
      expect((await it.start(["status"]).ended).out).not.toContain("A run was interrupted");
    },
  );

  test.concurrent(
    "after the failover: the next start says that it happened and what is left",
    async () => {
      const it = await operator();
      it.estate.world.setWorkload(false);
      const run = it.start(["run", "--json", "--approve", await it.hash()]);
      await run.line(began("3-verify-roles"));
      run.child.kill("SIGKILL");
      await run.ended;
      const { out } = await it.start(["status"]).ended;
      expect(out).toContain("The failover did happen");
      expect(out).toContain(
        "Still to do: Enable SQL Server to allow connections for Secondary role",
      );
      expect(failovers(it)).toBe(1);
    },
  );
});

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
