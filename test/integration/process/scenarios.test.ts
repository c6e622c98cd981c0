// What an operator reads from `run` in the scenarios that must not be failed over: refused at once, with nothing changed in the world.
import { afterAll, expect, test, vi } from "vitest";
import { endRehearsals, rehearse, rolesOf } from "./rehearsal.ts";

vi.setConfig({ testTimeout: 180_000 });
afterAll(endRehearsals);

const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

test.concurrent.each([
  [
    "suspended",
    [
      `Failed   Data movement of Adatum is suspended on ${instance} (SUSPEND_FROM_USER).`,
      `Resume data movement of Adatum on ${instance}, and wait until it has caught up.`,
    ],
  ],
  [
    "disconnected",
    [
      "Failed   SQLBOX01 is not connected to its partner. Its last error was 10060",
      "Check the network between both servers, port 5022 and 11000 to 11999, and the endpoint certificates.",
    ],
  ],
  [
    "below-cu13",
    [
      "Failed   SQLBOX01 is SQL Server 2022, build 16.0.4115.5: failing over by T-SQL and keeping the link needs CU13, build 16.0.4125.3, or later.",
      "Three ways: update SQLBOX01; fail over with SSMS; or choose to remove the link, which moves one way.",
    ],
  ],
  [
    "missing-permission",
    [
      "Failed   practice_dba has no ALTER ANY AVAILABILITY GROUP on SQLBOX01.",
      "Ask for: GRANT ALTER ANY AVAILABILITY GROUP TO [practice_dba];",
    ],
  ],
  [
    "wrong-node",
    [
      "Failed   SQLBOX02 is SECONDARY in its own availability group AG_Adatum; only the primary node shows and changes the link's roles.",
      "Connect to SQLBOX01.",
    ],
  ],
  [
    "twin-names",
    [
      `Failed   The link on SQLBOX01 replicates with sqlmi9.a0b1c2d3e4f5.database.windows.net, not with ${instance}.`,
      "Connect to the instance sqlmi9.a0b1c2d3e4f5.database.windows.net, or choose another link.",
    ],
  ],
] as const)(
  "run in the scenario %s is refused before it waits, says what to do, and changes nothing",
  async (scenario, words) => {
    const world = await rehearse("--scenario", scenario);
    await world.control({ do: "workload", running: false });
    const before = rolesOf(await world.truth());
    const { code, out, err } = await world
      .operator()
      .start(["run", "--approve", "0".repeat(64), "--wait-seconds", "600"]).ended;
    expect([code, err]).toEqual([3, ""]);
    expect(out).toMatch(/^Not ready: \d+ findings? in the way of a run\.\n/);
    for (const sentence of words) expect(out).toContain(sentence);
    const truth = await world.truth();
    expect([truth.changes, rolesOf(truth)]).toEqual([[], before]);
  },
);

test.concurrent(
  "a redirect that leads to a closed port is told with both addresses, and nothing is changed",
  async () => {
    const world = await rehearse("--routing", "closedPort");
    const { code, err } = await world.operator().start(["check"]).ended;
    expect(err).toMatch(
      /127\.0\.0\.1,\d+ answered and sent this connection on to 127\.0\.0\.1:\d+, which cannot be reached\./,
    );
    expect([code, (await world.truth()).changes]).toEqual([1, []]);
  },
);
