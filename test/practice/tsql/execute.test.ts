// EXEC of texts and procedures, parameters, and the statements handed to the server.
import { describe, expect, test } from "vitest";
import { connect, context, typed } from "./fake-host.ts";

const hostile = ["a]b", "a'b", 'a"b', "a b", "😀", "$(x)", "a\nb", "x".repeat(128), "]]''\"\"--/*"];

describe("EXEC of a text", () => {
  test("literals and variables are joined, and the text has variables of its own", async () => {
    const { run } = await connect();
    const { messages, errors } = await run(
      "DECLARE @x nvarchar(20) = N'PRINT ''b'''; EXEC (N'PRINT ''a''; ' + @x + '; DECLARE @x int = 3; PRINT @x'); EXEC ('PRINT @x')",
    );
    expect(messages).toEqual(["a", "b", "3", 'Must declare the scalar variable "@x".']);
    expect(errors).toEqual([137]);
  });

  test("USE inside lasts until the text ends", async () => {
    const { run } = await connect();
    const { messages, outputs } = await run(
      "EXEC ('USE Adatum; PRINT DB_NAME()'); PRINT DB_NAME()",
    );
    expect(messages).toEqual(["Adatum", "master"]);
    expect(outputs.filter((output) => output.kind === "database")).toEqual([
      { kind: "database", from: "master", to: "Adatum" },
      { kind: "database", from: "Adatum", to: "master" },
    ]);
  });

  test("texts nest 32 deep and no deeper", async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? "PRINT 'deep'"
        : `DECLARE @s nvarchar(max) = @t; EXEC sp_executesql @s, N'@t nvarchar(max)', @t = @t`;
    const { run } = await connect();
    const { errors } = await run("EXEC sp_executesql @t, N'@t nvarchar(max)', @t = @t", [
      typed("@t", { name: "nvarchar", length: "max" }, nested(1)),
    ]);
    expect(errors).toEqual([217]);
  });

  test("sp_executesql passes values in and OUTPUT values out", async () => {
    const { run } = await connect();
    const { sets } = await run(`DECLARE @n int, @name sysname = N'Adatum', @r int = 5;
      EXEC @r = sys.sp_executesql N'SELECT @id = database_id FROM sys.databases WHERE name = @name; PRINT @name', N'@name sysname, @id int OUTPUT', @name, @id = @n OUTPUT;
      SELECT @n AS n, @r AS r`);
    expect(sets).toEqual([[{ n: 5, r: 0 }]]);
    expect((await run("EXEC sp_executesql N'SELECT @a', N'@a int'")).errors).toEqual([8178]);
    expect((await run("EXEC sp_executesql N'SELECT @a', N'@a nothing', 1")).errors).toEqual([243]);
  });

  test.each(hostile)(
    "a name like %j reaches the server unharmed through N'...' and [...]",
    async (name) => {
      const { run, host } = await connect();
      const statement = `ALTER AVAILABILITY GROUP [${name.replaceAll("]", "]]")}] FAILOVER`;
      await run(`EXEC (N'${statement.replaceAll("'", "''")}')`);
      await run(
        "DECLARE @s nvarchar(max) = N'DROP AVAILABILITY GROUP ' + QUOTENAME(@n); EXEC (@s)",
        [typed("@n", { name: "nvarchar", length: 128 }, name)],
      );
      expect(host.ran).toEqual([
        { kind: "availabilityGroupFailover", group: name },
        { kind: "dropAvailabilityGroup", group: name },
      ]);
    },
  );
});

describe("EXEC of a procedure", () => {
  test("arguments by name and by place, the return value in a variable, and not sent to the client", async () => {
    const { run, host } = await connect();
    host.answer = () => [{ kind: "returnStatus", value: 1 }];
    const { sets, outputs } = await run(
      "DECLARE @r int, @l int = 0; EXEC @r = sp_getapplock @Resource = N'link', @LockTimeout = @l; EXEC sys.sp_x 5, word, NULL, -1; SELECT @r AS r",
    );
    expect(sets).toEqual([[{ r: 1 }]]);
    expect(outputs.some((output) => output.kind === "returnStatus")).toBe(false);
    expect(host.ran).toEqual([
      {
        kind: "procedure",
        name: "sp_getapplock",
        arguments: new Map<string, unknown>([
          ["@Resource", "link"],
          ["@LockTimeout", 0],
        ]),
      },
      {
        kind: "procedure",
        name: "sys.sp_x",
        arguments: new Map<string, unknown>([
          ["@1", 5],
          ["@2", "word"],
          ["@3", null],
          ["@4", -1],
        ]),
      },
    ]);
  });

  test("a batch may begin with a procedure's name alone", async () => {
    const { run, host } = await connect();
    await run("sp_who2 'active'");
    expect(host.ran).toEqual([
      { kind: "procedure", name: "sp_who2", arguments: new Map([["@1", "active"]]) },
    ]);
  });

  test("by RPC the return value goes to the client", async () => {
    const { engine, host } = await connect();
    host.answer = () => [{ kind: "returnStatus", value: -1 }];
    const outputs = [];
    for await (const output of engine.call(
      context,
      "sp_getapplock",
      [typed("@Resource", { name: "nvarchar", length: 10 }, "x")],
      new AbortController().signal,
    ))
      outputs.push(output);
    expect(outputs).toEqual([{ kind: "returnStatus", value: -1 }]);
    expect(host.ran).toEqual([
      { kind: "procedure", name: "sp_getapplock", arguments: new Map([["@Resource", "x"]]) },
    ]);
  });
});

describe("parameters of the request", () => {
  test("are variables of their type", async () => {
    const { run } = await connect();
    const { sets, columns } = await run(
      "SELECT @a AS a, @b + N'!' AS b, @c AS c, @d AS d, @e AS e WHERE @a = 1",
      [
        typed("@a", { name: "int" }, 1),
        typed("@b", { name: "nvarchar", length: 50 }, "it's [😀]"),
        typed("@c", { name: "bit" }, true),
        typed("@d", { name: "numeric", precision: 25, scale: 0 }, "37000000012300001"),
        { name: "@e", type: undefined, value: null, output: false },
      ],
    );
    expect(sets).toEqual([[{ a: 1, b: "it's [😀]!", c: true, d: "37000000012300001", e: null }]]);
    expect(columns[0]?.[3]?.type).toEqual({ name: "numeric", precision: 25, scale: 0 });
  });

  test.each(hostile)("a value like %j stays a value", async (value) => {
    const { run } = await connect();
    const { sets } = await run("DECLARE @c nvarchar(200) = @p; SELECT @c AS v WHERE @c = @p", [
      typed("@p", { name: "nvarchar", length: 200 }, value),
    ]);
    expect(sets).toEqual([[{ v: value }]]);
  });
});
