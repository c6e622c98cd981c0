// The T-SQL files of a plan that leaves no link: split where Azure deletes it, and those that close an old copy and reopen it.
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../shared/plan/plan.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { everyWay } from "./every-way.ts";

const [first, after] = ["1-sql-server.sql", "3-sql-server-after.sql"];
const closing = ["4-close-old-copy.sql", "4-reopen-old-copy.sql"];
const around = [
  "1-sql-server.sql",
  "2-managed-instance.sql",
  "3-sql-server-after.sql",
  "3-managed-instance-after.sql",
];

describe("the T-SQL files of a plan that removes the link", () => {
  test.each([
    ["removed by DELETE", [...around, ...closing]],
    ["removed by DELETE, the group dropped", around],
    ["removed after FAILOVER", [...around, ...closing]],
    [
      "removed after FAILOVER back",
      [
        "1-managed-instance.sql",
        "2-sql-server.sql",
        "3-managed-instance-after.sql",
        "3-sql-server-after.sql",
        ...closing,
      ],
    ],
    ["kept", around.slice(0, 2)],
  ])("%s: are these", (way, names) => {
    expect([...filesOf(planOf(way)).keys()]).toEqual(names);
  });

  test("hold the drops behind the removal alone, each after a look at the old copy where it is not the link's own", () => {
    const files = filesOf(planOf("removed by DELETE, the group dropped"));
    expect(textOf(files, first)).not.toContain("DROP AVAILABILITY GROUP");
    const [dropLink, look, dropGroup, readOnly] = batchesOf(textOf(files, after)).slice(2);
    expect(dropLink).toContain("DROP AVAILABILITY GROUP [DAG_AdatumBooks]");
    expect(dropLink).toContain("THROW 50008");
    expect(look).toContain("Loss at risk");
    expect(look?.indexOf("THROW 50010")).toBeLessThan(look?.indexOf("sp_getapplock") ?? 0);
    for (const batch of [dropGroup, readOnly]) expect(batch).toContain("found unwritten, must be");
    expect(dropGroup).toContain("DROP AVAILABILITY GROUP [AG_AdatumBooks]");
    expect(readOnly).toContain("SET READ_ONLY WITH NO_WAIT");
  });

  test("say in every header, in the same words, how the link is deleted and what must hold before", () => {
    const byDelete = [...filesOf(planOf("removed by DELETE")).values()];
    for (const text of byDelete) {
      expect(text).toContain(
        "bash failover.sh remove-link, or .\\failover.ps1 -RemoveLink. It reads the gate on both servers directly before",
      );
    }
    const byFailover = [...filesOf(planOf("removed after FAILOVER")).values()];
    for (const text of byFailover) {
      expect(text).toContain("bash failover.sh remove-link TIME");
      expect(text).toContain("sends nothing before the first full backup since then");
    }
  });

  test("print the time that the removal asks for, where a backup counts from it", () => {
    const clock = "Roles read back at ";
    const files = (way: string) => [...filesOf(planOf(way)).values()].join("\n");
    expect(files("removed after FAILOVER")).toContain(clock);
    expect(files("kept")).not.toContain(clock);
    expect(files("removed after FAILOVER back")).not.toContain(clock);
  });

  test("prove the new primary writable behind the removal", () => {
    const files = filesOf(planOf("removed by DELETE"));
    expect(textOf(files, "3-managed-instance-after.sql")).toContain("N'READ_WRITE'");
  });
});

describe("the file that closes an old copy", () => {
  const files = filesOf(planOf("removed by DELETE"));
  const [close, reopen] = closing.map((name) => textOf(files, name));
  const role = "mi-link-closed-6f9619ff8b86d011b42d00c04fc964ff";

  test("checks its server, that the link is gone and that the copy is ONLINE before it disables anything", () => {
    const guards = close?.slice(0, close.indexOf("DISABLE;"));
    for (const number of [50001, 50002, 50005, 50009]) expect(guards).toContain(`THROW ${number}`);
  });

  test("leaves sysadmin, its own login, groups and what is disabled already alone", () => {
    expect(close).toContain("p.type IN (''S'', ''U'', ''E'') AND p.is_disabled = 0");
    expect(close).toContain("p.name <> ORIGINAL_LOGIN()");
    expect(close).toContain("ISNULL(IS_SRVROLEMEMBER(N''sysadmin'', p.name), 1) = 0");
    expect(close).toContain("JOIN [AdatumBooks].sys.database_principals");
  });

  test("remembers each login in a server role before it disables it", () => {
    expect(close).toContain(`CREATE SERVER ROLE [${role}]`);
    expect(close?.indexOf("ADD MEMBER")).toBeLessThan(close?.indexOf("DISABLE;") ?? 0);
    expect(close?.indexOf("BEGIN TRY")).toBeLessThan(close?.indexOf("CREATE SERVER ROLE") ?? 0);
  });

  test("is undone by the other one: only the members of that role are enabled, and the role goes", () => {
    expect(reopen).toContain(`WHERE r.name = N'${role}'`);
    expect(reopen?.indexOf("ENABLE;")).toBeLessThan(reopen?.indexOf("DROP MEMBER") ?? 0);
    expect(reopen).toContain(`DROP SERVER ROLE [${role}]`);
    expect(reopen).toContain("THROW 50002");
    expect(reopen).not.toContain("DISABLE;");
  });
});

function planOf(way: string): Plan {
  const found = everyWay.find(([name]) => name === way);
  if (found === undefined) throw new Error(`There is no way '${way}'.`);
  return found[1];
}

function filesOf(plan: Plan): ReadonlyMap<string, string> {
  return new Map(toTsqlScripts(plan, "test").map(({ fileName, text }) => [fileName, text]));
}

function textOf(files: ReadonlyMap<string, string>, name = ""): string {
  const text = files.get(name);
  if (text === undefined) throw new Error(`There is no ${name}.`);
  return text;
}

/** As sqlcmd and SSMS cut a file: GO alone on a line. */
function batchesOf(text: string): readonly string[] {
  return text.split(/^GO$/mu).slice(0, -1);
}
