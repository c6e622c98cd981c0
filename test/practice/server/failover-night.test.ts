// The dangerous cases of a failover night over TDS: what a client meets, and what the world says is true.
import "../tds/with-resolvers.ts";
import sql from "mssql";
import { Connection, Request } from "tedious";
import { describe, expect, test } from "vitest";
import { startPracticeEstate } from "../../../practice/estate.ts";
import type { EstateOptions, PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Fault } from "../../../practice/world/world.ts";
import { failureOf } from "../tds/outputs.ts";
import { refusalOf, rowsOf, serverOf, withPool } from "./practice-estate.ts";

const failover = "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER";
const ownRoles =
  "SELECT ag.is_distributed, rs.role_desc FROM sys.availability_groups ag JOIN sys.dm_hadr_availability_replica_states rs ON rs.group_id = ag.group_id WHERE rs.is_local = 1 ORDER BY ag.is_distributed";

/** An estate of its own whose clock stands still until the test moves it. */
async function inEstate(
  work: (estate: PracticeEstate) => Promise<void>,
  options: Partial<EstateOptions> = {},
): Promise<void> {
  const estate = await startPracticeEstate({ scenario: "healthy", clock: "manual", ...options });
  try {
    await work(estate);
  } finally {
    await estate.stop();
  }
}

/** Switches a fault as a request of --control does. */
function strike(estate: PracticeEstate, fault: Fault): void {
  expect(estate.control({ do: "fault", fault })).toMatchObject({ ok: true });
}

function roles({ world }: PracticeEstate): readonly unknown[] {
  const { box, instance, primaries } = truth(world.state);
  return [box.role, instance.role, primaries];
}

const swapped = ["SECONDARY", "PRIMARY", ["instance"]];
const unchanged = ["PRIMARY", "SECONDARY", ["box"]];

/** Resolves when the engine has begun the FAILOVER. */
async function begun({ world }: PracticeEstate): Promise<void> {
  await expect.poll(() => world.state.failover?.phase).toBe("synchronizing");
}

/** Moves world time on while something of the client's is awaited. */
async function meanwhile<Result>(estate: PracticeEstate, work: Promise<Result>): Promise<Result> {
  await begun(estate);
  estate.world.advance(30_000);
  return work;
}

/** tedious itself to SQL Server: a pool would wait for a connection that is dead. */
function connected(estate: PracticeEstate, connectTimeout = 10_000): Promise<Connection> {
  const { port, login, password } = serverOf(estate, "sqlServer");
  const connection = new Connection({
    server: "127.0.0.1",
    authentication: { type: "default", options: { userName: login, password } },
    options: { port, encrypt: false, requestTimeout: 0, cancelTimeout: 50, connectTimeout },
  });
  connection.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(error);
      else resolve(connection);
    });
  });
}

function send(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.execSqlBatch(
      new Request(text, (error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  });
}

describe("a FAILOVER that ends with an error", () => {
  test.each([
    [47514, "none", unchanged],
    [41131, "half", ["SECONDARY", "SECONDARY", []]],
    [41104, "all", swapped],
  ] as const)("%i after %s: both servers show what the world says", async (error, moved, now) => {
    await inEstate(async (estate) => {
      strike(estate, { kind: "failoverOutcome", error, rolesMoved: moved });
      await withPool(estate, "sqlServer", async (box) => {
        expect(await meanwhile(estate, refusalOf(rowsOf(box, failover)))).toEqual([error]);
        expect(roles(estate)).toEqual(now);
        const seen = await withPool(estate, "managedInstance", (instance) =>
          Promise.all([rowsOf(box, ownRoles), rowsOf(instance, ownRoles)]),
        );
        expect(seen.map((rows) => rows.at(-1))).toEqual([
          { is_distributed: true, role_desc: now[0] },
          { is_distributed: true, role_desc: now[1] },
        ]);
      });
    });
  });

  test("half: nobody can write on either side", async () => {
    await inEstate(async (estate) => {
      strike(estate, { kind: "failoverOutcome", error: 41131, rolesMoved: "half" });
      await withPool(estate, "sqlServer", (box) =>
        meanwhile(estate, refusalOf(rowsOf(box, failover))),
      );
      for (const kind of ["sqlServer", "managedInstance"] as const) {
        const rows = await withPool(estate, kind, (pool) =>
          rowsOf(pool, "SELECT DATABASEPROPERTYEX(N'Adatum', 'Updateability') AS updateability"),
        );
        expect(rows).toEqual([{ updateability: "READ_ONLY" }]);
      }
    });
  });
});

describe("the answer of a FAILOVER is lost", () => {
  test.each([
    ["continues", swapped],
    ["cancelled", unchanged],
  ] as const)(
    "with its connection: the client is told nothing else, and the engine %s",
    async (failoverAfterLostConnection, now) => {
      const settings = { failoverAfterLostConnection };
      await inEstate(
        async (estate) => {
          strike(estate, { kind: "answerLost", afterMs: 1000, how: "cut" });
          const connection = await connected(estate);
          const answer = failureOf(send(connection, failover));
          await begun(estate);
          estate.world.advance(990);
          expect(truth(estate.world.state).changes[0]?.outcomes).toEqual(["running"]);
          estate.world.advance(10);
          expect((await answer).code).toBe("ECONNRESET");
          const left = failoverAfterLostConnection === "cancelled" ? undefined : "synchronizing";
          await expect.poll(() => estate.world.state.failover?.phase).toBe(left);
          estate.world.advance(30_000);
          expect(roles(estate)).toEqual(now);
        },
        { settings },
      );
    },
  );

  test("with its connection while the engine goes on: its session and request stay in sight until the statement ends", async () => {
    await inEstate(async (estate) => {
      const connection = await connected(estate);
      const answer = failureOf(send(connection, failover));
      await begun(estate);
      connection.close();
      await answer;
      const { sessionId } = estate.world.state.changes[0] ?? {};
      const request = `SELECT command FROM sys.dm_exec_requests WHERE session_id = ${sessionId ?? 0}`;
      await withPool(estate, "sqlServer", async (other) => {
        expect(await rowsOf(other, request)).toEqual([{ command: "ALTER AVAILABILITY" }]);
        estate.world.advance(30_000);
        expect(roles(estate)).toEqual(swapped);
        await expect.poll(() => rowsOf(other, request)).toEqual([]);
      });
    });
  });

  test("in silence: no cancel is heard, the session outlives its client, and the roles switch", async () => {
    const settings = { failoverAfterLostConnection: "cancelled" } as const;
    await inEstate(
      async (estate) => {
        strike(estate, { kind: "answerLost", afterMs: 500, how: "silence" });
        const connection = await connected(estate);
        const answer = failureOf(send(connection, failover));
        await begun(estate);
        estate.world.advance(500);
        connection.cancel();
        expect((await answer).message).toBe("Failed to cancel request in 50ms");
        connection.close();
        const request = `SELECT command FROM sys.dm_exec_requests WHERE session_id = ${estate.world.state.changes[0]?.sessionId ?? 0}`;
        await withPool(estate, "sqlServer", async (other) => {
          expect(await rowsOf(other, request)).toEqual([{ command: "ALTER AVAILABILITY" }]);
          estate.world.advance(30_000);
          expect(roles(estate)).toEqual(swapped);
          await expect.poll(() => truth(estate.world.state).changes[0]?.outcomes).toEqual(["done"]);
          await expect.poll(() => rowsOf(other, request)).toEqual([]);
        });
      },
      { settings },
    );
  });
});

test("in a black hole open connections and new ones get no answer and nothing is run; afterwards new ones do", async () => {
  await inEstate(async (estate) => {
    const connection = await connected(estate);
    await send(connection, "SELECT 1 AS before");
    strike(estate, { kind: "blackhole", server: "box", on: true });
    const silent = failureOf(send(connection, "SELECT 2 AS during"));
    expect((await failureOf(connected(estate, 100))).code).toBe("ETIMEOUT");
    connection.cancel();
    expect((await silent).message).toBe("Failed to cancel request in 50ms");
    await withPool(estate, "managedInstance", (pool) => rowsOf(pool, "SELECT 3 AS elsewhere"));
    strike(estate, { kind: "blackhole", server: "box", on: false });
    const later = await connected(estate);
    await send(later, "SELECT 4 AS later");
    connection.close();
    later.close();
    const texts = estate.world.state.statements.map(({ text }) => text);
    expect(["before", "during", "elsewhere", "later"].map((word) => heard(texts, word))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

function heard(texts: readonly string[], word: string): boolean {
  return texts.some((text) => text.endsWith(word));
}

test("an estate whose FAILOVER goes on without its client ends all the same", async () => {
  const estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  const connection = await connected(estate);
  const answer = failureOf(send(connection, failover));
  await begun(estate);
  connection.close();
  await answer;
  await estate.stop();
  expect(truth(estate.world.state).failover).toBe("synchronizing");
});

test("an estate in a black hole ends all the same, with a FAILOVER running", async () => {
  const estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  const connection = await connected(estate);
  const answer = failureOf(send(connection, failover));
  await begun(estate);
  strike(estate, { kind: "blackhole", server: "box", on: true });
  await estate.stop();
  expect((await answer).code).toBe("ECONNRESET");
});

test("when the local group moves, an open connection finds its node SECONDARY and the FAILOVER refused", async () => {
  await inEstate(async (estate) => {
    await withPool(estate, "sqlServer", async (box) => {
      const both = (role: string) => [
        { is_distributed: false, role_desc: role },
        { is_distributed: true, role_desc: role },
      ];
      expect(await rowsOf(box, ownRoles)).toEqual(both("PRIMARY"));
      strike(estate, { kind: "localGroupMoves", on: true });
      expect(await rowsOf(box, ownRoles)).toEqual(both("SECONDARY"));
      expect(
        await rowsOf(
          box,
          "SELECT gs.primary_replica FROM sys.dm_hadr_availability_group_states gs JOIN sys.availability_groups ag ON ag.group_id = gs.group_id WHERE ag.name = N'AG_Adatum'",
        ),
      ).toEqual([{ primary_replica: "SQLBOX01-2" }]);
      expect(await refusalOf(rowsOf(box, failover))).toEqual([41140]);
      expect(roles(estate)).toEqual(unchanged);
    });
  });
});

test("a right taken away is gone from an open connection, and back when it is given back", async () => {
  await inEstate(async (estate) => {
    const state = "SELECT COUNT(*) AS n FROM sys.dm_hadr_availability_replica_states";
    const right = "SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS granted";
    const take = (permission: string, on: boolean): void => {
      strike(estate, { kind: "permissionTaken", server: "box", permission, on });
    };
    await withPool(estate, "sqlServer", async (box) => {
      expect(await refusalOf(rowsOf(box, state))).toEqual([]);
      take("VIEW SERVER STATE", true);
      expect(await refusalOf(rowsOf(box, state))).toEqual([300, 297]);
      expect(await rowsOf(box, right)).toEqual([{ granted: 0 }]);
      take("VIEW SERVER STATE", false);
      expect(await rowsOf(box, right)).toEqual([{ granted: 1 }]);
      take("ALTER ANY AVAILABILITY GROUP", true);
      expect(await refusalOf(rowsOf(box, failover))).toEqual([15151]);
      expect(truth(estate.world.state).changes).toEqual([]);
    });
  });
});

test("twin-names: all names agree, and only the addresses of the partners tell that they are no pair", async () => {
  await inEstate(
    async (estate) => {
      const partner =
        "SELECT ag.name, ar.replica_server_name, ar.endpoint_url FROM sys.availability_groups ag JOIN sys.availability_replicas ar ON ar.group_id = ag.group_id JOIN sys.dm_hadr_availability_replica_states rs ON rs.replica_id = ar.replica_id WHERE ag.is_distributed = 1 AND rs.is_local = 0";
      const partnerOnSecondary =
        "SELECT ag.name, ar.replica_server_name, ar.endpoint_url FROM sys.availability_groups ag JOIN sys.availability_replicas ar ON ar.group_id = ag.group_id WHERE ag.is_distributed = 1 AND ar.replica_server_name = N'AG_Adatum'";
      const [box, instance, name] = await Promise.all([
        withPool(estate, "sqlServer", (pool) => rowsOf(pool, partner)),
        withPool(estate, "managedInstance", (pool) => rowsOf(pool, partnerOnSecondary)),
        withPool(estate, "managedInstance", (pool) => rowsOf(pool, "SELECT @@SERVERNAME AS name")),
      ]);
      expect({ box, instance, name }).toEqual({
        box: [
          {
            name: "LINK_Adatum",
            replica_server_name: "AG_Adatum_MI",
            endpoint_url: "tcp://sqlmi9.a0b1c2d3e4f5.database.windows.net:5022;Server=[sqlmi9]",
          },
        ],
        instance: [
          {
            name: "LINK_Adatum",
            replica_server_name: "AG_Adatum",
            endpoint_url: "TCP://10.0.9.14:5022",
          },
        ],
        name: [{ name: "sqlmi1.a0b1c2d3e4f5.database.windows.net" }],
      });
    },
    { scenario: "twin-names" },
  );
});

test("an output parameter is refused before anything is received", async () => {
  await inEstate(async (estate) => {
    await withPool(estate, "sqlServer", async (box) => {
      const request = box.request().output("spid", sql.Int);
      expect(await refusalOf(request.query("SELECT @spid = @@SPID"))).toEqual([40517]);
      expect(estate.world.state.statements.filter(({ text }) => text.includes("@spid"))).toEqual(
        [],
      );
    });
  });
});
