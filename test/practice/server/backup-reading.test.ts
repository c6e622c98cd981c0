// Over the wire: what msdb, the log functions and RESTORE's readers tell of a backup to any client.
import { describe, expect, test } from "vitest";
import { practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";

const estate = practiceEstate({ scenario: "healthy", clock: { speed: 20 } });
const path = "X:\\O'Brien].bak";
const disk = `DISK = N'${path.replaceAll("'", "''")}'`;

describe("a file with a log backup behind a full copy", () => {
  test("lists both, verifies the one that is asked for, and refuses a third", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      const infos: number[] = [];
      const run = async (text: string): Promise<void> => {
        const request = pool.request();
        // The declarations leave the number out.
        request.on("info", (info: { number?: number }) => infos.push(info.number ?? 0));
        await request.batch(text);
      };
      await run(
        `BACKUP DATABASE [Adatum] TO ${disk} WITH COPY_ONLY, CHECKSUM, FORMAT, NAME = N'a'`,
      );
      await run(`BACKUP LOG [Adatum] TO ${disk} WITH STATS = 50`);
      expect(infos).toEqual([4035, 3014, 3211, 3211, 4035, 3014]);
      const headers = await rowsOf(pool, `RESTORE HEADERONLY FROM ${disk}`);
      expect(headers).toMatchObject([
        { Position: 1, BackupType: 1, IsCopyOnly: true, HasBackupChecksums: true, BackupName: "a" },
        { Position: 2, BackupType: 2, IsCopyOnly: false, HasBackupChecksums: false },
      ]);
      expect(await rowsOf(pool, `RESTORE HEADERONLY FROM ${disk} WITH FILE = 2`)).toEqual(
        headers.slice(1),
      );
      const files = await rowsOf(pool, `RESTORE FILELISTONLY FROM ${disk}`);
      expect(files.map(({ LogicalName, Type }) => [LogicalName, Type])).toEqual([
        ["Adatum", "D"],
        ["Adatum_log", "L"],
      ]);
      infos.length = 0;
      await run(`RESTORE VERIFYONLY FROM ${disk} WITH FILE = 2`);
      expect(infos).toEqual([3262]);
      const refusals = [
        [`RESTORE VERIFYONLY FROM ${disk} WITH FILE = 3`, 4038],
        [`RESTORE VERIFYONLY FROM ${disk} WITH FILE = 2, CHECKSUM`, 3187],
        [`RESTORE VERIFYONLY FROM ${disk}, DISK = 'X:\\Backup\\Adatum.bak'`, 3132],
        ["RESTORE HEADERONLY FROM DISK = 'X:\\none'", 3201],
      ] as const;
      for (const [text, number] of refusals) {
        expect(await refusalOf(pool.request().batch(text)), text).toEqual([number, 3013]);
      }
    });
  });

  test("is found in msdb by joining its media, with the times of its server", async () => {
    await withPool(estate(), "sqlServer", async (pool) => {
      const [row] = await rowsOf(
        pool,
        `SELECT TOP (1) s.type, CONVERT(varchar(25), s.last_lsn) AS last, f.physical_device_name AS path,
           ABS(DATEDIFF(second, s.backup_finish_date, GETDATE())) AS age, s.time_zone AS zone
         FROM msdb.dbo.backupset AS s JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = s.media_set_id
         ORDER BY s.backup_set_id DESC`,
      );
      expect(row).toMatchObject({ type: "L", path, zone: 8 });
      expect(Number(row?.["age"])).toBeLessThan(600);
    });
  });
});

describe("sys.dm_db_log_stats", () => {
  /** The three groups of a log function's LSN as numeric(25,0) has them. */
  function digits(hex: unknown): bigint {
    const groups = /^([0-9a-f]{8}):([0-9a-f]{8}):([0-9a-f]{4})$/u.exec(String(hex))?.slice(1) ?? [];
    const [file = 0n, block = 0n, slot = 0n] = groups.map((group) => BigInt(`0x${group}`));
    return file * 10n ** 15n + block * 10n ** 5n + slot;
  }

  test("ends an idle primary's log at its last commit, by CROSS APPLY and by DB_ID alike", async () => {
    const { world } = estate();
    world.setWorkload(false);
    world.advance(2000);
    const commit = BigInt(world.state.box.copy.lastCommitLsn);
    await withPool(estate(), "sqlServer", async (pool) => {
      const [one] = await rowsOf(pool, "SELECT * FROM sys.dm_db_log_stats(DB_ID(N'Adatum'))");
      const applied = await rowsOf(
        pool,
        "SELECT l.* FROM sys.databases AS d CROSS APPLY sys.dm_db_log_stats(d.database_id) AS l WHERE d.name = N'Adatum'",
      );
      expect(applied).toEqual([one]);
      expect(digits(one?.["log_end_lsn"])).toBe(commit);
      const [status] = await rowsOf(
        pool,
        "SELECT CONVERT(varchar(25), last_log_backup_lsn) AS head FROM sys.database_recovery_status WHERE database_id = DB_ID(N'Adatum')",
      );
      expect(digits(one?.["log_backup_lsn"])).toBe(BigInt(String(status?.["head"])));
    });
  });

  test("of the current database needs no id, and of a secondary copy tells three columns alone", async () => {
    await withPool(
      estate(),
      "managedInstance",
      async (pool) => {
        const [row = {}] = await rowsOf(pool, "SELECT * FROM sys.dm_db_log_stats(NULL)");
        const told = Object.entries(row).filter(([, value]) => value !== null);
        expect(told).toEqual([
          ["database_id", 5],
          ["recovery_model", "FULL"],
        ]);
      },
      { database: "Adatum" },
    );
  });
});
