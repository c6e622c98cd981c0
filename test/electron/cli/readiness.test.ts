// readiness, typed on the command line: what is found and exported, what becomes of it once it was mended, and a right that is missing.
import { mkdtempSync, readFileSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { Typed } from "../../fakes/command-line.ts";
import { towards, type } from "../../fakes/command-line.ts";
import { freeTds, practiceEstate } from "../../practice/server/practice-estate.ts";

vi.setConfig({ testTimeout: 60_000 });
// FreeTDS 1.3 does not follow a redirect.
const estate = practiceEstate({ scenario: "unprepared", clock: { speed: 4 }, routing: "off" });
const folder = mkdtempSync(join(tmpdir(), "mi-link-readiness-"));
const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";

function typed(...words: readonly string[]): Promise<Typed> {
  const { options, environment } = towards(estate());
  return type([...words, ...options], { environment });
}

/** One line of the answer for each finding of that check's sentence. */
const lineWith = ({ out }: Typed, part: string) =>
  out.split("\n").find((line) => line.includes(part));

const changes = () => truth(estate().world.state).changes.map(({ text, count }) => [text, count]);

describe("an unprepared instance", () => {
  let answer: Typed;
  beforeAll(async () => {
    answer = await typed("readiness", "--export", folder);
  });

  test("does not stand in the way of a failover, which is said first, and nothing is changed", () => {
    expect(answer.code, answer.err).toBe(0);
    expect(answer.out).toMatch(
      /^Nothing stands in the way of a failover\. To look at: 7 warnings, /u,
    );
    expect(changes()).toEqual([]);
  });

  test.each([
    `${instance} has no login adatum_report, which users`,
    `${instance} has the login adatum_batch with another SID`,
    `${instance} has no job Adatum nightly close`,
    `Disabled on ${instance}: the job Adatum statistics.`,
    `${instance} has no linked server ERP01, which SQLBOX01 has.`,
    `${instance} has no credential Adatum file share, which SQLBOX01 has.`,
    "20.0 GB of 500.0 GB are free on C:\\ of SQLBOX01 (4 %).",
  ])("is warned of by name: %s", (sentence) => {
    expect(lineWith(answer, sentence)).toMatch(/^Warning {2}/u);
  });

  test("is told in groups, with what is well beside it", () => {
    const titles = answer.out.split("\n").filter((_, index, all) => all[index - 1] === "");
    expect(titles.slice(0, 7)).toEqual([
      "Link and roles",
      "Ready to fail over",
      "Versions, encryption and collation",
      "Rights",
      "Backups and certificates",
      "Log and disk space",
      "What the link does not carry",
    ]);
    expect(lineWith(answer, "of the log of Adatum on SQLBOX01 is in use")).toMatch(/^Ready/u);
    expect(lineWith(answer, "Both servers have the collation")).toMatch(/^Ready/u);
    expect(lineWith(answer, "rights on the link there were not read")).toMatch(/^Unknown/u);
  });

  test("is exported as Markdown and a script for its owner's eyes alone", () => {
    expect(readdirSync(folder).sort()).toEqual(["logins-managed-instance.sql", "readiness.md"]);
    expect(statSync(join(folder, "readiness.md")).mode & 0o777).toBe(0o600);
    const report = readFileSync(join(folder, "readiness.md"), "utf8");
    expect(report).toMatch(/^# PRACTICE: readiness of LINK\\_Adatum\n\nNothing stands in the way/u);
    expect(report).toContain(`| ${instance} | Warning | ${instance} has no login adatum\\_report,`);
    expect(report).toContain("logins-managed-instance.sql creates the missing logins");
  });
});

describe("the script of the missing logins, run by FreeTDS", () => {
  const script = () => readFileSync(join(folder, "logins-managed-instance.sql"), "utf8");
  const run = async (text: string) => {
    const { stderr } = await freeTds(estate(), "managedInstance", text);
    return [...stderr.matchAll(/^Msg (\d+)/gmu)].map(([, number]) => Number(number));
  };
  const withPassword = () => script().replaceAll("N'<type the password>';", "N'It''s 1 Secret!';");

  test("does nothing before a password is typed, and holds none", async () => {
    expect(script()).not.toMatch(/HASHED|password_hash/iu);
    expect(await run(script())).toEqual([50009, 50009]);
    expect(changes()).toEqual([]);
  });

  test("creates what is missing with the SID of the users, and refuses the login that is there with another one", async () => {
    expect(await run(withPassword())).toEqual([50009]);
    expect(changes()).toEqual([["CREATE LOGIN [adatum_report]", 1]]);
    const again = await typed("readiness");
    expect(lineWith(again, "adatum_report")).toBeUndefined();
    expect(lineWith(again, "adatum_batch with another SID")).toMatch(/^Warning/u);
  });

  test("creates that one too once it was dropped, and refuses to do anything twice", async () => {
    await run("DROP LOGIN [adatum_batch];");
    expect(await run(withPassword())).toEqual([50009]);
    expect(await run(withPassword())).toEqual([50009, 50009]);
    const again = await typed("readiness", "--json");
    const { groups, loginScript } = JSON.parse(again.out) as {
      readonly groups: readonly {
        readonly findings: readonly {
          readonly check: string;
          readonly level: string;
          readonly summary: string;
        }[];
      }[];
      readonly loginScript: unknown;
    };
    const logins = groups
      .flatMap(({ findings }) => findings)
      .filter(({ check }) => check === "logins");
    expect(logins.map(({ level, summary }) => [level, summary])).toEqual([
      [
        "passed",
        `${instance} has all 3 logins that the databases' users stand on, with the same SID.`,
      ],
    ]);
    expect(loginScript).toBeNull();
  });

  test("leaves no password in what the servers wrote down of it", () => {
    expect(JSON.stringify(estate().world.state.statements).includes("1 Secret!")).toBe(false);
  });
});

describe("a right that is missing", () => {
  const without = async (permission: string, work: () => Promise<void>) => {
    const server = estate().world.state.box;
    server.deniedPermissions = [permission];
    try {
      await work();
    } finally {
      server.deniedPermissions = [];
    }
  };

  test.each([
    [
      "SELECT msdb",
      "practice_dba has no SELECT on msdb.dbo.sysjobs and msdb.dbo.sysjobsteps on SQLBOX01.",
    ],
    ["ALTER ANY LOGIN", undefined],
  ] as const)("%s leaves what it hides unknown, and nothing else", async (permission, sentence) => {
    await without(permission, async () => {
      const answer = await typed("readiness");
      if (sentence === undefined) expect(answer.out).not.toContain("ALTER ANY LINKED SERVER");
      else expect(lineWith(answer, sentence)).toMatch(/^Unknown/u);
      expect(lineWith(answer, "has no linked server ERP01")).toMatch(/^Warning/u);
    });
  });

  test("without both rights to see linked servers none is said to be missing", async () => {
    const server = estate().world.state.box;
    server.deniedPermissions = ["ALTER ANY LOGIN", "ALTER ANY LINKED SERVER"];
    const answer = await typed("readiness");
    server.deniedPermissions = [];
    expect(lineWith(answer, "practice_dba has no ALTER ANY LINKED SERVER on SQLBOX01.")).toMatch(
      /^Unknown/u,
    );
    expect(answer.out).not.toContain("ERP01");
  });

  test("that a failover needs stands in its way: exit code 3", async () => {
    await without("ALTER ANY AVAILABILITY GROUP", async () => {
      const answer = await typed("readiness");
      expect(answer.code).toBe(3);
      expect(answer.out).toMatch(/^Not ready: 1 finding stands in the way of a failover\./u);
      expect(lineWith(answer, "practice_dba has no ALTER ANY AVAILABILITY GROUP")).toMatch(
        /^Failed/u,
      );
    });
  });
});

test("wrong words are refused before anything is connected to", async () => {
  expect((await typed("readiness", "--force", "--to", "instance")).code).toBe(2);
  expect((await typed("check", "--export", folder)).err).toBe(
    "--export goes with readiness alone.",
  );
});

test("the way back is asked for by --to, and says that SQL Server is primary already", async () => {
  const answer = await typed("readiness", "--to", "box");
  expect(answer.code).toBe(3);
  expect(lineWith(answer, "SQLBOX01 has no")).toBeUndefined();
});
