// Server roles over T-SQL: made, filled, emptied, dropped; how the catalog shows them; what is refused and to whom.
import { describe, expect, test } from "vitest";
import { practiceEstate, refusalOf, rowsOf, withPool } from "./practice-estate.ts";

const membersQuery = `SELECT r.name AS role, p.name AS member FROM sys.server_role_members AS m
  JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id
  JOIN sys.server_principals AS p ON p.principal_id = m.member_principal_id
  WHERE r.is_fixed_role = 0`;

describe("a server role that somebody makes", () => {
  const estate = practiceEstate({ scenario: "healthy", clock: "manual" });
  const read = (text: string) =>
    withPool(estate(), "sqlServer", async (pool) => rowsOf(pool, text));
  const change = (text: string) =>
    withPool(estate(), "sqlServer", (pool) => pool.request().query(text));
  const refused = (text: string) => refusalOf(change(text));
  const isMember = async (role: string, login: string) =>
    (await read(`SELECT IS_SRVROLEMEMBER(N'${role}', N'${login}') AS is_member`))[0]?.["is_member"];

  test("is seen with its owner and its members, on its own server alone, until it is emptied and dropped", async () => {
    await change("CREATE SERVER ROLE [a]]b']; ALTER SERVER ROLE [A]]B'] ADD MEMBER [ADATUM_web]");
    const role = `SELECT r.type, r.type_desc, r.is_fixed_role, r.is_disabled, o.name AS owner
      FROM sys.server_principals AS r JOIN sys.server_principals AS o ON o.principal_id = r.owning_principal_id
      WHERE r.name = N'a]b'''`;
    expect(await read(role)).toEqual([
      {
        type: "R",
        type_desc: "SERVER_ROLE",
        is_fixed_role: false,
        is_disabled: false,
        owner: "practice_dba",
      },
    ]);
    expect(await read(membersQuery)).toEqual([{ role: "a]b'", member: "adatum_web" }]);
    expect(await isMember("a]b''", "adatum_web")).toBe(1);
    expect(await isMember("a]b''", "adatum_batch")).toBe(0);
    expect(await withPool(estate(), "managedInstance", (pool) => rowsOf(pool, role))).toEqual([]);

    expect(await refused("DROP SERVER ROLE [a]]b']")).toEqual([15144]);
    await change("ALTER SERVER ROLE [a]]b'] DROP MEMBER adatum_web");
    expect(await isMember("a]b''", "adatum_web")).toBe(0);
    await change("DROP SERVER ROLE [a]]b']");
    expect(await isMember("a]b''", "adatum_web")).toBeNull();
    expect(await refused("DROP SERVER ROLE [a]]b']")).toEqual([15151]);
  });

  test("takes a member twice and gives up one it never had, and neither changes anything", async () => {
    await change("CREATE SERVER ROLE twice");
    const add = "ALTER SERVER ROLE twice ADD MEMBER adatum_web;";
    await change(`${add} ${add} ALTER SERVER ROLE twice DROP MEMBER adatum_batch`);
    expect(await read(membersQuery)).toEqual([{ role: "twice", member: "adatum_web" }]);
    await change("ALTER SERVER ROLE twice DROP MEMBER adatum_web; DROP SERVER ROLE twice");
  });

  test.each([
    ["CREATE SERVER ROLE ADATUM_WEB", 15025],
    ["CREATE SERVER ROLE sysadmin", 15025],
    ["DROP SERVER ROLE securityadmin", 15150],
    ["ALTER SERVER ROLE [no such] ADD MEMBER adatum_web", 15151],
    ["ALTER SERVER ROLE sysadmin ADD MEMBER adatum_web", 40517],
    ["CREATE SERVER ROLE r1; ALTER SERVER ROLE r1 ADD MEMBER [no such]", 15151],
    ["CREATE SERVER ROLE r2; ALTER SERVER ROLE r2 DROP MEMBER [no such]", 15151],
    ["CREATE SERVER ROLE r3; ALTER SERVER ROLE r3 ADD MEMBER sa", 15405],
    ["CREATE SERVER ROLE r4; ALTER SERVER ROLE r4 ADD MEMBER r3", 40517],
    ["ALTER LOGIN [no such] DISABLE", 15151],
  ])("%s is refused with %i", async (text, number) => {
    expect(await refused(text)).toEqual([number]);
  });

  test("IS_SRVROLEMEMBER of another login: sa is sysadmin, the application is not, an unknown login is NULL", async () => {
    expect(await isMember("sysadmin", "sa")).toBe(1);
    expect(await isMember("sysadmin", "practice_dba")).toBe(1);
    expect(await isMember("sysadmin", "adatum_web")).toBe(0);
    expect(await isMember("public", "adatum_web")).toBe(1);
    expect(await isMember("dbcreator", "adatum_web")).toBe(0);
    expect(await isMember("sysadmin", "no such")).toBeNull();
    expect(await isMember("teapot", "adatum_web")).toBeNull();
  });
});

describe("a login from which rights to server roles are taken", () => {
  const estate = practiceEstate({ scenario: "healthy", clock: "manual" });

  test("makes none (15247), changes its own alone (15151), and disables no login (15151)", async () => {
    const take = (permission: string) =>
      estate().control({
        do: "fault",
        fault: { kind: "permissionTaken", server: "box", permission, on: true },
      });
    await withPool(estate(), "sqlServer", async (pool) => {
      const refused = (text: string) => refusalOf(pool.request().query(text));
      await pool.request().query("CREATE SERVER ROLE mine");
      estate().world.state.box.serverRoles = [
        ...estate().world.state.box.serverRoles,
        { name: "theirs", principalId: 2000, owner: "sa", members: [] },
      ];
      take("ALTER ANY SERVER ROLE");
      take("ALTER ANY LOGIN");
      expect(await refused("CREATE SERVER ROLE more")).toEqual([15247]);
      expect(await refused("ALTER SERVER ROLE theirs ADD MEMBER adatum_web")).toEqual([15151]);
      expect(await refused("DROP SERVER ROLE theirs")).toEqual([15151]);
      expect(await refused("ALTER SERVER ROLE mine ADD MEMBER adatum_web")).toEqual([]);
      expect(await refused("ALTER LOGIN adatum_web DISABLE")).toEqual([15151]);
      take("VIEW ANY DEFINITION");
      const names = await rowsOf(
        pool,
        "SELECT name FROM sys.server_principals WHERE type = 'R' AND is_fixed_role = 0 AND name <> 'public'",
      );
      expect(names).toEqual([{ name: "mine" }]);
      expect(await rowsOf(pool, "SELECT IS_SRVROLEMEMBER('mine', 'adatum_web') AS hidden")).toEqual(
        [{ hidden: null }],
      );
    });
  });
});
