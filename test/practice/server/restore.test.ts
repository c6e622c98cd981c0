// Over the wire: the offline way back. A copy of the instance's database in a blob, restored beside SQL Server's own.
import { expect, test } from "vitest";
import type sql from "mssql";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { truth } from "../../../practice/world/truth.ts";
import { practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";

const estate = practiceEstate({
  scenario: linkOf({ name: "x", summary: "", primary: "instance" }),
  clock: { speed: 20 },
});
const container = "https://acct.blob.core.invalid/backups";
const url = `URL = N'${container}/a''b].bak'`;
const copy = `BACKUP DATABASE [Adatum] TO ${url} WITH COPY_ONLY, CHECKSUM, FORMAT`;
const secret = "sv=2025&sig=practice";
const moves = `MOVE N'data_0' TO N'D:\\r.mdf', MOVE N'log' TO N'D:\\r.ldf', MOVE N'XTP' TO N'D:\\r.xtp'`;

const credential = (value: string): string =>
  `CREATE CREDENTIAL [${container}] WITH IDENTITY = 'SHARED ACCESS SIGNATURE', SECRET = '${value}'`;
const refusal = (pool: sql.ConnectionPool, text: string): Promise<readonly number[]> =>
  refusalOf(pool.request().batch(text));

test("a copy needs a credential whose signature has no question mark, and the secret is written down nowhere", async () => {
  await withPool(estate(), "managedInstance", async (pool) => {
    expect(await refusal(pool, copy)).toEqual([3201, 3013]);
    await pool.request().batch(credential(`?${secret}`));
    expect(await refusal(pool, copy)).toEqual([3201, 3013]);
    expect(await refusal(pool, credential(secret))).toEqual([15530]);
    await pool.request().batch(`DROP CREDENTIAL [${container}]`);
    expect(await refusal(pool, `DROP CREDENTIAL [${container}]`)).toEqual([15151]);
    await pool.request().batch(`EXEC(N'${credential(secret).replaceAll("'", "''")}')`);
    expect(await rowsOf(pool, "SELECT name, credential_identity FROM sys.credentials")).toEqual([
      { name: container, credential_identity: "SHARED ACCESS SIGNATURE" },
    ]);
    await pool.request().batch(copy);
  });
  expect(JSON.stringify(estate().world.state.statements)).not.toContain("sig=practice");
});

test("SQL Server lists its files, and restores it with MOVE under another name, row for row", async () => {
  const held = estate().world.state.instance.backups.at(-1);
  await withPool(estate(), "sqlServer", async (pool) => {
    expect(await refusal(pool, `RESTORE FILELISTONLY FROM ${url}`)).toEqual([3201, 3013]);
    await pool.request().batch(credential(secret));
    const files = await rowsOf(pool, `RESTORE FILELISTONLY FROM ${url}`);
    expect(files.map(({ LogicalName, Type }) => [LogicalName, Type])).toEqual([
      ["data_0", "D"],
      ["log", "L"],
      ["XTP", "S"],
    ]);
    await pool
      .request()
      .batch(`RESTORE DATABASE [r]]1] FROM ${url} WITH ${moves}, RECOVERY, STATS = 20`);
    const [row] = await rowsOf(
      pool,
      "SELECT d.state_desc, d.replica_id, f.physical_name FROM sys.databases AS d JOIN sys.master_files AS f ON f.database_id = d.database_id WHERE d.name = N'r]1' AND f.type = 0",
    );
    expect(row).toEqual({ state_desc: "ONLINE", replica_id: null, physical_name: "D:\\r.mdf" });
    const [count] = await rowsOf(pool, "SELECT COUNT(*) AS n FROM [r]]1].dbo.Orders");
    expect(count?.["n"]).toBe(
      held?.blocks.flatMap(({ commits }) => commits.filter(({ row: one }) => one !== undefined))
        .length,
    );
    expect(truth(estate().world.state).restored).toMatchObject([{ server: "box", name: "r]1" }]);
  });
});

test("what stands against a restore has its own number", async () => {
  const restore = (name: string, options: string): string =>
    `RESTORE DATABASE [${name}] FROM ${url} WITH ${options}`;
  await withPool(estate(), "sqlServer", async (pool) => {
    for (const [text, numbers] of [
      [restore("Adatum", moves), [3104, 3013]],
      [restore("r]]1", moves), [3154, 3013]],
      [restore("other", moves), [1834, 3013]],
      [restore("other", "RECOVERY"), [5133, 3013]],
      [restore("other", "MOVE 'none' TO 'D:\\x'"), [3234, 3013]],
      [restore("other", `${moves}, REPLACE`), [40517, 3013]],
      ["RESTORE DATABASE [Adatum] WITH RECOVERY", [3104, 3013]],
      ["DROP DATABASE [Adatum]", [3752]],
      ["ALTER DATABASE [Adatum] MODIFY NAME = [x]", [1468]],
    ] as const) {
      expect(await refusal(pool, text), text).toEqual(numbers);
    }
  });
});

test("a restored copy is renamed and dropped", async () => {
  await withPool(estate(), "sqlServer", async (pool) => {
    expect(await refusal(pool, "ALTER DATABASE [r]]1] MODIFY NAME = [Adatum]")).toEqual([1801]);
    await pool.request().batch("ALTER DATABASE [r]]1] MODIFY NAME = [back]");
    expect(await rowsOf(pool, "SELECT TOP (1) OrderNumber FROM back.dbo.Orders")).toHaveLength(1);
    await pool.request().batch("DROP DATABASE [back]");
    expect(await refusal(pool, "DROP DATABASE [back]")).toEqual([3701]);
    expect(await refusal(pool, "SELECT * FROM back.dbo.Orders")).toEqual([208]);
  });
});
