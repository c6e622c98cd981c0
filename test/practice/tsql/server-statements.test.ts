// Statements for the server: what they become, and what is refused before they get there.
import { describe, expect, test } from "vitest";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { connect } from "./fake-host.ts";

const group = "a]b";
const options = (...entries: [string, string][]) => new Map(entries);

const accepted: readonly (readonly [string, ServerStatement])[] = [
  ["ALTER AVAILABILITY GROUP [a]]b] FAILOVER", { kind: "availabilityGroupFailover", group }],
  [
    "alter availability group [a]]b] force_failover_allow_data_loss;",
    { kind: "availabilityGroupForceFailover", group },
  ],
  [
    "ALTER availability group [a]]b] \nSET (role = secondary) ",
    { kind: "availabilityGroupSet", group, options: options(["ROLE", "SECONDARY"]) },
  ],
  [
    "ALTER AVAILABILITY GROUP [a]]b] SET (REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1)",
    {
      kind: "availabilityGroupSet",
      group,
      options: options(["REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT", "1"]),
    },
  ],
  [
    "ALTER AVAILABILITY GROUP [a]]b] \nMODIFY \nAVAILABILITY GROUP ON\n 'it''s' WITH\n (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT),\n N'mi' WITH\n (AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT, SEEDING_MODE = MANUAL);",
    {
      kind: "availabilityGroupModifyGroups",
      group,
      members: [
        { name: "it's", options: options(["AVAILABILITY_MODE", "SYNCHRONOUS_COMMIT"]) },
        {
          name: "mi",
          options: options(
            ["AVAILABILITY_MODE", "ASYNCHRONOUS_COMMIT"],
            ["SEEDING_MODE", "MANUAL"],
          ),
        },
      ],
    },
  ],
  [
    "ALTER AVAILABILITY GROUP [a]]b] MODIFY REPLICA ON N'SQL1' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL))",
    {
      kind: "availabilityGroupModifyReplica",
      group,
      members: [{ name: "SQL1", options: options(["SECONDARY_ROLE.ALLOW_CONNECTIONS", "ALL"]) }],
    },
  ],
  ["DROP AVAILABILITY GROUP [a]]b]", { kind: "dropAvailabilityGroup", group }],
  [
    "ALTER DATABASE [db] SET HADR RESUME",
    { kind: "databaseSetHadr", database: "db", action: "RESUME" },
  ],
  [
    "ALTER DATABASE CURRENT SET HADR OFF",
    { kind: "databaseSetHadr", database: "master", action: "OFF" },
  ],
  [
    "ALTER DATABASE [db] SET READ_ONLY WITH ROLLBACK IMMEDIATE",
    { kind: "databaseSet", database: "db", words: ["READ_ONLY", "WITH", "ROLLBACK", "IMMEDIATE"] },
  ],
  [
    "DECLARE @p nvarchar(99) = N'D:\\x.bak', @d sysname = N'db'; BACKUP DATABASE @d TO DISK = @p, URL = 'https://x' WITH COPY_ONLY, CHECKSUM, STATS = 10",
    {
      kind: "backup",
      what: "DATABASE",
      database: "db",
      to: [
        { kind: "DISK", path: "D:\\x.bak" },
        { kind: "URL", path: "https://x" },
      ],
      options: options(["COPY_ONLY", ""], ["CHECKSUM", ""], ["STATS", "10"]),
    },
  ],
  [
    "RESTORE VERIFYONLY FROM DISK = N'D:\\x.bak' WITH CHECKSUM",
    {
      kind: "restoreRead",
      what: "VERIFYONLY",
      from: [{ kind: "DISK", path: "D:\\x.bak" }],
      options: options(["CHECKSUM", ""]),
    },
  ],
  [
    "DECLARE @n int = 2; restore headeronly from URL = 'https://x/a', URL = N'https://x/b' with file = @n",
    {
      kind: "restoreRead",
      what: "HEADERONLY",
      from: [
        { kind: "URL", path: "https://x/a" },
        { kind: "URL", path: "https://x/b" },
      ],
      options: options(["FILE", "2"]),
    },
  ],
  [
    "BACKUP LOG [db] TO DISK = 'x' WITH INIT, FORMAT, COMPRESSION, CHECKSUM, NAME = N'tail of ''db''', NO_TRUNCATE, STATS",
    {
      kind: "backup",
      what: "LOG",
      database: "db",
      to: [{ kind: "DISK", path: "x" }],
      options: options(
        ["INIT", ""],
        ["FORMAT", ""],
        ["COMPRESSION", ""],
        ["CHECKSUM", ""],
        ["NAME", "tail of 'db'"],
        ["NO_TRUNCATE", ""],
        ["STATS", ""],
      ),
    },
  ],
  [
    "DECLARE @f nvarchar(99) = N'D:\\a.mdf'; RESTORE DATABASE [db] FROM URL = 'https://x' WITH FILE = 2, MOVE N'data_0' TO @f, MOVE 'log' TO 'D:\\a.ldf', RECOVERY",
    {
      kind: "restoreDatabase",
      database: "db",
      from: [{ kind: "URL", path: "https://x" }],
      moves: options(["data_0", "D:\\a.mdf"], ["log", "D:\\a.ldf"]),
      options: options(["FILE", "2"], ["RECOVERY", ""]),
    },
  ],
  ["DROP DATABASE [a]]b]", { kind: "dropDatabase", database: "a]b" }],
  ["KILL 52", { kind: "kill", sessionId: 52, statusOnly: false }],
  ["KILL 52 WITH STATUSONLY", { kind: "kill", sessionId: 52, statusOnly: true }],
  ["ALTER LOGIN [app] DISABLE", { kind: "alterLogin", login: "app", action: "DISABLE" }],
  ["CREATE SERVER ROLE [a]]b];", { kind: "createServerRole", role: group }],
  ["drop server role [a]]b]", { kind: "dropServerRole", role: group }],
  [
    "ALTER SERVER ROLE [a]]b] ADD MEMBER [x y]",
    { kind: "alterServerRole", role: group, action: "ADD", member: "x y" },
  ],
  [
    "alter server role [a]]b] drop member x;",
    { kind: "alterServerRole", role: group, action: "DROP", member: "x" },
  ],
];

describe("statements for the server", () => {
  test.each(accepted)("%s", async (text, statement) => {
    const { run, host } = await connect();
    expect((await run(text)).errors).toEqual([]);
    expect(host.ran).toEqual([statement]);
  });

  test.each([
    ["ALTER AVAILABILITY GROUP [a] FAILOVR", 102],
    ["ALTER AVAILABILITY GROUP [a] SET (ROLE = SECONDRY)", 102],
    ["ALTER AVAILABILITY GROUP [a] SET (ROLE = PRIMARY)", 156],
    [
      "ALTER AVAILABILITY GROUP [a] MODIFY AVAILABILITY GROUP ON 'x' WITH (AVAILABILITY_MODE = SYNC)",
      102,
    ],
    [
      "ALTER AVAILABILITY GROUP [a] MODIFY AVAILABILITY GROUP ON x WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT)",
      102,
    ],
    ["ALTER AVAILABILITY GROUP 'a' FAILOVER", 102],
    [
      "ALTER AVAILABILITY GROUP [a] JOIN AVAILABILITY GROUP ON 'x' WITH (LISTENER_URL = 'y')",
      40510,
    ],
    ["BACKUP LOG [db] TO DISK = 'x' WITH NOTHING", 155],
    ["RESTORE LOG [db] FROM DISK = 'x'", 40510],
    ["CREATE CREDENTIAL [c] WITH IDENTITY = @i", 102],
    ["ALTER DATABASE [db] SET HADR AWAY", 102],
    ["ALTER AVAILABILITY GROUP [a] FAILOVER extra", 102],
    ["CREATE SERVER ROLE [a] AUTHORIZATION [x]", 40517],
    ["CREATE LOGIN [a] WITH PASSWORD = 'x' HASHED", 40517],
    ["ALTER SERVER ROLE [a] WITH NAME = [b]", 40510],
    ["ALTER SERVER ROLE [a] ADD [b]", 40510],
  ])("%s is %i, and the server hears nothing", async (text, number) => {
    const { run, host } = await connect();
    expect((await run(text)).errors).toEqual([number]);
    expect(host.ran).toEqual([]);
  });

  test.each([
    ["ALTER AVAILABILITY GROUP [a] FAILOVER", 574],
    ["DROP AVAILABILITY GROUP [a]", 574],
    ["ALTER DATABASE [db] SET READ_ONLY", 226],
    ["BACKUP LOG [db] TO DISK = 'x'", 3021],
    ["KILL 52", 6115],
  ])("inside a transaction %s is refused with %i", async (text, number) => {
    const { run, host } = await connect();
    expect((await run(`BEGIN TRAN; ${text}`)).errors).toEqual([number]);
    expect(host.ran).toEqual([]);
    await run(`ROLLBACK; ${text}`);
    expect(host.ran).toHaveLength(1);
  });
});
