// CREATE and DROP LOGIN: what they make, and what is refused with the server's own numbers.
import { describe, expect, test } from "vitest";
import { practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";
import { withoutSecrets } from "../../../practice/world/without-secrets.ts";

describe("CREATE LOGIN", () => {
  const estate = practiceEstate({ scenario: "unprepared", clock: "manual" });
  const sid = "0x000102030405060708090A0B0C0D0E0F";
  const batch = (text: string) =>
    withPool(estate(), "managedInstance", async (pool) => {
      await pool.request().batch(text);
    });
  const sidOf = (name: string) =>
    withPool(estate(), "managedInstance", (pool) =>
      rowsOf(
        pool,
        `SELECT p.type AS type, CONVERT(varchar(172), p.sid, 1) AS sid FROM sys.server_principals AS p WHERE p.name = N'${name}'`,
      ),
    );

  test("makes a login with the SID that is given, and one of Microsoft Entra", async () => {
    await batch(`CREATE LOGIN [new_one] WITH PASSWORD = N'It''s 1 Secret!', SID = ${sid};`);
    await batch("CREATE LOGIN [eva@adatum.example] FROM EXTERNAL PROVIDER;");
    expect(await sidOf("new_one")).toEqual([{ type: "S", sid }]);
    expect(await sidOf("eva@adatum.example")).toMatchObject([{ type: "E" }]);
  });

  test.each([
    ["a name that is taken", "CREATE LOGIN [NEW_ONE] WITH PASSWORD = N'x';", 15025],
    [
      "a SID that is taken",
      `CREATE LOGIN [another] WITH PASSWORD = N'x', SID = ${sid.toLowerCase()};`,
      15433,
    ],
    ["a login that is not there", "DROP LOGIN [nobody];", 15151],
    ["a role", "DROP LOGIN [sysadmin];", 15151],
    ["a login that is connected", "DROP LOGIN [practice_dba];", 15434],
    ["what is not implemented", "CREATE LOGIN [w] FROM WINDOWS;", 40517],
  ])("is refused for %s", async (_, text, number) => {
    expect(await refusalOf(batch(text))).toContain(number);
  });

  test("is refused without ALTER ANY LOGIN", async () => {
    const server = estate().world.state.instance;
    server.deniedPermissions = ["ALTER ANY LOGIN"];
    expect(await refusalOf(batch("CREATE LOGIN [x] WITH PASSWORD = N'x';"))).toContain(15247);
    expect(await refusalOf(batch("DROP LOGIN [new_one];"))).toContain(15151);
    server.deniedPermissions = [];
  });

  test("DROP LOGIN takes one away again, whoever made it", async () => {
    await batch("DROP LOGIN [new_one];");
    await batch("DROP LOGIN [adatum_web];");
    expect([await sidOf("new_one"), await sidOf("adatum_web")]).toEqual([[], []]);
  });
});

test.each([
  ["PASSWORD = N'It''s 1', SID = 0x01", "PASSWORD = N'***', SID = 0x01"],
  ["EXEC (N'... WITH PASSWORD = N''a''''b'', SID')", "EXEC (N'... WITH PASSWORD = N''***'', SID')"],
  ["@password nvarchar(128) = N'a''b';", "@password nvarchar(128) = N'***';"],
  ["SECRET = 'sv=1&sig=2'", "SECRET = '***'"],
])("a secret is not written down: %s", (text, written) => {
  expect(withoutSecrets(text)).toBe(written);
});
