// What changes made through ARM look like to Azure's own poller, and by T-SQL on both servers.
import { createHttpPoller } from "@azure/core-lro";
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import { refusalOf, rowsOf, withPool } from "../server/practice-estate.ts";
import { linkPath, send, sqlClient, version, type Told } from "./arm-client.ts";
import { asked, fromInstance, given, planned } from "./changing.ts";

const { linkOperationMs, firstFullBackupAfterMs, fullBackupMs } = healthy.engine;

/** An answer as the poller takes it. */
function answered({ status, body, header }: Told) {
  const names = ["location", "retry-after", "azure-asyncoperation"];
  const headers: Record<string, string> = {};
  for (const name of names) {
    const value = header(name);
    if (value !== undefined) headers[name] = value;
  }
  return { flatResponse: body, rawResponse: { statusCode: status, headers, body } };
}

describe.each(["none", "both"] as const)("core-lro with azureAsyncOperation %s", (how) => {
  test("polls a failover to its end, and goes on with it from what was saved, sending no second POST", () =>
    given(
      async ({ estate, token }) => {
        const client = sqlClient(estate, token);
        const path = `${linkPath(estate)}/failover`;
        const post = async () =>
          answered(await send(client, `${path}${version}`, { method: "POST", body: planned }));
        const poller = async (restoreFrom?: string) =>
          createHttpPoller(
            {
              requestMethod: "POST",
              requestPath: path,
              sendInitialRequest: post,
              sendPollRequest: async (address) => {
                const { pathname, search } = new URL(address, estate.arm.endpoint);
                return answered(await send(client, `${pathname}${search}`));
              },
            },
            {
              resourceLocationConfig: "location",
              ...(restoreFrom === undefined ? {} : { restoreFrom }),
            },
          );
        const first = await poller();
        await first.poll();
        const saved = first.toString();
        const again = await poller(saved);
        await again.poll();
        expect(again.isDone()).toBe(false);
        estate.world.advance(20_000);
        expect(await again.pollUntilDone()).toMatchObject({
          properties: { instanceLinkRole: "Secondary" },
        });
        expect(asked(estate)).toMatchObject([{ text: "POST failover Planned", count: 1 }]);
      },
      fromInstance,
      { azureAsyncOperation: how },
    ));
});

const groups =
  "SELECT ag.name, ag.is_distributed FROM sys.availability_groups ag ORDER BY ag.is_distributed";
const partner =
  "SELECT rs.connected_state_desc, rs.synchronization_health_desc FROM sys.dm_hadr_availability_replica_states rs JOIN sys.availability_groups ag ON ag.group_id = rs.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 0";
const databaseRows =
  "SELECT drs.is_local, drs.synchronization_state_desc, drs.last_hardened_lsn, drs.last_commit_lsn, drs.secondary_lag_seconds FROM sys.dm_hadr_database_replica_states drs";
const writable =
  "SELECT DATABASEPROPERTYEX(N'Adatum', 'Updateability') AS updateability, DATABASEPROPERTYEX(N'Adatum', 'Status') AS status";
const fullBackups =
  "SELECT type, is_copy_only, backup_finish_date FROM msdb.dbo.backupset WHERE database_name = N'Adatum' AND type = 'D' AND is_copy_only = 0";

describe("after DELETE", () => {
  test("SQL Server keeps its group with a partner that is gone until it is dropped there; the instance has none", () =>
    given(async ({ estate, link }) => {
      expect((await link.remove()).status).toBe(202);
      estate.world.advance(linkOperationMs + 30_000);
      await withPool(estate, "managedInstance", async (instance) => {
        expect(await rowsOf(instance, groups)).toEqual([]);
        expect(await rowsOf(instance, databaseRows)).toEqual([]);
        expect(await rowsOf(instance, writable)).toEqual([
          { updateability: "READ_WRITE", status: "ONLINE" },
        ]);
        const failover = "ALTER AVAILABILITY GROUP [LINK_Adatum] FORCE_FAILOVER_ALLOW_DATA_LOSS";
        expect(await refusalOf(rowsOf(instance, failover))).toEqual([15151]);
      });
      await withPool(estate, "sqlServer", async (box) => {
        expect(await rowsOf(box, groups)).toEqual([
          { name: "AG_Adatum", is_distributed: false },
          { name: "LINK_Adatum", is_distributed: true },
        ]);
        expect(await rowsOf(box, partner)).toMatchObject([
          { connected_state_desc: "DISCONNECTED" },
        ]);
        expect(await rowsOf(box, databaseRows)).toHaveLength(3);
        const failover = "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER";
        expect(await refusalOf(rowsOf(box, failover))).toEqual([47511]);
        for (const group of ["LINK_Adatum", "AG_Adatum"]) {
          await box.request().query(`DROP AVAILABILITY GROUP [${group}]`);
          estate.world.advance(1000);
        }
        expect(await rowsOf(box, databaseRows)).toEqual([]);
        expect(await rowsOf(box, writable)).toEqual([
          { updateability: "READ_WRITE", status: "ONLINE" },
        ]);
      });
      expect((await link.get()).status).toBe(404);
      expect(truth(estate.world.state).box.rows.hasEveryAcknowledged).toBe(true);
    }));

  test("SQL Server's group dropped first: ARM still shows the link, disconnected, and removes it", () =>
    given(async ({ estate, link, poll }) => {
      await withPool(estate, "sqlServer", (box) =>
        box.request().query("DROP AVAILABILITY GROUP [LINK_Adatum]"),
      );
      estate.world.advance(30_000);
      expect((await link.get()).body).toMatchObject({
        properties: { databases: [{ connectedState: "DISCONNECTED" }] },
      });
      const accepted = await link.remove();
      estate.world.advance(linkOperationMs);
      expect((await poll(accepted)).status).toBe(204);
    }));
});

describe("the first full backup of the instance's own", () => {
  test("is in its msdb some minutes after it became primary, by its own clock, and not before", () =>
    given(async ({ estate }) => {
      await withPool(estate, "sqlServer", async (box) => {
        const answer = box.request().query("ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER");
        await expect.poll(() => estate.world.state.failover?.phase).toBe("synchronizing");
        estate.world.advance(20_000);
        await answer;
      });
      const [end] = estate.world.state.failoverEnds;
      await withPool(estate, "managedInstance", async (instance) => {
        expect(await rowsOf(instance, fullBackups)).toEqual([]);
        estate.world.advance(firstFullBackupAfterMs + fullBackupMs);
        const [row, more] = await rowsOf(instance, fullBackups);
        expect([row?.["type"], row?.["is_copy_only"], more]).toEqual(["D", false, undefined]);
        const finished = row?.["backup_finish_date"];
        if (!(finished instanceof Date) || end === undefined) throw new Error("no date");
        const afterMs = finished.getTime() - end.atMs;
        expect(afterMs).toBeGreaterThan(firstFullBackupAfterMs);
        expect(afterMs).toBeLessThan(firstFullBackupAfterMs + 60_000);
      });
    }));
});
