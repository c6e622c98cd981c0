// Table variables: declared, filled by INSERT ... EXEC, read, joined, emptied by DELETE; and what is refused.
import { describe, expect, test } from "vitest";
import { connect } from "./fake-host.ts";

const declare = "DECLARE @t TABLE (id int NOT NULL, name sysname, note nvarchar(5) NULL); ";

/** The rows of the last result set. */
async function rowsOf(text: string) {
  const { sets, errors } = await (await connect()).run(declare + text);
  expect(errors).toEqual([]);
  return sets.at(-1);
}

async function errorsOf(text: string): Promise<readonly number[]> {
  return (await (await connect()).run(text)).errors;
}

describe("a table variable", () => {
  test("takes the rows of a text run by EXEC, columns in the order named, the others NULL", async () => {
    expect(
      await rowsOf(
        "DECLARE @q nvarchar(max) = N'SELECT name, database_id FROM sys.databases WHERE database_id IN (1, 5)'; INSERT INTO @T (Name, [id]) EXEC (@q); SELECT x.* FROM @t AS x ORDER BY x.id",
      ),
    ).toEqual([
      { id: 1, name: "master", note: null },
      { id: 5, name: "Adatum", note: null },
    ]);
  });

  test("takes every result set, converts to its own types, and its rows are not sent to the client", async () => {
    const { run } = await connect();
    const { sets, messages } = await run(
      `${declare}INSERT @t EXECUTE ('SELECT ''7'', 1, NULL; PRINT ''x''; SELECT 8, 2, N''b'''); SELECT id, name, note FROM @t; SELECT @@ROWCOUNT AS n`,
    );
    expect(messages).toEqual(["x"]);
    expect(sets).toEqual([
      [
        { id: 7, name: "1", note: null },
        { id: 8, name: "2", note: "b" },
      ],
      [{ n: 2 }],
    ]);
  });

  test("is joined with a view, and used in a subquery and a loop", async () => {
    const fill = "INSERT @t (id, name) EXEC ('SELECT 5, ''x'' UNION ALL SELECT 6, ''y'''); ";
    expect(
      await rowsOf(
        `${fill}SELECT d.name FROM sys.databases AS d JOIN @t AS t ON t.id = d.database_id`,
      ),
    ).toEqual([{ name: "Adatum" }]);
    expect(
      await rowsOf(
        `${fill}DECLARE @n int = 0, @i int; WHILE EXISTS (SELECT 1 FROM @t) BEGIN SET @i = (SELECT MIN(id) FROM @t); DELETE FROM @t WHERE id = @i; SET @n += @i; END; SELECT @n AS n`,
      ),
    ).toEqual([{ n: 11 }]);
  });

  test("loses by DELETE the rows that match, all without WHERE, and says how many", async () => {
    const fill = "INSERT @t (id, name) EXEC ('SELECT 1, ''a'' UNION ALL SELECT 2, ''B'''); ";
    expect(await rowsOf(`${fill}DELETE @t WHERE name = 'b'; SELECT @@ROWCOUNT AS n`)).toEqual([
      { n: 1 },
    ]);
    expect(await rowsOf(`${fill}DELETE @t WHERE name = 'b'; SELECT id FROM @t`)).toEqual([
      { id: 1 },
    ]);
    expect(await rowsOf(`${fill}DELETE FROM @t WHERE note = 'x'; SELECT id FROM @t`)).toHaveLength(
      2,
    );
    expect(await rowsOf(`${fill}DELETE FROM @t; SELECT id FROM @t`)).toEqual([]);
  });

  test("belongs to its batch alone", async () => {
    expect(await errorsOf(`${declare}EXEC ('SELECT * FROM @t')`)).toEqual([1087]);
  });

  test.each([
    ["SELECT * FROM @nothing", 1087],
    ["INSERT @nothing EXEC ('SELECT 1')", 1087],
    ["DELETE FROM @nothing", 1087],
    ["DECLARE @a int; DECLARE @A TABLE (a int)", 134],
    [`${declare}SELECT @t`, 137],
    [`${declare}INSERT @t (nothing) EXEC ('SELECT 1')`, 207],
    [`${declare}INSERT @t EXEC ('SELECT 1')`, 213],
    [`${declare}INSERT @t (name) EXEC ('SELECT ''a''')`, 515],
    [`${declare}INSERT @t (id, name) EXEC ('SELECT 1, NULL')`, 515],
    [`${declare}INSERT @t EXEC ('SELECT 1, ''a'', ''longer''')`, 8152],
    [`${declare}INSERT @t (id, name) EXEC ('SELECT ''x'', ''a''')`, 245],
    ["DECLARE @t TABLE (a int PRIMARY KEY)", 40517],
    [`${declare}INSERT @t VALUES (1, 'a', NULL)`, 40510],
    [`${declare}INSERT @t EXEC sp_who`, 40510],
    ["INSERT t EXEC ('SELECT 1')", 40510],
    ["DELETE FROM t", 40510],
  ])("%s is %i", async (text, number) => {
    expect(await errorsOf(text)).toEqual([number]);
  });

  test("takes nothing from a text that fails, nor inside another INSERT ... EXEC (8164)", async () => {
    const { run } = await connect();
    const failed = await run(
      `${declare}INSERT @t (id, name) EXEC ('SELECT 1, ''a''; SELECT * FROM nothing'); SELECT @@ERROR AS e; SELECT id FROM @t`,
    );
    expect(failed.errors).toEqual([208]);
    expect(failed.sets.at(-1)).toEqual([]);
    const inner =
      "DECLARE @u TABLE (a int); INSERT @u EXEC (''SELECT 1''); SELECT a, N''x'' FROM @u";
    const nested = `${declare}INSERT @t (id, name) EXEC ('${inner}')`;
    expect((await run(nested)).errors).toEqual([8164]);
  });
});
