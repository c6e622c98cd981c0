// SELECT in all its forms over the fake server's tables.
import { describe, expect, test } from "vitest";
import { connect } from "./fake-host.ts";

async function rows(text: string): Promise<unknown[][]> {
  const { run } = await connect();
  const { sets, errors, messages } = await run(text);
  if (errors.length > 0) throw new Error(`${errors.join()}: ${messages.join(" ")}`);
  return (sets[0] ?? []).map((row) => Object.values(row));
}

async function errorsOf(text: string): Promise<readonly number[]> {
  return (await (await connect()).run(text)).errors;
}

describe("names of tables and columns", () => {
  test.each([
    "sys.databases",
    "SYS.Databases",
    "master.sys.databases",
    "[master].[sys].[databases]",
    "msdb.sys.databases",
    "SQL1.master.sys.databases",
    "adatum.sys.databases",
    "sys.databases AS d",
    "sys.databases d WITH (NOLOCK)",
    "sys.databases (NOLOCK)",
  ])("%s is the same view", async (name) => {
    expect(await rows(`SELECT COUNT(*) FROM ${name}`)).toEqual([[3]]);
  });

  test.each(["msdb.dbo.backupset", "[msdb].[dbo].[backupset]", "msdb..backupSET"])(
    "%s is the same table",
    async (name) => {
      expect(await rows(`SELECT COUNT(*) FROM ${name}`)).toEqual([[3]]);
    },
  );

  test("user tables belong to their database, and to the current one after USE", async () => {
    expect(await errorsOf("SELECT * FROM dbo.Orders")).toEqual([208]);
    expect(await rows("SELECT COUNT(*) FROM Adatum.dbo.Orders")).toEqual([[4]]);
    expect(await rows("USE Adatum; SELECT COUNT(*) FROM orders")).toEqual([[4]]);
    expect(await rows("USE Adatum; SELECT COUNT(*) FROM DBO.ORDERS")).toEqual([[4]]);
  });

  test("an unknown table, database or server is 208", async () => {
    expect(await errorsOf("SELECT * FROM sys.nothing")).toEqual([208]);
    expect(await errorsOf("SELECT * FROM Nowhere.dbo.Orders")).toEqual([208]);
    expect(await errorsOf("SELECT * FROM Other.Adatum.dbo.Orders")).toEqual([208]);
  });

  test("columns: unknown 207, ambiguous 209, of an unknown alias 4104, a hidden name behind its alias 4104", async () => {
    expect(await errorsOf("SELECT nothing FROM sys.databases")).toEqual([207]);
    expect(await errorsOf("SELECT d.nothing FROM sys.databases d")).toEqual([207]);
    expect(await errorsOf("SELECT name FROM sys.databases a, sys.databases b")).toEqual([209]);
    expect(await errorsOf("SELECT x.name FROM sys.databases d")).toEqual([4104]);
    expect(await errorsOf("SELECT databases.name FROM sys.databases d")).toEqual([4104]);
    expect(
      await rows("SELECT databases.name FROM sys.databases WHERE sys.databases.database_id = 5"),
    ).toEqual([["Adatum"]]);
  });

  test("a permission the host denies ends the statement, not the batch", async () => {
    const { run } = await connect();
    const { errors, sets } = await run("SELECT * FROM sys.dm_secret; SELECT 1 AS a");
    expect({ errors, sets }).toEqual({ errors: [300], sets: [[{ a: 1 }]] });
  });
});

describe("the select list", () => {
  test("aliases in every form name the column", async () => {
    const { run } = await connect();
    const { columns } = await run(
      `SELECT 1 a, 2 AS b, 3 [c d], 4 AS [e]]f], 5 'g', 6 AS N'h', i = 7, 'j k' = 8, name FROM sys.databases`,
    );
    expect(columns[0]?.map((column) => column.name)).toEqual([
      "a",
      "b",
      "c d",
      "e]f",
      "g",
      "h",
      "i",
      "j k",
      "name",
    ]);
  });

  test("* and t.* expand in order; a table may come twice", async () => {
    const { run } = await connect();
    const { columns } = await run(
      "SELECT b.*, a.name FROM sys.databases a JOIN sys.databases b ON a.database_id = b.database_id",
    );
    expect(columns[0]?.map((column) => column.name)).toEqual([
      "name",
      "database_id",
      "create_date",
      "state_desc",
      "name",
    ]);
  });

  test("hostile aliases and texts pass unharmed", async () => {
    const hostile = `]'"; DROP TABLE t -- $(x)\n😀`;
    const { run } = await connect();
    const { sets } = await run(
      `SELECT N'${hostile.replaceAll("'", "''")}' AS [${hostile.replaceAll("]", "]]")}]`,
    );
    expect(sets).toEqual([[{ [hostile]: hostile }]]);
  });

  test("TOP with and without brackets, with a variable, and per branch of a UNION", async () => {
    expect(await rows("SELECT TOP 1 name FROM sys.databases ORDER BY database_id DESC")).toEqual([
      ["Adatum"],
    ]);
    expect(
      await rows("DECLARE @n int = 2; SELECT TOP (@n) database_id FROM sys.databases ORDER BY 1"),
    ).toEqual([[1], [4]]);
    expect(
      await rows(
        "SELECT TOP 1 1 AS a FROM sys.databases UNION ALL SELECT TOP (1) 2 FROM sys.databases",
      ),
    ).toEqual([[1], [2]]);
  });

  test("OFFSET and FETCH cut out rows", async () => {
    expect(
      await rows(
        "SELECT database_id FROM sys.databases ORDER BY database_id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
      ),
    ).toEqual([[4]]);
  });

  test("DISTINCT folds case as the collation does", async () => {
    expect(
      await rows("SELECT DISTINCT x FROM (SELECT 'a' AS x UNION ALL SELECT 'A') AS t"),
    ).toHaveLength(1);
    expect(await rows("SELECT 'a' AS x UNION SELECT 'A'")).toHaveLength(1);
  });
});

describe("joins", () => {
  test("LEFT, RIGHT, FULL and CROSS", async () => {
    const from = "(SELECT 1 AS i UNION SELECT 2) a";
    const to = "(SELECT 2 AS j UNION SELECT 3) b";
    expect(
      await rows(`SELECT i, j FROM ${from} LEFT OUTER JOIN ${to} ON i = j ORDER BY i`),
    ).toEqual([
      [1, null],
      [2, 2],
    ]);
    expect(await rows(`SELECT i, j FROM ${from} RIGHT JOIN ${to} ON i = j ORDER BY j`)).toEqual([
      [2, 2],
      [null, 3],
    ]);
    expect(await rows(`SELECT i, j FROM ${from} FULL JOIN ${to} ON i = j`)).toHaveLength(3);
    expect(await rows(`SELECT i, j FROM ${from} CROSS JOIN ${to}`)).toHaveLength(4);
  });

  test("nested joins keep their conditions", async () => {
    expect(
      await rows(`SELECT d.name, r.replica_server_name FROM sys.databases d
        LEFT JOIN sys.dm_hadr_database_replica_states s JOIN sys.availability_replicas r ON r.replica_id = s.replica_id
          ON s.database_id = d.database_id AND s.is_local = 1 ORDER BY d.name`),
    ).toEqual([
      ["Adatum", "AdatumAG"],
      ["master", null],
      ["msdb", null],
    ]);
  });

  test("a table-valued function takes constants, and rows of the table before it by APPLY", async () => {
    expect(
      await rows("SELECT log_since_last_log_backup_mb FROM sys.dm_db_log_stats(DB_ID('Adatum'))"),
    ).toEqual([[12]]);
    expect(
      await rows(
        "SELECT d.name, s.log_since_last_log_backup_mb AS mb FROM sys.databases d CROSS APPLY sys.dm_db_log_stats(d.database_id) s",
      ),
    ).toEqual([
      ["msdb", 1],
      ["Adatum", 12],
    ]);
    expect(
      await rows(
        "SELECT d.name, s.database_id FROM sys.databases d OUTER APPLY sys.dm_db_log_stats(d.database_id) AS s ORDER BY 1",
      ),
    ).toEqual([
      ["Adatum", 5],
      ["master", null],
      ["msdb", 4],
    ]);
    expect(await errorsOf("SELECT * FROM sys.dm_db_log_stats(1, 2)")).toEqual([313]);
    expect(await errorsOf("SELECT * FROM sys.dm_db_log_stats")).toEqual([313]);
  });
});

describe("conditions", () => {
  test("text compares without case, with it under COLLATE ... BIN", async () => {
    expect(
      await rows("SELECT name FROM sys.databases WHERE name = 'ADATUM' OR name IN ('MASTER', 'x')"),
    ).toHaveLength(2);
    expect(
      await rows(
        "SELECT name FROM sys.databases WHERE name COLLATE Latin1_General_BIN2 = 'ADATUM'",
      ),
    ).toEqual([]);
  });

  test.each([
    ["name LIKE 'm%'", 2],
    ["name LIKE 'M_DB'", 1],
    ["name LIKE '[a-f]%'", 1],
    ["name LIKE '[^a-f]%'", 2],
    ["name NOT LIKE '%a%'", 1],
    ["'50%' LIKE '50!%' ESCAPE '!'", 3],
    ["'a]b' LIKE 'a]b'", 3],
    ["database_id BETWEEN 2 AND 5", 2],
    ["database_id NOT BETWEEN 2 AND 5", 1],
    ["NOT (database_id = 1 OR database_id = 4)", 1],
    ["(database_id) = 1", 1],
    ["(database_id + 1) * 2 = 4", 1],
    ["((name = 'master') AND (1 = 1))", 1],
    ["database_id IN (SELECT database_id FROM sys.dm_hadr_database_replica_states)", 1],
    [
      "EXISTS (SELECT * FROM sys.dm_hadr_database_replica_states s WHERE s.database_id = d.database_id)",
      1,
    ],
    [
      "NOT EXISTS (SELECT 1 FROM sys.dm_hadr_database_replica_states s WHERE s.database_id = d.database_id)",
      2,
    ],
    ["NULL = NULL", 0],
    ["NOT (NULL = 1)", 0],
    ["name IS NOT NULL", 3],
    ["database_id !> 4 AND database_id !< 4", 1],
    ["create_date > '20260101'", 1],
    ["create_date >= '2026-01-02T03:04:05.007'", 1],
  ])("%s holds for %i of three databases", async (condition, count) => {
    expect(await rows(`SELECT name FROM sys.databases d WHERE ${condition}`)).toHaveLength(count);
  });

  test("a subquery as a value gives NULL for no row and 512 for several", async () => {
    expect(await rows("SELECT (SELECT name FROM sys.databases WHERE database_id = 99)")).toEqual([
      [null],
    ]);
    expect(await errorsOf("SELECT (SELECT name FROM sys.databases)")).toEqual([512]);
    expect(await errorsOf("SELECT (SELECT name, database_id FROM sys.databases)")).toEqual([116]);
  });
});

describe("groups, unions, common tables and windows", () => {
  test("aggregates over all rows and by group, with HAVING and ORDER BY", async () => {
    expect(
      await rows(`SELECT COUNT(*) AS a, COUNT(Customer) AS b, COUNT(DISTINCT Customer) AS c, MIN(Id) AS d, MAX(Id) AS e,
        SUM(Id) AS f, AVG(Id) AS g, COUNT_BIG(*) AS h FROM Adatum.dbo.Orders`),
    ).toEqual([[4, 3, 2, 1, 4, 10, 2, 4n]]);
    expect(
      await rows(
        "SELECT UPPER(Customer) AS c, COUNT(*) AS n FROM Adatum.dbo.Orders WHERE Customer IS NOT NULL GROUP BY UPPER(Customer) HAVING COUNT(*) > 0 ORDER BY COUNT(*) DESC",
      ),
    ).toEqual([
      ["ANN", 2],
      ["BOB", 1],
    ]);
    expect(
      await rows(
        "SELECT MAX(last_commit_lsn) AS a, SUM(backup_size) AS b FROM sys.dm_hadr_database_replica_states, msdb.dbo.backupset WHERE type = 'L'",
      ),
    ).toEqual([["1234567890123456789012344", "2097152"]]);
  });

  test("a column beside an aggregate must be grouped (8120), and no aggregate stands in WHERE (147)", async () => {
    expect(await errorsOf("SELECT name, COUNT(*) FROM sys.databases")).toEqual([8120]);
    expect(await errorsOf("SELECT name FROM sys.databases GROUP BY database_id")).toEqual([8120]);
    expect(await errorsOf("SELECT * FROM sys.databases WHERE COUNT(*) = 1")).toEqual([147]);
    expect(
      await rows(
        "SELECT LEFT(name, 1) + '.' AS x FROM sys.databases GROUP BY LEFT(name, 1) ORDER BY x",
      ),
    ).toEqual([["A."], ["m."]]);
  });

  test("UNION folds, UNION ALL does not, EXCEPT and INTERSECT compare; types meet in the wider one", async () => {
    expect(await rows("SELECT 1 AS a UNION SELECT 1")).toEqual([[1]]);
    expect(await rows("SELECT 1 AS a UNION ALL SELECT 1 ORDER BY a")).toEqual([[1], [1]]);
    expect(
      await rows("SELECT database_id FROM sys.databases EXCEPT SELECT 5 INTERSECT SELECT 5"),
    ).toEqual([[1], [4]]);
    expect(await rows("SELECT '7' AS a UNION ALL SELECT 8")).toEqual([[7], [8]]);
    expect(await errorsOf("SELECT 1 UNION SELECT 1, 2")).toEqual([205]);
    expect(await errorsOf("SELECT 1 AS a UNION SELECT 2 ORDER BY b")).toEqual([104]);
    const { run } = await connect();
    const { sets, columns } = await run(
      "SELECT end_of_log_lsn AS l FROM sys.dm_hadr_database_replica_states WHERE is_local = 1 UNION ALL SELECT 5",
    );
    expect(sets[0]).toEqual([{ l: "1234567890123456789012345" }, { l: "5" }]);
    expect(columns[0]?.[0]?.type).toEqual({ name: "numeric", precision: 25, scale: 0 });
  });

  test("common tables name their columns and see those before them", async () => {
    expect(
      await rows(
        "WITH a (i, n) AS (SELECT database_id, name FROM sys.databases), b AS (SELECT i FROM a WHERE i > 1) SELECT b.i, a.n FROM b JOIN a ON a.i = b.i ORDER BY b.i",
      ),
    ).toEqual([
      [4, "msdb"],
      [5, "Adatum"],
    ]);
    expect(await errorsOf("WITH a AS (SELECT 1) SELECT * FROM a")).toEqual([8155]);
    expect(await errorsOf("WITH a (i, j) AS (SELECT 1) SELECT * FROM a")).toEqual([8159]);
  });

  test("ROW_NUMBER counts within its partition", async () => {
    expect(
      await rows(
        "SELECT Id, ROW_NUMBER() OVER (PARTITION BY Customer ORDER BY Id DESC) AS r FROM Adatum.dbo.Orders WHERE Customer = 'ann' ORDER BY Id",
      ),
    ).toEqual([
      [1, 2n],
      [3, 1n],
    ]);
    expect(await errorsOf("SELECT ROW_NUMBER() FROM sys.databases")).toEqual([10753]);
  });

  test("text is listed by STRING_AGG in order", async () => {
    expect(
      await rows(
        "SELECT STRING_AGG(name, ', ') WITHIN GROUP (ORDER BY database_id DESC) FROM sys.databases",
      ),
    ).toEqual([["Adatum, msdb, master"]]);
  });
});
