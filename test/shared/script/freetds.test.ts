// The exported files, run by FreeTDS against a practice estate: the same end as a run, and nothing at all where they refuse.
import { describe, expect, test } from "vitest";
import { takeLockSql } from "../../../electron/estate/queries/lock-take.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { lockResource } from "../../../shared/sql/lock-resource.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import type { TsqlFile } from "../../../shared/script/to-tsql.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { hostile, hostileLink } from "./hostile-link.ts";
import { changes, loginOf, practicePlan } from "./practice-plan.ts";
import { runTsqlFile } from "./run-tsql-file.ts";

const speed = 50;

describe("the script files, run by FreeTDS on a healthy link", () => {
  // FreeTDS 1.3 does not follow a redirect.
  const estate = practiceEstate({ scenario: "healthy", clock: { speed }, routing: "off" });

  test("fail over, prove both sides, and a rerun refuses and changes nothing", async () => {
    const [box, instance] = await scriptsOf(estate());
    estate().control({ do: "workload", running: false });

    const before = await runTsqlFile(estate(), instance);
    expect(before.messages).toContain("Own last_commit_lsn of Adatum: ");
    expect(before.errors).toEqual([50020]);
    expect(changes(estate())).toEqual([]);

    const during = await runTsqlFile(estate(), box);
    expect(during.errors).toEqual([]);
    expect(during.messages).toContain("Read back on SQLBOX01: LINK_Adatum is SECONDARY, HEALTHY.");

    const after = await runTsqlFile(estate(), instance);
    expect(after.errors).toEqual([]);
    expect(after.messages).toContain("LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.");
    expect(estate().control({ ask: "truth" })).toMatchObject({
      value: {
        box: { role: "SECONDARY", secondaryAllowConnections: "ALL" },
        instance: { role: "PRIMARY", rows: { hasEveryAcknowledged: true } },
      },
    });
    expect(changes(estate())).toEqual(bothChanges);

    const again = await runTsqlFile(estate(), box);
    expect(again.errors).toEqual([50006, 50009]);
    expect(changes(estate())).toEqual(bothChanges);
  });
});

describe("the script files, run by FreeTDS after somebody else failed over", () => {
  const estate = practiceEstate({ scenario: "healthy", clock: { speed }, routing: "off" });

  test("refuse at once and change nothing, also not SQL Server's copy", async () => {
    const [box] = await scriptsOf(estate());
    estate().control({ do: "workload", running: false });
    estate().control({ do: "fault", fault: { kind: "rolesMoved" } });
    estate().world.advance(60_000);
    const earlier = changes(estate());

    const refused = await runTsqlFile(estate(), box);
    expect(refused.errors).toEqual([50006, 50009]);
    expect(refused.messages).toContain(
      "the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is SECONDARY. Nothing was changed.",
    );
    expect(changes(estate())).toEqual(earlier);
    expect(estate().control({ ask: "truth" })).toMatchObject({
      value: { box: { role: "SECONDARY", secondaryAllowConnections: "NO" } },
    });
  });
});

describe("the script files, run by FreeTDS while something stands in the way", () => {
  const estate = practiceEstate({ scenario: "healthy", clock: { speed }, routing: "off" });

  test("give up at the gate while the workload writes, and on the wrong server at once", async () => {
    const [box, instance] = await scriptsOf(estate());

    const writing = await runTsqlFile(estate(), box);
    expect(writing.errors).toEqual([50010, 50020, 50006]);
    expect(writing.messages).toMatch(
      /Not ready on SQLBOX01: (sessions are still writing|something still commits)/u,
    );

    const elsewhere = await runTsqlFile(estate(), { ...box, side: "instance" });
    expect(elsewhere.errors).toEqual([50002, 50002, 50009]);
    const swapped = await runTsqlFile(estate(), { ...instance, side: "box" });
    expect(swapped.errors).toEqual([50002, 50002]);
    expect(changes(estate())).toEqual([]);
  });

  test("refuse while somebody else holds the lock of the link", async () => {
    const [box] = await scriptsOf(estate());
    const holder = await mssqlConnector.connectPinned(loginOf(estate(), "box"));
    try {
      const resource = lockResource(linkGroupIdOf(estate()));
      await holder.read(takeLockSql, { resource });
      const refused = await runTsqlFile(estate(), box);
      expect(refused.errors).toEqual([50009, 50020, 50009]);
      expect(refused.messages).toContain("somebody else is running a failover of this link");
      expect(changes(estate())).toEqual([]);
    } finally {
      await holder.close();
    }
  });
});

const hostileScenario = hostileLink(healthy);

describe("the script files, run by FreeTDS against names that need every kind of quoting", () => {
  const estate = practiceEstate({ scenario: hostileScenario, clock: { speed }, routing: "off" });

  test("fail over and let the copy be read, like any other", async () => {
    const [box, instance] = await scriptsOf(estate());
    estate().control({ do: "workload", running: false });

    expect((await runTsqlFile(estate(), box)).errors).toEqual([]);
    expect((await runTsqlFile(estate(), instance)).errors).toEqual([]);
    expect(estate().control({ ask: "truth" })).toMatchObject({
      value: {
        box: { role: "SECONDARY", secondaryAllowConnections: "ALL" },
        instance: { role: "PRIMARY", updateability: "READ_WRITE" },
      },
    });
  });
});

describe("the script files of a failover to SQL Server, run by FreeTDS", () => {
  const scenario: Scenario = { ...healthy, primary: "instance" };
  const estate = practiceEstate({ scenario, clock: { speed }, routing: "off" });

  test("fail over on the instance, prove both sides, and a rerun or another node changes nothing", async () => {
    const [instance, box] = await scriptsOf(estate());
    expect([instance.fileName, box.fileName]).toEqual([
      "1-managed-instance.sql",
      "2-sql-server.sql",
    ]);
    const writing = await runTsqlFile(estate(), instance);
    expect(writing.errors).toEqual([50010, 50020]);
    estate().control({ do: "workload", running: false });

    const before = await runTsqlFile(estate(), box);
    expect(before.messages).toContain("Own last_commit_lsn of Adatum: ");
    expect([before.errors, changes(estate())]).toEqual([[50020], []]);

    estate().control({ do: "fault", fault: { kind: "localGroupMoves", on: true } });
    expect((await runTsqlFile(estate(), box)).errors).toEqual([50004, 50004]);
    estate().control({ do: "fault", fault: { kind: "localGroupMoves", on: false } });

    const during = await runTsqlFile(estate(), instance);
    expect(during.errors).toEqual([]);
    expect(during.messages).toContain("LINK_Adatum is SECONDARY, HEALTHY.");
    const after = await runTsqlFile(estate(), box);
    expect(after.errors).toEqual([]);
    expect(after.messages).toContain("LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.");
    expect(estate().control({ ask: "truth" })).toMatchObject({
      value: {
        box: { role: "PRIMARY", updateability: "READ_WRITE", rows: { hasEveryAcknowledged: true } },
        instance: { role: "SECONDARY" },
      },
    });
    const once = [["instance", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", "done"]];
    expect(changes(estate())).toEqual(once);

    const again = await runTsqlFile(estate(), instance);
    expect([again.errors, changes(estate())]).toEqual([[50006], once]);
  });
});

describe("the script files of a failover to SQL Server, run by FreeTDS on a Business Critical instance with hostile names", () => {
  const scenario: Scenario = {
    ...hostileScenario,
    primary: "instance",
    settings: { ...healthy.settings, ownRow: "localRowOnly" },
    instance: {
      ...healthy.instance,
      serviceTier: "BusinessCritical",
      groupName: hostile("inner"),
    },
  };
  const estate = practiceEstate({ scenario, clock: { speed }, routing: "off" });

  test("fail over like any other", async () => {
    const [instance, box] = await scriptsOf(estate());
    estate().control({ do: "workload", running: false });
    expect((await runTsqlFile(estate(), instance)).errors).toEqual([]);
    expect((await runTsqlFile(estate(), box)).errors).toEqual([]);
    expect(estate().control({ ask: "truth" })).toMatchObject({
      value: { box: { role: "PRIMARY", updateability: "READ_WRITE" } },
    });
  });
});

const bothChanges = [
  ["box", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", "done"],
  [
    "box",
    "ALTER AVAILABILITY GROUP [AG_Adatum] MODIFY REPLICA ON N'SQLBOX01' WITH (SECONDARY_ROLE.ALLOW_CONNECTIONS = ALL)",
    "done",
  ],
];

function linkGroupIdOf(estate: PracticeEstate): string {
  return estate.world.state.link.groupId;
}

async function scriptsOf(estate: PracticeEstate): Promise<[TsqlFile, TsqlFile]> {
  const [first, second] = toTsqlScripts(await practicePlan(estate), "test");
  if (first === undefined || second === undefined) throw new Error("There are two files.");
  return [first, second];
}
