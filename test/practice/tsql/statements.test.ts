// Control of flow, messages, errors and what they end.
import { describe, expect, test } from "vitest";
import { SqlError } from "../../../practice/sql-types.ts";
import { connect } from "./fake-host.ts";

/** Everything the batch said: PRINT and error texts in order. */
async function said(text: string): Promise<readonly string[]> {
  return (await (await connect()).run(text)).messages;
}

async function errorsOf(text: string): Promise<readonly number[]> {
  return (await (await connect()).run(text)).errors;
}

describe("the whole batch is parsed before any of it runs", () => {
  test.each([
    ["PRINT 'a'; SELEC 1", 102],
    ["PRINT 'a'; SELECT FROM x", 156],
    ["PRINT 'a'; SELECT 'x", 105],
    ["PRINT 'a' /*", 113],
    ["PRINT 'a'; SELECT @x", 137],
    ["PRINT 'a'; SET @x = 1", 137],
    ["DECLARE @a int; DECLARE @A int", 134],
    ["SELECT 1 GO", 102],
    ["GO", 102],
    ["PRINT 'a'; SELECT nothing(1)", 195],
    ["PRINT 'a'; CREATE TABLE t (a int)", 40510],
    ["PRINT 'a'; INSERT t VALUES (1)", 40510],
    ["PRINT 'a'; DBCC CHECKDB", 40510],
    ["DROP TABLE t", 40510],
    ["PRINT 'a'; SELECT 1 INTO t", 40517],
    ["PRINT 'a'; SET ROWCOUNT 5", 40517],
    ["PRINT 'a'; SET NOTHING ON", 195],
    ["IF 1 = 1", 102],
    ["BEGIN END", 156],
    ["BEGIN TRY PRINT 'a' END TRY", 102],
    ["DECLARE @a nothing", 243],
    ["EXEC ('a' + QUOTENAME('b'))", 102],
    ["THROW 50001, 'a' + 'b', 1", 102],
    ["KILL @@SPID", 102],
    ["PRINT 'a' WITH x AS (SELECT 1 AS a) SELECT * FROM x", 319],
    ["PRINT 'a' THROW 50000, 'x', 1", 102],
    ["SELECT 1 WHERE (1 = 1", 102],
    ["SELECT CASE WHEN 1 = 1 THEN 1", 102],
    ["SELECT 1 FROM sys.databases FOR XML PATH('')", 40517],
    ["SELECT TOP 5 PERCENT 1", 40517],
    ["DECLARE @c CURSOR", 40510],
    ["USE @db", 102],
  ])("%s is %i and nothing runs", async (text, number) => {
    const { errors, messages } = await (await connect()).run(text);
    expect(errors).toEqual([number]);
    expect(messages).toHaveLength(1);
  });

  test("errors name the line they stand on, run-time errors the line of their statement", async () => {
    const { run } = await connect();
    const lineOf = async (text: string) =>
      (await run(text)).outputs.flatMap((output) =>
        output.kind === "error" ? [output.message.line] : [],
      );
    expect(await lineOf("SELECT 1\nSELECT 2\nSELECT FROM x")).toEqual([3]);
    expect(await lineOf("/* a\n */ SELECT 1\n\n SELECT 1/0")).toEqual([4]);
    expect(await lineOf("PRINT 'a'\nEXEC ('\nSELECT * FROM nothing')")).toEqual([2]);
  });
});

describe("control of flow", () => {
  test("IF, ELSE and blocks", async () => {
    expect(await said("IF 1 = 0 PRINT 'a' ELSE PRINT 'b'")).toEqual(["b"]);
    expect(await said("IF 1 = 1 PRINT 'a'; ELSE PRINT 'b'; PRINT 'c'")).toEqual(["a", "c"]);
    expect(
      await said(
        "IF NULL = 1 BEGIN PRINT 'a' PRINT 'b' END ELSE IF EXISTS (SELECT 1) BEGIN PRINT 'c'; END; PRINT 'd'",
      ),
    ).toEqual(["c", "d"]);
    expect(
      await said(
        "IF NOT EXISTS (SELECT 1 FROM sys.databases WHERE name = N'x') AND (SELECT COUNT(*) FROM sys.databases) = 3 PRINT 'yes'",
      ),
    ).toEqual(["yes"]);
  });

  test("WHILE with BREAK and CONTINUE", async () => {
    expect(
      await said(
        "DECLARE @i int = 0; WHILE @i < 9 BEGIN SET @i += 1; IF @i = 2 CONTINUE; IF @i > 3 BREAK; PRINT @i; END PRINT 'end'",
      ),
    ).toEqual(["1", "3", "end"]);
  });

  test("RETURN ends the batch", async () => {
    expect(await said("PRINT 'a' IF 1 = 1 RETURN PRINT 'b'")).toEqual(["a"]);
  });

  test("WAITFOR DELAY takes a text or a variable and waits in the server's time", async () => {
    const { run, host } = await connect();
    await run(
      "WAITFOR DELAY '00:00:05'; DECLARE @d char(8) = '01:02:03'; WAITFOR DELAY @d; WAITFOR DELAY '00:00:00.250'",
    );
    expect(host.waits).toEqual([5000, 3723000, 250]);
    expect((await run("WAITFOR DELAY 'soon'")).errors).toEqual([148]);
  });

  test("variables: several in one DECLARE, several set by one SELECT, the last row stays, no row changes nothing", async () => {
    const { run } = await connect();
    const { sets } = await run(`DECLARE @a int = 1, @b nvarchar(5), @c AS bit
      SELECT @a = database_id, @b = name FROM sys.databases WHERE database_id > 1 ORDER BY database_id
      SELECT @c = 1 FROM sys.databases WHERE database_id = 99
      SELECT @a AS a, @b AS b, @c AS c`);
    expect(sets).toEqual([[{ a: 5, b: "Adatu", c: null }]]);
    expect((await run("SELECT @a")).errors).toEqual([137]);
    expect((await run("DECLARE @a int SELECT @a = 1, 2")).errors).toEqual([141]);
  });

  test("a SELECT that adds up row by row is refused, not half done", async () => {
    expect(
      await errorsOf("DECLARE @s nvarchar(99) = N''; SELECT @s = @s + name FROM sys.databases"),
    ).toEqual([40517]);
    expect(await errorsOf("DECLARE @n int = 1; SELECT @n = @n + 1; PRINT @n")).toEqual([]);
  });
});

describe("messages", () => {
  test("RAISERROR informs up to 10 and fails above, and the batch goes on", async () => {
    const { run } = await connect();
    const { outputs, errors, messages } = await run(
      "RAISERROR('%s has %d', 10, 1, 'x', 3) WITH NOWAIT; RAISERROR(N'bad', 16, 7); PRINT 'on'",
    );
    expect(messages).toEqual(["x has 3", "bad", "on"]);
    expect(errors).toEqual([50000]);
    expect(outputs.find((output) => output.kind === "error")).toMatchObject({
      message: { severity: 16, state: 7, number: 50000 },
    });
  });

  test("THROW ends the batch; its number must be 50000 or more", async () => {
    expect(await said("IF 1 = 1 THROW 50001, 'stop', 1; PRINT 'on'")).toEqual(["stop"]);
    expect(await errorsOf("DECLARE @m nvarchar(99) = N'x'; THROW 50123, @m, 2")).toEqual([50123]);
    expect(await errorsOf("THROW 5, 'x', 1")).toEqual([35100]);
    expect(await errorsOf("THROW")).toEqual([10704]);
  });
});

describe("what an error ends", () => {
  test.each([
    ["SELECT 1/0; PRINT 'on'", ["Divide by zero error encountered.", "on"]],
    ["SELECT * FROM nothing; PRINT 'on'", ["Invalid object name 'nothing'."]],
    [
      "SELECT CAST('x' AS int); PRINT 'on'",
      ["Conversion failed when converting the varchar value 'x' to data type int."],
    ],
    ["SET XACT_ABORT ON; SELECT 1/0; PRINT 'on'", ["Divide by zero error encountered."]],
    ["SET XACT_ABORT ON; RAISERROR('r', 16, 1); PRINT 'on'", ["r", "on"]],
    [
      "EXEC ('SELECT * FROM nothing; PRINT ''in'''); PRINT 'on'",
      ["Invalid object name 'nothing'.", "on"],
    ],
    ["EXEC ('SELEC'); PRINT 'on'", ["Could not find stored procedure 'SELEC'.", "on"]],
    ["EXEC ('SELECT FROM'); PRINT 'on'", ["Incorrect syntax near the keyword 'FROM'.", "on"]],
    ["EXEC ('THROW 50000, ''t'', 1'); PRINT 'on'", ["t"]],
  ])("%s says %j", async (text, expected) => {
    const { run, host } = await connect();
    host.answer = () => {
      throw new SqlError(2812, "Could not find stored procedure 'SELEC'.");
    };
    expect((await run(text)).messages).toEqual(expected);
  });

  test("CATCH knows the error, hides it from the client, and may throw it again", async () => {
    const { run } = await connect();
    const { sets, errors } = await run(`BEGIN TRY SELECT 1 AS a; SELECT 1/0; PRINT 'not' END TRY
      BEGIN CATCH SELECT ERROR_NUMBER() AS n, ERROR_MESSAGE() AS m, ERROR_SEVERITY() AS s, ERROR_STATE() AS t, ERROR_LINE() AS l, ERROR_PROCEDURE() AS p, @@ERROR AS e END CATCH
      SELECT ERROR_NUMBER() AS n`);
    expect(errors).toEqual([]);
    expect(sets).toEqual([
      [{ a: 1 }],
      [{ n: 8134, m: "Divide by zero error encountered.", s: 16, t: 1, l: 1, p: null, e: 8134 }],
      [{ n: null }],
    ]);
    expect(
      await said(
        "BEGIN TRY THROW 50007, 'x', 3 END TRY BEGIN CATCH PRINT 'c'; THROW; END CATCH PRINT 'on'",
      ),
    ).toEqual(["c", "x"]);
    expect(
      await said(
        "BEGIN TRY BEGIN TRY RAISERROR('i', 16, 1) END TRY BEGIN CATCH; THROW; END CATCH END TRY BEGIN CATCH PRINT 'outer ' + ERROR_MESSAGE() END CATCH",
      ),
    ).toEqual(["outer i"]);
  });

  test("a text that does not compile is caught outside of it, not inside", async () => {
    expect(
      await said("BEGIN TRY SELECT * FROM nothing END TRY BEGIN CATCH PRINT 'c' END CATCH"),
    ).toEqual(["Invalid object name 'nothing'."]);
    expect(
      await said(
        "BEGIN TRY EXEC ('SELECT * FROM nothing') END TRY BEGIN CATCH PRINT ERROR_NUMBER() END CATCH",
      ),
    ).toEqual(["208"]);
  });

  test("an error the server answers with goes to CATCH, or to the client", async () => {
    const { run, host } = await connect();
    host.answer = () => [
      { kind: "info", message: { number: 41000, severity: 0, state: 1, text: "on it" } },
      { kind: "error", message: { number: 47517, severity: 16, state: 1, text: "wrong side" } },
    ];
    expect((await run("ALTER AVAILABILITY GROUP [a] FAILOVER; PRINT 'on'")).messages).toEqual([
      "on it",
      "wrong side",
      "on",
    ]);
    expect(
      (
        await run(
          "BEGIN TRY ALTER AVAILABILITY GROUP [a] FAILOVER END TRY BEGIN CATCH PRINT ERROR_NUMBER() END CATCH",
        )
      ).messages,
    ).toEqual(["on it", "47517"]);
    expect(
      (await run("SET XACT_ABORT ON; ALTER AVAILABILITY GROUP [a] FAILOVER; PRINT 'on'")).messages,
    ).toEqual(["on it", "wrong side"]);
    await run("SET XACT_ABORT OFF");
    expect(
      (await run("ALTER AVAILABILITY GROUP [a] FAILOVER IF @@ERROR <> 0 PRINT 'seen'")).messages,
    ).toContain("seen");
  });

  test("@@ERROR and @@ROWCOUNT speak of the statement before", async () => {
    expect(await said("SELECT 1/0; PRINT @@ERROR; PRINT @@ERROR")).toEqual([
      "Divide by zero error encountered.",
      "8134",
      "0",
    ]);
    expect(await said("SELECT name FROM sys.databases; PRINT @@ROWCOUNT")).toEqual(["3"]);
  });
});
