import { describe, expect, test } from "vitest";
import { practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";

describe("a planned failover typed by a DBA", () => {
  const estate = practiceEstate({ scenario: "healthy", clock: { speed: 50 } });

  test("returns when the roles have changed; both sides then tell the new roles and hold the same orders", async () => {
    estate().control({ do: "workload", running: false });
    await withPool(estate(), "sqlServer", async (box) => {
      await box.request().query("ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER");
      const role =
        "SELECT rs.role_desc FROM sys.availability_groups ag JOIN sys.dm_hadr_availability_replica_states rs ON rs.group_id = ag.group_id WHERE ag.is_distributed = 1 AND rs.is_local = 1";
      expect(await rowsOf(box, role)).toEqual([{ role_desc: "SECONDARY" }]);
      await withPool(estate(), "managedInstance", async (instance) => {
        expect(await rowsOf(instance, role)).toEqual([{ role_desc: "PRIMARY" }]);
        const writable =
          "WHILE CAST(DATABASEPROPERTYEX('Adatum', 'Updateability') AS nvarchar(20)) <> N'READ_WRITE' WAITFOR DELAY '00:00:01'; SELECT DATABASEPROPERTYEX('Adatum', 'Updateability') AS updateability";
        expect(await rowsOf(instance, writable)).toEqual([{ updateability: "READ_WRITE" }]);

        expect(await refusalOf(rowsOf(box, "SELECT TOP (1) * FROM Adatum.dbo.Orders"))).toEqual([
          976,
        ]);
        await box
          .request()
          .query(
            "ALTER AVAILABILITY GROUP [AG_Adatum] MODIFY REPLICA ON N'SQLBOX01' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL))",
          );
        const orders = "SELECT COUNT(*) AS orders, MAX(OrderNumber) AS last FROM Adatum.dbo.Orders";
        expect(await rowsOf(box, orders)).toEqual(await rowsOf(instance, orders));
      });
    });
    expect(estate().control({ ask: "truth" })).toMatchObject({
      ok: true,
      value: {
        box: { role: "SECONDARY" },
        instance: { role: "PRIMARY", rows: { hasEveryAcknowledged: true } },
      },
    });
  });

  test("a log backup of the new primary stands in its msdb with path and time", async () => {
    await withPool(estate(), "managedInstance", async (pool) => {
      const before = await rowsOf(pool, "SELECT backup_set_id FROM msdb.dbo.backupset");
      await pool
        .request()
        .query(
          "CREATE CREDENTIAL [https://practice.blob.invalid/c] WITH IDENTITY = 'MANAGED IDENTITY'",
        );
      await pool
        .request()
        .query(
          "BACKUP DATABASE [Adatum] TO URL = N'https://practice.blob.invalid/c/Adatum ''1''.bak' WITH COPY_ONLY",
        );
      const rows = await rowsOf(
        pool,
        "SELECT b.backup_set_id, b.is_copy_only, f.physical_device_name FROM msdb.dbo.backupset b JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = b.media_set_id WHERE b.is_copy_only = 1",
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        is_copy_only: true,
        physical_device_name: "https://practice.blob.invalid/c/Adatum '1'.bak",
      });
      expect(before.map((row) => row["backup_set_id"])).not.toContain(rows[0]?.["backup_set_id"]);
    });
  });
});
