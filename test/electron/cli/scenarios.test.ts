// What the operator reads in each scenario of the practice estate, and that nothing is sent where nothing may be.
import { describe, expect, test } from "vitest";
import { towards, type } from "../../fakes/command-line.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

async function inScenario(
  scenario: string,
  words: readonly string[],
  says?: readonly string[],
): Promise<{ readonly code: number; readonly text: string; readonly changes: number }> {
  const estate = await startTimedEstate({ scenario });
  try {
    const { options, environment } = towards(estate);
    const { code, out, err } = await type([...words, ...options], {
      environment,
      clock: estate.clock,
      ...(says === undefined ? {} : { says }),
    });
    const asked = estate.control({ ask: "changes" });
    const changes = asked.ok && Array.isArray(asked.value) ? asked.value.length : Number.NaN;
    return { code, text: `${out}\n${err}`, changes };
  } finally {
    await estate.stop();
  }
}

describe("check", () => {
  test.each([
    [
      "healthy",
      0,
      "Ready    SQLBOX01 is PRIMARY and sqlmi1.a0b1c2d3e4f5.database.windows.net is SECONDARY.",
    ],
    [
      "suspended",
      3,
      "Failed   Data movement of Adatum is suspended on sqlmi1.a0b1c2d3e4f5.database.windows.net (SUSPEND_FROM_USER).",
    ],
    [
      "disconnected",
      3,
      "Failed   SQLBOX01 is not connected to its partner. Its last error was 10060",
    ],
    [
      "below-cu13",
      3,
      "Failed   SQLBOX01 is SQL Server 2022, build 16.0.4115.5: failing over by T-SQL and keeping the link needs CU13",
    ],
    [
      "missing-permission",
      3,
      "Failed   practice_dba has no ALTER ANY AVAILABILITY GROUP on SQLBOX01.",
    ],
    [
      "wrong-node",
      3,
      "Failed   SQLBOX02 is SECONDARY in its own availability group AG_Adatum; only the primary node shows and changes the link's roles.\n         Connect to SQLBOX01.",
    ],
    ["twin-names", 3, "Failed   The link on SQLBOX01 replicates with "],
  ])(
    "in the scenario %s ends with %i and says what is the matter",
    async (scenario, code, words) => {
      const answer = await inScenario(scenario, ["check"]);
      expect(answer, answer.text).toMatchObject({ code, changes: 0 });
      expect(answer.text).toContain(words);
    },
  );
});

describe("run", () => {
  test.each([
    ["lagging", "Not ready after 20 s, and nothing was sent."],
    ["writer-never-stops", "still writing on SQLBOX01"],
  ])("in the scenario %s waits, gives up and sends nothing", async (scenario, words) => {
    const answer = await inScenario(scenario, ["run", "--wait-seconds", "20"], ["yes"]);
    expect(answer, answer.text).toMatchObject({ code: 3, changes: 0 });
    expect(answer.text).toContain(words);
  });

  test("whose roles move under the operator ends with the sentence of the plan that no longer fits", async () => {
    const answer = await inScenario("roles-move", ["run"], ["yes"]);
    expect(answer.code).toBe(1);
    expect(answer.text).toMatch(
      /The plan no longer fits: SQLBOX01 was PRIMARY .* Nothing was sent\./,
    );
    expect(answer.changes).toBe(0);
  });
});
