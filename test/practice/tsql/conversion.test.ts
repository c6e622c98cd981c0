// CAST and CONVERT, and what numbers of 25 digits must survive.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connect } from "./fake-host.ts";

async function value(expression: string): Promise<unknown> {
  return (await connect()).value(expression);
}

describe("CAST and CONVERT", () => {
  test.each<[string, unknown]>([
    ["CAST(12 AS varchar(5))", "12"],
    ["CAST(123456 AS varchar(3))", "*"],
    ["CAST('abcdef' AS varchar(3))", "abc"],
    ["CAST(N'é😀' AS varchar(10))", "é??"],
    ["CAST('a' AS char(3)) + '|'", "a  |"],
    ["CAST(1 AS bit)", true],
    ["CAST('true' AS bit)", true],
    ["CAST(0 AS bit)", false],
    ["CAST(1.9 AS int)", 1],
    ["CAST('-7' AS int)", -7],
    ["CAST('' AS int)", 0],
    ["CAST(1.006 AS numeric(10, 2))", "1.01"],
    ["CAST(2.5 AS numeric(5,0))", "3"],
    ["CAST('1.5' AS float)", 1.5],
    ["CAST(0.1 AS float)", 0.1],
    ["CAST(1e10 AS varchar(20))", "1e+010"],
    ["CAST(1.5e0 AS varchar(20))", "1.5"],
    ["CAST(NULL AS int)", null],
    [
      "CAST('a0000000-0000-0000-0000-0000000000d1' AS uniqueidentifier)",
      "A0000000-0000-0000-0000-0000000000D1",
    ],
    ["CONVERT(varchar(10), 0x41FF, 1)", "0x41FF"],
    ["CONVERT(varchar(10), 0x41FF, 2)", "41FF"],
    ["CONVERT(varchar(10), 0x4142)", "AB"],
    ["CONVERT(varchar(max), CONVERT(varbinary(8), '0x0A0B', 1), 2)", "0A0B"],
    ["CONVERT(varchar(20), CAST(258 AS varbinary(4)), 1)", "0x00000102"],
    ["CAST(0x0102 AS int)", 258],
    ["TRY_CAST('x' AS int)", null],
    ["TRY_CONVERT(datetime, 'soon')", null],
    ["TRY_CAST('5' AS int)", 5],
  ])("%s is %j", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  const time = "CAST('2026-11-21T08:05:09.123' AS datetime)";
  test.each([
    [0, "Nov 21 2026  8:05AM"],
    [1, "11/21/26"],
    [20, "2026-11-21 08:05:09"],
    [21, "2026-11-21 08:05:09.123"],
    [23, "2026-11-21"],
    [101, "11/21/2026"],
    [108, "08:05:09"],
    [112, "20261121"],
    [120, "2026-11-21 08:05:09"],
    [121, "2026-11-21 08:05:09.123"],
    [126, "2026-11-21T08:05:09.123"],
    [127, "2026-11-21T08:05:09.123"],
  ])("style %i of a datetime", async (style, expected) => {
    expect(await value(`CONVERT(varchar(40), ${time}, ${style})`)).toBe(expected);
  });

  test.each<[string, unknown]>([
    ["CONVERT(varchar(40), SYSDATETIMEOFFSET(), 121)", "2026-11-21 10:00:00.1230000 +02:00"],
    ["CONVERT(varchar(40), SYSDATETIMEOFFSET(), 126)", "2026-11-21T10:00:00.1230000+02:00"],
    ["CONVERT(varchar(40), SYSDATETIMEOFFSET(), 127)", "2026-11-21T08:00:00.1230000Z"],
    ["CAST(SYSDATETIME() AS varchar(40))", "2026-11-21 10:00:00.1230000"],
    [`CAST(${time} AS varchar(30))`, "Nov 21 2026  8:05AM"],
    ["CONVERT(varchar(33), CAST('2026-01-01' AS datetime), 126)", "2026-01-01T00:00:00"],
    ["CAST('2026-11-21 08:05' AS date)", "2026-11-21"],
    ["CAST('Nov 21 2026  8:05PM' AS datetime)", "2026-11-21T20:05:00.000"],
    ["CAST('11/21/2026' AS datetime)", "2026-11-21T00:00:00.000"],
    ["CAST('2026-01-01T10:00:00+02:00' AS datetimeoffset(0))", "2026-01-01T10:00:00+02:00"],
    [
      "CAST(CAST('2026-01-01T10:00:00.5' AS datetime2(3)) AS varchar(30))",
      "2026-01-01 10:00:00.500",
    ],
  ])("%s is %j", async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  test.each([
    ["CAST('x' AS int)", 245],
    ["CAST('99999999999' AS int)", 8115],
    ["CAST('x' AS numeric(5,0))", 8114],
    ["CAST(12345 AS numeric(3,0))", 8115],
    ["CAST('x' AS uniqueidentifier)", 8169],
    ["CAST('2026-02-30' AS datetime)", 241],
    ["CAST('2026-01-01T00:00:00.0000000' AS datetime)", 241],
    ["CONVERT(varchar(30), GETDATE(), 999)", 281],
    ["CAST(1 AS nothing)", 243],
    ["CAST(CAST('123456789012345678901' AS numeric(25,0)) AS varchar(20))", 8115],
    ["CAST(GETDATE() AS uniqueidentifier)", 529],
  ])("%s is error %i", async (expression, number) => {
    const { run } = await connect();
    expect((await run(`SELECT ${expression}`)).errors).toEqual([number]);
  });
});

describe("log sequence numbers of 25 digits", () => {
  const lsn = fc.bigInt({ min: 0n, max: 10n ** 25n - 1n });

  test("a column is cut of its zeros as text and keeps every digit", async () => {
    const { run } = await connect();
    const { sets } =
      await run(`SELECT CAST(last_hardened_lsn AS varchar(25)) AS a, CONVERT(nvarchar(30), end_of_log_lsn) AS b, last_hardened_lsn + 1 AS c, end_of_log_lsn - last_commit_lsn AS d
      FROM sys.dm_hadr_database_replica_states WHERE is_local = 0`);
    expect(sets).toEqual([
      [{ a: "37000000012300001", b: "1234567890123456789012345", c: "37000000012300002", d: "2" }],
    ]);
  });

  test.each([
    ["last_commit_lsn = 1234567890123456789012343", 1],
    ["last_commit_lsn < 1234567890123456789012344", 1],
    ["last_commit_lsn > 0", 2],
    ["last_hardened_lsn <> 0", 1],
    ["last_hardened_lsn < last_commit_lsn", 1],
    ["last_commit_lsn = '1234567890123456789012343'", 1],
    ["last_commit_lsn IN (1234567890123456789012343, 0)", 1],
    ["last_hardened_lsn = CAST('0000000037000000012300001' AS numeric(25,0))", 1],
    ["last_commit_lsn < CAST('1234567890123456789012344' AS decimal(25,0))", 1],
  ])("%s holds for %i rows", async (condition, count) => {
    const { run } = await connect();
    const { sets } = await run(
      `SELECT 1 AS a FROM sys.dm_hadr_database_replica_states WHERE ${condition}`,
    );
    expect(sets[0]).toHaveLength(count);
  });

  test("CAST to numeric(25,0) compares as the numbers do", async () => {
    const { run } = await connect();
    await fc.assert(
      fc.asyncProperty(lsn, lsn, async (left, right) => {
        const { sets } = await run(
          `DECLARE @a varchar(30) = '${left}', @b numeric(25,0) = ${right};
           SELECT CASE WHEN CAST(@a AS numeric(25,0)) < @b THEN -1 WHEN CAST(@a AS decimal(25,0)) = @b THEN 0 ELSE 1 END AS c, CAST(@b AS varchar(25)) AS t`,
        );
        expect(sets).toEqual([
          [{ c: left < right ? -1 : left === right ? 0 : 1, t: String(right) }],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test("neighbours differ, as text of equal length and as numbers", async () => {
    const { run } = await connect();
    await fc.assert(
      fc.asyncProperty(lsn, async (one) => {
        const [a, b] = [one, one + 1n].map((number) => String(number).padStart(26, "0"));
        const { sets } = await run(
          `SELECT CASE WHEN '${a ?? ""}' < '${b ?? ""}' THEN 1 ELSE 0 END AS text, CASE WHEN CAST('${a ?? ""}' AS numeric(26,0)) < CAST('${b ?? ""}' AS numeric(26,0)) THEN 1 ELSE 0 END AS number`,
        );
        expect(sets).toEqual([[{ text: 1, number: 1 }]]);
      }),
      { numRuns: 40 },
    );
  });

  test("a variable and a parameter keep every digit", async () => {
    const { run } = await connect();
    const type = { name: "numeric", precision: 25, scale: 0 } as const;
    const { sets, columns } = await run(
      "DECLARE @v numeric(25,0); SELECT @v = MAX(end_of_log_lsn) FROM sys.dm_hadr_database_replica_states; SELECT @v AS v, @p AS p",
      [{ name: "@p", type, value: "9999999999999999999999999", output: false }],
    );
    expect(sets.at(-1)).toEqual([
      { v: "1234567890123456789012345", p: "9999999999999999999999999" },
    ]);
    expect(columns.at(-1)?.map((column) => column.type)).toEqual([type, type]);
  });
});
