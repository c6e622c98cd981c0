// The readiness assessment: what is said of each thing no link carries, what is never said, and in which groups.
import { describe, expect, test } from "vitest";
import { checkAll } from "../../../shared/checks/all.ts";
import { assess, findingsOf } from "../../../shared/readiness/assess.ts";
import { readinessToMarkdown } from "../../../shared/readiness/to-markdown.ts";
import type { AzureFact } from "../../../shared/estate/azure-fact.ts";
import { armLink, azureSeen, azureWith } from "../checks/sample-azure.ts";
import { hostileNames, unreachable } from "../estate/sample-estate.ts";
import {
  alike,
  app,
  database,
  names,
  readinessInput,
  saidBy,
  seen,
  user,
  when,
} from "./samples.ts";

const denied = { kind: "notAllowed", permission: "VIEW ANY DEFINITION" } as const;

describe("servers that have the same", () => {
  test("leave nothing to look at but what was not asked", () => {
    const { groups } = assess(readinessInput(), when);
    const open = findingsOf({ groups }).filter(({ level }) => level !== "passed");
    expect(open.map(({ check, level }) => [check, level])).toEqual([
      ["gate", "waits"],
      ["failoverMode", "unknown"],
      ["azureRights", "unknown"],
    ]);
  });

  test("are asked everything that a failover is asked", () => {
    const asked = new Set(findingsOf(assess(readinessInput(), when)).map(({ check }) => check));
    for (const { check } of checkAll(readinessInput())) expect(asked).toContain(check);
  });
});

describe("logins", () => {
  const says = (onInstance: Parameters<typeof saidBy>[1]) => saidBy("logins", onInstance);

  test("one that is missing is named, and so is one of that name with another SID", () => {
    expect(says({ onInstance: { logins: seen([]) } })).toEqual([
      `warning instance: ${names.instance} has no login app, which users of the databases stand on: they cannot log in there after the failover.`,
    ]);
    const other = { ...app, name: "APP", sid: "0x02" };
    expect(says({ onInstance: { logins: seen([other]) } })[0]).toMatch(
      /^warning instance: .* has the login app with another SID/u,
    );
  });

  test("several are named in one sentence", () => {
    const [one, other] = [app, { ...app, name: "web", sid: "0x02" }];
    const own = {
      logins: seen([one, other]),
      users: seen([user("app", one.sid), user("web", "0x02")]),
    };
    expect(says({ onBox: own, onInstance: { logins: seen([]) } })[0]).toContain(
      " has no logins app and web, which users of the databases stand on",
    );
  });

  test("one that no user of the databases stands on is nobody's business", () => {
    const extra = { ...app, name: "backup_agent", sid: "0x07" };
    expect(says({ onBox: { logins: seen([app, extra]) } })).toEqual([
      expect.stringMatching(/^passed instance: .* has the login that/u),
    ]);
  });

  test("one that is disabled only there is named; one that is disabled on both sides is not", () => {
    const disabled = { ...app, isDisabled: true };
    expect(says({ onInstance: { logins: seen([disabled]) } })[0]).toMatch(
      /^warning instance: Disabled on .* alone: the login app\./u,
    );
    const both = { logins: seen([disabled]) };
    expect(says({ onBox: both, onInstance: both })[0]).toMatch(/^passed/u);
  });

  test("a user whose login neither side has is told apart from one whose login stayed behind", () => {
    const users = seen([user("lost", "0x0F")]);
    expect(says({ onBox: { users } })).toEqual([
      "warning instance: No login on either side belongs to the user lost: nobody can use that now.",
    ]);
  });

  test("a Windows login is not said to be creatable on an instance", () => {
    const windows = { name: "ADATUM\\svc", type: "U", sid: "0x0105", isDisabled: false } as const;
    const own = { logins: seen([windows]), users: seen([user("ADATUM\\svc", "0x0105", "U")]) };
    expect(says({ onBox: own, onInstance: { logins: seen([]) } })).toEqual([
      expect.stringContaining(`${names.instance} cannot have the Windows login ADATUM\\svc`),
    ]);
    const back = { choices: { to: "box" }, onInstance: own, onBox: { logins: seen([]) } } as const;
    expect(says(back)[0]).toMatch(/^warning box: SQLBOX01 has no login ADATUM\\svc/u);
  });

  test("that may not be seen are unknown with the right by name, never missing", () => {
    expect(says({ onInstance: { logins: denied } })).toEqual([
      expect.stringMatching(/^unknown instance: .* has no VIEW ANY DEFINITION on/u),
    ]);
    expect(says({ onBox: { users: denied }, onInstance: { users: denied } })[0]).toMatch(
      /^unknown box: .* has no VIEW ANY DEFINITION on SQLBOX01/u,
    );
  });

  test("are compared by the users that the other side shows, where one side hides them", () => {
    expect(says({ onBox: { users: denied }, onInstance: { logins: seen([]) } })[0]).toMatch(
      /^warning instance: .* has no login app/u,
    );
  });
});

describe("jobs, linked servers and credentials", () => {
  test("a job counts only while a step of it runs in the link's databases", () => {
    const unused = seen([{ name: "Other", isEnabled: true, usesLink: false }]);
    expect(saidBy("jobs", { onBox: { jobs: unused }, onInstance: { jobs: seen([]) } })[0]).toMatch(
      /^passed instance: No job on SQLBOX01 has a step/u,
    );
    expect(saidBy("jobs", { onInstance: { jobs: seen([]) } })[0]).toMatch(
      /^warning instance: .* has no job Nightly/u,
    );
  });

  test.each(["linkedServers", "credentials"] as const)(
    "%s compare without case, and of those that are missing no use is claimed",
    (check) => {
      const [own, same] = [seen(["Erp01"]), seen(["ERP01"])];
      expect(saidBy(check, { onBox: { [check]: own }, onInstance: { [check]: same } })[0]).toMatch(
        /^passed/u,
      );
      expect(
        saidBy(check, { onBox: { [check]: own }, onInstance: { [check]: seen([]) } })[0],
      ).toMatch(/^warning instance: .* Erp01, .* Whether the databases use it was not read\.$/u);
    },
  );
});

describe("log, room and collation", () => {
  test.each([
    [79, "passed"],
    [80, "warning"],
  ])("%i %% of the log in use is %s", (activeMb, level) => {
    const logUse = seen([{ database, activeMb, totalMb: 100, reuseWait: "LOG_BACKUP" }]);
    expect(saidBy("logUse", { onBox: { logUse } })).toEqual([
      `${level} box: ${activeMb} % of the log of ${database} on SQLBOX01 is in use (100 MB in all); log_reuse_wait_desc is LOG_BACKUP.`,
    ]);
  });

  test("a log that is not told of is unknown", () => {
    const nothing = seen([{ database, activeMb: null, totalMb: null, reuseWait: "NOTHING" }]);
    for (const logUse of [nothing, seen([])]) {
      expect(saidBy("logUse", { onBox: { logUse } })[0]).toMatch(/^unknown box/u);
    }
  });

  test.each([
    [901, "warning"],
    [900, "passed"],
  ])("an instance that holds %i of its 1000 MB: %s", (usedMb, level) => {
    const space = seen({ kind: "reserved", reservedMb: 1000, usedMb } as const);
    expect(saidBy("space", { onInstance: { space } })[1]).toMatch(new RegExp(`^${level} instance`));
    const notTold = seen({ kind: "notTold" } as const);
    expect(saidBy("space", { onInstance: { space: notTold } })[1]).toMatch(/^unknown instance/u);
  });

  test("two collations are both named", () => {
    expect(saidBy("collation", { onInstance: { collation: seen("Thai_BIN2") } })[0]).toMatch(
      /^warning instance: .* Thai_BIN2, and SQLBOX01 has Latin1_General_CI_AS/u,
    );
  });
});

describe("rights in Azure", () => {
  test("are asked for all that a night may need, and each that is missing is named", () => {
    const says = (azure: AzureFact) => saidBy("azureRights", { estate: { azure } });
    expect(says(azureSeen(armLink))).toEqual([expect.stringMatching(/^passed instance: /u)]);
    const said = says(azureWith({ delete: false, failover: null }));
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(
      /^warning instance: .* has no Microsoft\.Sql\/managedInstances\/distributedAvailabilityGroups\/delete on the link/u,
    );
    expect(said[1]).toMatch(/^unknown instance: .*failover\/action on the link .* was not read/u);
    expect(says({ kind: "notAsked" })[0]).toMatch(/^unknown instance: Nobody is signed in/u);
  });
});

describe("the verdict", () => {
  const verdict = (own: Parameters<typeof readinessInput>[0]) =>
    assess(readinessInput(own), when).verdict;

  test("says first what stands in the way, and counts the rest", () => {
    const silent = verdict({ estate: { instance: unreachable("instance") } });
    expect(silent.kind).toBe("notReady");
    expect(silent.sentence).toMatch(/^Not ready: \d+ findings stand in the way of a failover\./u);
    expect(verdict({ onInstance: { logins: seen([]) } })).toEqual({
      kind: "look",
      sentence:
        "Nothing stands in the way of a failover. To look at: 1 warning, 2 answers that could not be had, 1 thing that a run waits for.",
    });
  });
});

test.each(hostileNames)("a hostile name marks up nothing and breaks no line: %s", (name) => {
  const job = seen([{ name, isEnabled: true, usesLink: true }]);
  const assessment = assess(
    readinessInput({ onBox: { jobs: job }, onInstance: { jobs: seen([]) } }),
    when,
  );
  const text = readinessToMarkdown(assessment, undefined);
  const line = text.split("\n").find((one) => one.includes("has no job"));
  expect(line).toMatch(/^\| .* \| Warning \| .* \| .* \|$/u);
  expect(text.split("\n")).toHaveLength(
    readinessToMarkdown(
      assess(readinessInput({ onInstance: { jobs: seen([]) } }), when),
      undefined,
    ).split("\n").length,
  );
});

test("a side that does not answer hides nothing of the other", () => {
  const said = saidBy("space", { estate: { box: unreachable("box") }, onBox: alike });
  expect(said[0]).toMatch(/^unknown box/u);
  expect(said[1]).toMatch(/^passed instance/u);
});
