// Errors that a server really answers, over TDS: what the operator reads of each, in our words and in the server's own.
import { afterEach, describe, expect, test } from "vitest";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { findScenario } from "../../../practice/scenarios/all.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Problem, ProblemClass } from "../../../shared/errors/app-error.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import { groupNumbers } from "../../shared/errors/documented/group-numbers.ts";
import { linkNumbers } from "../../shared/errors/documented/link-numbers.ts";
import { otherNumbers, unverified } from "../../shared/errors/documented/other-numbers.ts";
import { replicaNumbers } from "../../shared/errors/documented/replica-numbers.ts";

const opened: PracticeEstate[] = [];
afterEach(async () => {
  for (const estate of opened.splice(0)) await estate.stop();
});

async function estateOf(
  scenario: Scenario,
  clock: { readonly speed: number } | "manual" = "manual",
): Promise<PracticeEstate> {
  const estate = await startPracticeEstate({ scenario, clock });
  opened.push(estate);
  return estate;
}

/** What the product makes of the refusal of a statement, on a connection of its own. */
async function refusal(estate: PracticeEstate, side: Side, statement: string): Promise<Problem> {
  const session = await mssqlConnector.connectPinned(practiceLogins(estate)[side]);
  try {
    return await problemOf(session.execute(statement));
  } finally {
    await session.close();
  }
}

async function problemOf(sent: Promise<unknown>): Promise<Problem> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.problem;
  throw new Error(`It was not refused: ${String(error)}`);
}

const alter = (group: string, what: string) => `ALTER AVAILABILITY GROUP [${group}] ${what};`;
const failover = alter("LINK_Adatum", "FAILOVER");
const forced = alter("LINK_Adatum", "FORCE_FAILOVER_ALLOW_DATA_LOSS");
const modify = (member: string, option: string) =>
  alter("LINK_Adatum", `MODIFY AVAILABILITY GROUP ON N'${member}' WITH (${option})`);
const readable = "SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL)";
const engine = (change: Partial<Scenario["engine"]>): Scenario => ({
  ...healthy,
  engine: { ...healthy.engine, ...change },
});
const named = (name: string): Scenario => {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`There is no scenario ${name}.`);
  return scenario;
};

interface Refused {
  readonly number: number;
  readonly kind: ProblemClass;
  readonly side: Side;
  readonly statement: string;
}

function box(number: number, kind: ProblemClass, statement: string): Refused {
  return { number, kind, side: "box", statement };
}

function instance(number: number, kind: ProblemClass, statement: string): Refused {
  return { number, kind, side: "instance", statement };
}

/** A refused statement changes nothing: one estate can be asked for all of them. */
const refusedWhileHealthy: readonly Refused[] = [
  box(15151, "ambiguous", alter("no ]] such", "FAILOVER")),
  box(15151, "ambiguous", "DROP AVAILABILITY GROUP [no such];"),
  box(19508, "block", modify("nobody", "AVAILABILITY_MODE = SYNCHRONOUS_COMMIT")),
  box(19512, "block", alter("AG_Adatum", "SET (ROLE = SECONDARY)")),
  box(41122, "info", forced),
  box(41167, "block", alter("AG_Adatum", `MODIFY REPLICA ON N'no' WITH (${readable})`)),
  box(47523, "block", modify("AG_Adatum_MI", "SEEDING_MODE = MANUAL")),
  instance(41195, "info", alter("LINK_Adatum", "SET (ROLE = SECONDARY)")),
  instance(47517, "wrongSide", failover),
];

type Arrange = (estate: PracticeEstate) => unknown;
type Arranged = readonly [name: string, refused: Refused, scenario: Scenario, arrange: Arrange];

const asItIs: Arrange = () => undefined;

const refusedOtherwise: readonly Arranged[] = [
  ["SQL Server below 2022 CU13", box(19504, "block", failover), named("below-cu13"), asItIs],
  ["a link of one way", instance(41985, "block", forced), named("sql2019-cutover"), asItIs],
  [
    "a group of a node that is not primary",
    box(41140, "wrongSide", failover),
    named("wrong-node"),
    asItIs,
  ],
  ["a full send queue", box(47515, "block", failover), engine({ sendQueueLimitKb: -1 }), asItIs],
  ["a full redo queue", box(47516, "block", failover), engine({ redoQueueLimitKb: -1 }), asItIs],
  [
    "a copy that may not be read",
    box(976, "wrongSide", "USE [Adatum];"),
    healthy,
    ({ world }) => {
      world.setWorkload(false);
      world.advance(2_000);
      world.fault({ kind: "rolesMoved" });
    },
  ],
  [
    "a link that is disconnected",
    box(47514, "block", failover),
    healthy,
    ({ world }) => {
      world.fault({ kind: "linkDisconnected", on: true });
    },
  ],
  [
    "a link whose other end was dropped",
    box(47511, "block", failover),
    healthy,
    (estate) => execute(estate, "instance", "DROP AVAILABILITY GROUP [LINK_Adatum];"),
  ],
  [
    "a login without the right, which looks like no group",
    box(15151, "ambiguous", failover),
    healthy,
    ({ world }) => {
      const permission = "ALTER ANY AVAILABILITY GROUP";
      world.fault({ kind: "permissionTaken", server: "box", permission, on: true });
    },
  ],
];

async function expectRefusal(
  estate: PracticeEstate,
  { number, kind, side, statement }: Refused,
): Promise<void> {
  const problem = await refusal(estate, side, statement);
  expect(problem).toMatchObject({ sqlNumber: number, class: kind });
  expect(problem.summary).toContain(`127.0.0.1,${String(practiceLogins(estate)[side].port)}`);
  expect(problem.detail).toMatch(new RegExp(`^Msg ${String(number)}: \\S`, "u"));
}

describe("a statement that the server refuses", () => {
  test("on a healthy link is told by its row, and the roles stay as they are", async () => {
    const estate = await estateOf(healthy);
    for (const one of refusedWhileHealthy) await expectRefusal(estate, one);
    expect(truth(estate.world.state).primaries).toEqual(["box"]);
  });

  test.each(refusedOtherwise)(
    "with %s is told by its row",
    async (_, refused, scenario, arrange) => {
      const estate = await estateOf(scenario);
      await arrange(estate);
      estate.world.advance(60_000);
      await expectRefusal(estate, refused);
    },
  );
});

test("during a failover another one, a change and a drop are refused as 47513, 47512 and 41156", async () => {
  const estate = await estateOf(healthy);
  estate.world.setWorkload(false);
  estate.world.advance(5_000);
  const first = await mssqlConnector.connectPinned(practiceLogins(estate).box);
  const running = first.execute(failover);
  await expect.poll(() => estate.world.state.failover).not.toBeNull();
  const mode = modify("AG_Adatum", "AVAILABILITY_MODE = SYNCHRONOUS_COMMIT");
  const second = await refusal(estate, "box", failover);
  expect(second).toMatchObject({ sqlNumber: 47513, class: "wait" });
  expect(await refusal(estate, "box", mode)).toMatchObject({ sqlNumber: 47512, class: "wait" });
  const drop = await refusal(estate, "box", "DROP AVAILABILITY GROUP [LINK_Adatum];");
  expect(drop).toMatchObject({ sqlNumber: 41156, class: "block" });
  estate.world.advance(60_000);
  await running;
  await first.close();
});

test("every documented number that ends a FAILOVER keeps its class, and the server's words", async () => {
  const estate = await estateOf(healthy, { speed: 1000 });
  estate.world.setWorkload(false);
  const session = await mssqlConnector.connectPinned(practiceLogins(estate).box);
  const documented = [...linkNumbers, ...groupNumbers, replicaNumbers, ...otherNumbers, unverified];
  for (const [number, kind] of documented.flatMap((one) => one.rows)) {
    estate.world.fault({ kind: "failoverOutcome", error: number, rolesMoved: "none" });
    const problem = await problemOf(session.execute(failover));
    expect(problem).toMatchObject({ sqlNumber: number, class: kind });
    expect(problem.detail).toMatch(/^Msg \d+: \S.*LINK_Adatum/u);
  }
  await session.close();
});

async function execute(estate: PracticeEstate, side: Side, statement: string): Promise<void> {
  const session = await mssqlConnector.connectPinned(practiceLogins(estate)[side]);
  await session.execute(statement);
  await session.close();
}
