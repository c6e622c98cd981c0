// Built-in functions, one line of expression and answer each.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connect, isWhole } from "./fake-host.ts";

async function value(expression: string): Promise<unknown> {
  return (await connect()).value(expression);
}

describe("functions on text", () => {
  test.each<[string, unknown]>([
    ["LEN(N'ab  ')", 2],
    ["LEN('')", 0],
    ["LEN(NULL)", null],
    ["DATALENGTH(N'ab ')", 6],
    ["DATALENGTH('ab ')", 3],
    ["DATALENGTH(0x0102)", 2],
    ["DATALENGTH(1)", 4],
    ["LEFT('abc', 2)", "ab"],
    ["RIGHT('abc', 2)", "bc"],
    ["RIGHT('abc', 9)", "abc"],
    ["SUBSTRING('abcdef', 2, 3)", "bcd"],
    ["SUBSTRING('abc', 0, 2)", "a"],
    ["CHARINDEX('B', 'abcb')", 2],
    ["CHARINDEX('b', 'abcb', 3)", 4],
    ["CHARINDEX('x', 'abc')", 0],
    ["REPLACE('aXbx', 'x', '$&')", "a$&b$&"],
    ["REPLACE('a.b', '.', '')", "ab"],
    ["UPPER('aé')", "AÉ"],
    ["LOWER('AB')", "ab"],
    ["LTRIM('  a ') + '|'", "a |"],
    ["RTRIM('  a ') + '|'", "  a|"],
    ["TRIM('  a ') + '|'", "a|"],
    ["REPLICATE('ab', 2)", "abab"],
    ["REPLICATE('a', -1)", null],
    ["STUFF('abcdef', 2, 3, 'X')", "aXef"],
    ["STUFF('abc', 9, 1, 'X')", null],
    ["REVERSE('abc')", "cba"],
    ["SPACE(2) + '|'", "  |"],
    ["NCHAR(8364)", "€"],
    ["CHAR(65)", "A"],
    ["CHAR(300)", null],
    ["ASCII('A')", 65],
    ["UNICODE(N'€')", 8364],
    ["CONCAT('a', NULL, 1, N'b')", "a1b"],
    ["CONCAT(1, '.', 2)", "1.2"],
    ["FORMATMESSAGE('%s is %d%%', 'x', 5)", "x is 5%"],
    ["FORMATMESSAGE('%s|%-4s|%4d|%04d', NULL, 'ab', 7, 7)", "(null)|ab  |   7|0007"],
    ["PARSENAME('a.[b.c].d', 2)", "b.c"],
    ["PARSENAME('a.b', 3)", null],
    ["PARSENAME('a.b.c.d.e', 1)", null],
    ["PARSENAME('16.0.4125.3', 4)", "16"],
  ])("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ["QUOTENAME('a]b')", "[a]]b]"],
    ["QUOTENAME('a''b', '''')", "'a''b'"],
    [`QUOTENAME('a"b', '"')`, '"a""b"'],
    ["QUOTENAME('a', '(')", "(a)"],
    ["QUOTENAME('a', 'x')", null],
    ["QUOTENAME(REPLICATE('x', 129))", null],
    ["LEN(QUOTENAME(REPLICATE(']', 128)))", 258],
  ])("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test("what QUOTENAME quotes is a name again when EXEC reads it, whatever the text", async () => {
    const { run } = await connect();
    const names = fc
      .string({ unit: "binary", minLength: 1, maxLength: 64 })
      .filter((text) => text.length <= 128 && isWhole(text));
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const type = { name: "nvarchar", length: 128 } as const;
        const { sets, errors } = await run(
          "DECLARE @sql nvarchar(max) = N'SELECT 1 AS ' + QUOTENAME(@name); EXEC (@sql);",
          [{ name: "@name", type, value: name, output: false }],
        );
        expect({ sets, errors }).toEqual({ sets: [[{ [name]: 1 }]], errors: [] });
      }),
      { numRuns: 60 },
    );
  });

  test("what QUOTENAME with a quote makes is the same text again when EXEC reads it", async () => {
    const { run } = await connect();
    const texts = fc
      .string({ unit: "binary", maxLength: 64 })
      .filter((text) => text.length <= 128 && isWhole(text) && !/\\\r?\n/u.test(text));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const type = { name: "nvarchar", length: 128 } as const;
        const { sets } = await run(
          "DECLARE @sql nvarchar(max) = N'SELECT N' + QUOTENAME(@text, '''') + N' AS v'; EXEC (@sql);",
          [{ name: "@text", type, value: text, output: false }],
        );
        expect(sets).toEqual([[{ v: text }]]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("functions on numbers and choices", () => {
  test.each<[string, unknown]>([
    ["ABS(-3)", 3],
    ["ABS(CAST('-1234567890123456789012345' AS numeric(25,0)))", "1234567890123456789012345"],
    ["ROUND(2.567, 1)", "2.600"],
    ["CEILING(1.2)", "2.0"],
    ["FLOOR(-1.5)", "-2.0"],
    ["SIGN(-4)", -1],
    ["ISNULL(NULL, 5)", 5],
    ["ISNULL(N'ab', N'cdef')", "ab"],
    ["ISNULL(CAST(NULL AS varchar(2)), 'abcdef')", "ab"],
    ["COALESCE(NULL, NULL, 'x')", "x"],
    ["NULLIF(1, 1)", null],
    ["NULLIF('a', 'A')", null],
    ["NULLIF(1, 2)", 1],
    ["IIF(1 = 1, 'y', 'n')", "y"],
    ["IIF(NULL = 1, 'y', 'n')", "n"],
    ["CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "b"],
    ["CASE WHEN 1 = 0 THEN 1 END", null],
    ["CASE WHEN 1 = 0 THEN 1 ELSE 2.5 END", "2.5"],
    ["ISNUMERIC('12')", 1],
    ["ISNUMERIC('x')", 0],
    ["7 / 2", 3],
    ["-7 / 2", -3],
    ["7 % 4", 3],
    ["7 / 2.0", "3.500000"],
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["- 2 + 5", 3],
    ["6 & 3 | 8", 10],
    ["6 ^ 3", 5],
    ["'1' + 1", 2],
    ["'a' + 'b' + N'c'", "abc"],
    ["'a' + NULL", null],
    ["1.5 + 1", "2.5"],
    ["2e0 * 2", 4],
    ["12345678901234567890 + 1", "12345678901234567891"],
  ])("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test.each([
    ["1 / 0", 8134],
    ["5 % 0", 8134],
    ["2147483647 + 1", 8115],
    ["'x' + 1", 245],
    ["nothing()", 195],
    ["QUOTENAME()", 189],
    ["0x01 * 0x02", 402],
    ["GETDATE() * 2", 402],
  ])("%s is error %i", async (expression, number) => {
    const { run } = await connect();
    expect((await run(`SELECT ${expression}`)).errors).toEqual([number]);
  });
});

describe("functions on times", () => {
  test.each<[string, unknown]>([
    ["GETDATE()", "2026-11-21T10:00:00.123"],
    ["GETUTCDATE()", "2026-11-21T08:00:00.123"],
    ["CURRENT_TIMESTAMP", "2026-11-21T10:00:00.123"],
    ["SYSDATETIME()", "2026-11-21T10:00:00.1230000"],
    ["SYSUTCDATETIME()", "2026-11-21T08:00:00.1230000"],
    ["SYSDATETIMEOFFSET()", "2026-11-21T10:00:00.1230000+02:00"],
    ["SWITCHOFFSET(SYSDATETIMEOFFSET(), '-05:00')", "2026-11-21T03:00:00.1230000-05:00"],
    ["SWITCHOFFSET(SYSDATETIMEOFFSET(), 0)", "2026-11-21T08:00:00.1230000+00:00"],
    ["TODATETIMEOFFSET('2026-01-01T10:00:00', '+01:00')", "2026-01-01T10:00:00.0000000+01:00"],
    ["DATEDIFF(SECOND, '2026-01-01T00:00:59.9', '2026-01-01T00:01:00.1')", 1],
    ["DATEDIFF(day, '2026-01-01T23:59:00', '2026-01-02')", 1],
    ["DATEDIFF(month, '2025-12-31', '2026-01-01')", 1],
    ["DATEDIFF(yy, '2026-12-31', '2026-01-01')", 0],
    ["DATEDIFF(week, '2026-11-21', '2026-11-22')", 1],
    ["DATEDIFF(hour, '2026-01-01T10:00:00+02:00', '2026-01-01T10:00:00+00:00')", 2],
    ["DATEDIFF_BIG(ms, '1900-01-01', '2026-01-01')", 3976214400000n],
    ["DATEDIFF(s, NULL, GETDATE())", null],
    ["DATEADD(month, 1, '2026-01-31')", "2026-02-28T00:00:00.000"],
    ["DATEADD(mi, -90, GETDATE())", "2026-11-21T08:30:00.123"],
    ["DATEADD(second, 5430, 0)", "1900-01-01T01:30:30.000"],
    ["DATEPART(weekday, '2026-11-21')", 7],
    ["DATEPART(dayofyear, '2026-02-01')", 32],
    ["DATEPART(ms, GETDATE())", 123],
    ["DATENAME(month, '2026-11-21')", "November"],
    ["DATENAME(dw, '2026-11-21')", "Saturday"],
    ["YEAR(GETDATE())", 2026],
    ["MONTH('2026-11-21')", 11],
    ["DAY('20261121')", 21],
    ["GETDATE() - 1", "2026-11-20T10:00:00.123"],
  ])("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test("a difference beyond int is 535, an unknown part 155, no time 241", async () => {
    const { run } = await connect();
    expect((await run("SELECT DATEDIFF(ms, '1900-01-01', GETDATE())")).errors).toEqual([535]);
    expect((await run("SELECT DATEDIFF(century, 0, 0)")).errors).toEqual([155]);
    expect((await run("SELECT DATEDIFF(s, 'soon', GETDATE())")).errors).toEqual([241]);
  });

  test("the same moment with different offsets is equal and sorts by instant", async () => {
    const { run } = await connect();
    const offset = (text: string) => `CAST('${text}' AS datetimeoffset)`;
    const { sets } =
      await run(`SELECT CASE WHEN ${offset("2026-01-01T10:00:00+02:00")} = ${offset("2026-01-01T08:00:00+00:00")} THEN 1 ELSE 0 END AS same;
      SELECT t FROM (SELECT ${offset("2026-01-01T09:00:00+00:00")} AS t UNION ALL SELECT ${offset("2026-01-01T10:00:00+02:00")}) AS x ORDER BY t`);
    expect(sets[0]).toEqual([{ same: 1 }]);
    expect(sets[1]?.map((row) => row["t"])).toEqual([
      "2026-01-01T10:00:00.0000000+02:00",
      "2026-01-01T09:00:00.0000000+00:00",
    ]);
  });
});

describe("functions that ask the server", () => {
  test.each<[string, unknown]>([
    ["SERVERPROPERTY('EngineEdition')", 3],
    ["SERVERPROPERTY(N'productversion')", "16.0.4125.3"],
    ["SERVERPROPERTY('Nothing')", null],
    ["CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(2))", "16"],
    ["CAST(SERVERPROPERTY('EngineEdition') AS int)", 3],
    ["CONVERT(varchar(10), SERVERPROPERTY('IsHadrEnabled'))", "1"],
    ["IIF(SERVERPROPERTY('EngineEdition') = 3, 'box', 'other')", "box"],
    ["IIF(SERVERPROPERTY('EngineEdition') IN (5, 8), 'azure', 'other')", "other"],
    ["DATABASEPROPERTYEX('Adatum', 'Updateability')", "READ_WRITE"],
    ["HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')", 1],
    ["HAS_PERMS_BY_NAME(NULL, NULL, 'CONTROL SERVER')", 0],
    ["IS_SRVROLEMEMBER('sysadmin')", 1],
    ["IS_SRVROLEMEMBER('nothing')", null],
    ["APPLOCK_MODE('public', 'held', 'Session')", "Exclusive"],
    ["APPLOCK_MODE('public', 'free', 'Session')", "NoLock"],
    ["DB_ID('adatum')", 5],
    ["DB_ID()", 1],
    ["DB_ID('nothing')", null],
    ["DB_NAME()", "master"],
    ["DB_NAME(5)", "Adatum"],
    ["DB_NAME(99)", null],
    ["SUSER_SNAME()", "dba"],
    ["ORIGINAL_LOGIN()", "dba"],
    ["SYSTEM_USER", "dba"],
    ["HOST_NAME()", null],
    ["OBJECT_ID('sys.nothing')", null],
    ["@@SERVERNAME", "SQL1"],
    ["@@SPID", 51],
    ["@@TRANCOUNT", 0],
    ["IIF(OBJECT_ID(N'[msdb].[dbo].[backupset]') IS NULL, 0, 1)", 1],
  ])("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  test("a sql_variant goes out as the type of its value, an unknown global is 137", async () => {
    const { run } = await connect();
    const { columns } = await run(
      "SELECT SERVERPROPERTY('EngineEdition') AS a, SERVERPROPERTY('ProductVersion') AS b",
    );
    expect(columns[0]?.map((column) => column.type.name)).toEqual(["int", "nvarchar"]);
    expect((await run("SELECT @@NOTHING")).errors).toEqual([137]);
  });
});
