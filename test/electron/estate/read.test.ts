import { describe, expect, test } from "vitest";
import { readEstate, readSide } from "../../../electron/estate/read.ts";
import type { SideFacts } from "../../../shared/estate/estate.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { silent } from "../../shared/estate/sample-estate.ts";
import { allRights, refused, scriptedSession } from "./scripted-session.ts";
import type { Script } from "./scripted-session.ts";

const clock = fakeClock();

async function factsOf(script: Script): Promise<SideFacts> {
  const reading = await readSide(scriptedSession("box", script), clock);
  if (reading.kind !== "seen") throw new Error("not seen");
  return reading.facts;
}

describe("a side", () => {
  test("is read in four batches, each but the first guarded by the rights in it", async () => {
    const session = scriptedSession("box");
    await readSide(session, clock);
    expect(session.batches).toEqual([
      ["server", "rights"],
      ["rights", "groups", "replicas", "replicaDatabases", "writers", "certificates", "seeding"],
      ["rights", "databases"],
      ["rights", "backups"],
    ]);
  });

  test("is read in as many batches with 5,000 databases and 500 links", async () => {
    const databases = Array.from({ length: 5000 }, (_, index) => ({
      databaseId: index + 5,
      name: `db${index}`,
      state: "ONLINE",
      updateability: "READ_WRITE",
      recoveryModel: "FULL",
      logReuseWait: "NOTHING",
      isEncrypted: false,
      isInAvailabilityGroup: 1,
    }));
    const groups = Array.from({ length: 500 }, (_, index) => ({
      groupId: `GROUP-${index}`,
      name: `LINK_db${index}`,
      isDistributed: true,
      primaryReplica: null,
    }));
    const session = scriptedSession("box", { databases, groups });
    await readSide(session, clock);
    expect(session.batches).toHaveLength(4);
  });

  test("puts replicas under their groups", async () => {
    const replicas = [
      {
        groupId: "LINK-ID",
        replicaId: "R",
        replicaServerName: "AG_Adatum",
        endpointUrl: null,
        availabilityMode: "ASYNCHRONOUS_COMMIT",
        secondaryRoleAllowConnections: "ALL",
        isLocal: true,
        role: "PRIMARY",
        connectedState: "CONNECTED",
        synchronizationHealth: "HEALTHY",
        lastConnectErrorNumber: null,
        lastConnectErrorDescription: null,
      },
    ];
    const { groups } = await factsOf({ replicas });
    expect(
      groups.kind === "seen" ? groups.value.map((group) => group.replicas.length) : groups,
    ).toEqual([0, 1]);
  });

  test("says the time of this tool, not of the server", async () => {
    const reading = await readSide(scriptedSession("box"), clock);
    expect(reading.at).toBe(new Date(clock.nowMs()).toISOString());
  });
});

describe("what may not be seen", () => {
  test("rows that a missing right has emptied are not allowed, never none", async () => {
    const facts = await factsOf({ rights: [{ ...allRights, viewAnyDefinition: 0 }] });
    const missing = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" };
    expect(facts.groups).toEqual(missing);
    expect(facts.certificates).toEqual(missing);
    expect(facts.replicaDatabases.kind).toBe("seen");
  });

  test.each([
    [1, 0, "VIEW SERVER PERFORMANCE STATE"],
    [0, null, "VIEW SERVER STATE"],
  ])("state without the right of that version names it", async (before, since, permission) => {
    const rights = [{ ...allRights, viewServerState: before, viewServerPerformanceState: since }];
    const facts = await factsOf({ rights });
    for (const fact of [facts.groups, facts.replicaDatabases, facts.writers, facts.seeding]) {
      expect(fact).toEqual({ kind: "notAllowed", permission });
    }
  });

  test("databases that VIEW ANY DATABASE hides are not allowed", async () => {
    const facts = await factsOf({ rights: [{ ...allRights, viewAnyDatabase: 0 }] });
    expect(facts.databases).toEqual({ kind: "notAllowed", permission: "VIEW ANY DATABASE" });
  });

  test.each([300, 297, 229, 916])(
    "message %i is a missing right, named without asking again",
    async (number) => {
      const session = scriptedSession("box", {
        backups: refused(number),
        rights: [{ ...allRights, readBackupHistory: 0 }],
      });
      const reading = await readSide(session, clock);
      if (reading.kind !== "seen") throw new Error("not seen");
      expect(reading.facts.backups).toEqual({
        kind: "notAllowed",
        permission: "SELECT on msdb.dbo.backupset",
      });
      expect(reading.facts.databases.kind).toBe("seen");
      expect(session.batches).toHaveLength(4);
    },
  );

  test("a refusal that no right explains still names what was needed", async () => {
    const facts = await factsOf({ writers: refused(300) });
    expect(facts.writers).toEqual({
      kind: "notAllowed",
      permission: "VIEW SERVER PERFORMANCE STATE or VIEW ANY DATABASE",
    });
  });
});

describe("what fails", () => {
  test("another error of the server fails that fact alone", async () => {
    const facts = await factsOf({ seeding: { ...refused(207), summary: "Invalid column name." } });
    expect(facts.seeding).toMatchObject({
      kind: "failed",
      problem: { sqlNumber: 207, detail: "Msg 207: Invalid column name." },
    });
    expect(facts.certificates.kind).toBe("seen");
    expect(facts.groups.kind).toBe("seen");
  });

  test("rows that were sent before the query failed are not taken for all of them", async () => {
    const row = { databaseName: "a", state: null, transferredBytes: null, databaseBytes: null };
    const session = scriptedSession("box", { seeding: refused(1222), writers: [] });
    const partial: typeof session = {
      ...session,
      read: async (...asked) =>
        (await session.read(...asked)).flatMap((set) =>
          JSON.stringify(set).includes("triedQuery") ? [[row], set] : [set],
        ),
    };
    const reading = await readSide(partial, clock);
    if (reading.kind !== "seen") throw new Error("not seen");
    expect(reading.facts.seeding).toMatchObject({ kind: "failed", problem: { sqlNumber: 1222 } });
    expect(reading.facts.certificates.kind).toBe("seen");
  });

  test.each(["databases", "backups"] as const)("%s that took too long fail alone", async (name) => {
    const problem = { ...silent, code: "requestTimedOut" };
    const facts = await factsOf({ [name]: problem });
    expect(facts[name]).toEqual({ kind: "failed", problem });
    expect(facts.groups.kind).toBe("seen");
  });

  test.each([
    [
      "a value it does not know",
      [{ databaseName: "a", type: "X", isCopyOnly: 0, finishedAt: "", ageSeconds: 1 }],
    ],
    ["a column less", [{ databaseName: "a", type: "L", isCopyOnly: 0, ageSeconds: 1 }]],
  ])("a row with %s fails loudly, and is never skipped", async (_, backups) => {
    const facts = await factsOf({ backups });
    expect(facts.backups).toMatchObject({ kind: "failed", problem: { code: "unexpectedAnswer" } });
  });

  test("a connection that breaks makes the side unreachable", async () => {
    const problem = { ...silent, code: "connectionLost" };
    const reading = await readSide(scriptedSession("box", { databases: problem }), clock);
    expect(reading).toMatchObject({ kind: "unreachable", address: "box,1433", problem });
  });

  test("an abort rejects", async () => {
    const abort = new AbortController();
    abort.abort(new Error("stopped"));
    await expect(readSide(scriptedSession("box"), clock, abort.signal)).rejects.toThrow("stopped");
  });
});

describe("both sides", () => {
  test("one that is unreachable never costs the other's answer", async () => {
    const estate = await readEstate(
      { box: scriptedSession("box"), instance: { unreachable: silent, address: "mi,1433" } },
      clock,
    );
    expect(estate.box.kind).toBe("seen");
    expect(estate.instance).toMatchObject({
      kind: "unreachable",
      side: "instance",
      address: "mi,1433",
      problem: silent,
    });
  });

  test("one that breaks while it is read does not either", async () => {
    const estate = await readEstate(
      { box: scriptedSession("box", { server: silent }), instance: scriptedSession("instance") },
      clock,
    );
    expect([estate.box.kind, estate.instance.kind]).toEqual(["unreachable", "seen"]);
  });
});
