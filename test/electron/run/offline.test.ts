// Databases brought back offline from end to end over real TDS, with the link and without. The world is asked, not the application.
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { OfflineFailBackChoices } from "../../../shared/choices/choices.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { OfflineRun } from "../../fakes/offline-run.ts";
import { createCredentials, offlineRun } from "../../fakes/offline-run.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";
import { removeLink } from "../../practice/server/link-removed.ts";

vi.setConfig({ testTimeout: 120_000 });

const open: { readonly run: OfflineRun; readonly estate: PracticeEstate }[] = [];
afterEach(async () => {
  for (const { run, estate } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

interface Around {
  readonly scenario?: Scenario;
  readonly settings?: Partial<Scenario["settings"]>;
  readonly choices?: Partial<OfflineFailBackChoices>;
  readonly credentials?: readonly ("box" | "instance")[];
  /** What has become of the link. */
  readonly link?: "healthy" | "cut" | "gone";
}

/** No row of an availability group tells the log's position then, and log_end_lsn moves with every backup. */
const withoutLink = { database: "Adatum", writersStopped: "Logins disabled" };

/** The instance is primary, and its workload has stopped. */
async function estateWith({ scenario, settings, choices, credentials, link = "cut" }: Around = {}) {
  const estate = await startTimedEstate({
    scenario: scenario ?? linkOf({ name: "back", summary: "", primary: "instance" }),
    ...(settings === undefined ? {} : { settings }),
  });
  const fault = (one: object) => estate.control({ do: "fault", fault: one });
  estate.world.setWorkload(false);
  if (link === "cut") fault({ kind: "linkDisconnected", on: true });
  estate.world.advance(60_000);
  if (link === "gone") await removeLink(estate);
  await createCredentials(estate, credentials);
  const asked = link === "gone" ? { ...withoutLink, ...choices } : choices;
  const run = await offlineRun(estate, estate.clock, asked);
  open.push({ run, estate });
  const told = () => truth(estate.world.state);
  const started = async (onEvent?: (event: RunEvent) => void) => {
    const answer = await run.start(await run.plan(), onEvent);
    if (answer.kind !== "ended") throw new Error(answer.problem.summary);
    return answer.end;
  };
  const blocked = async () => {
    const { findings, approved } = await run.plan();
    expect(approved).toBeUndefined();
    return findings.filter(({ blocks }) => blocks).map(({ check, where }) => `${check} ${where}`);
  };
  return { estate, run, fault, told, started, blocked };
}

describe("nobody writes", () => {
  test.each(["healthy", "cut", "gone"] as const)(
    "with the link %s every row is in the restored database, and both copies stay",
    async (link) => {
      const { started, told, run } = await estateWith({ link });
      const { approved } = await run.plan();
      const before = told();
      const end = await started();
      expect(end.outcome, end.summary).toBe("succeeded");
      const { instance, restored, gone, changes } = told();
      expect(restored).toEqual([
        { server: "box", name: "Adatum_failback", rows: instance.rows.count },
      ]);
      expect(instance.rows).toEqual(before.instance.rows);
      expect(instance.rows.hasEveryAcknowledged).toBe(true);
      expect(gone.lost).toEqual([]);
      expect(told().instance).toMatchObject({
        updateability: "READ_WRITE",
        backups: { copyOnly: link === "gone" ? 2 : 1 },
      });
      expect(told().primaries).toEqual(before.primaries);
      expect(changes.filter(({ text }) => text.startsWith("RESTORE DATABASE"))).toHaveLength(1);
      expect(approved?.plan.steps.map(({ action }) => action.kind)).toEqual([
        ...(link === "healthy" ? ["waitForGate"] : []),
        ...["waitForNoWriters", "saveCopy", "saveCopy"],
        ...["restoreCopy", "checkMigration", "verifyRestored"],
      ]);
    },
  );

  test("where a backup commits for itself, only a typed reason lets the second one count", async () => {
    const settings = { backupCommits: "yes" } as const;
    const silent = await estateWith({ settings });
    expect(await silent.started()).toMatchObject({ outcome: "failed" });
    expect(silent.told().restored).toEqual([]);
    const typed = await estateWith({ settings, choices: { writersStopped: "Logins disabled" } });
    expect(await typed.started()).toMatchObject({ outcome: "succeeded" });
    expect(typed.told()).toMatchObject({
      restored: [{ rows: typed.told().instance.rows.count }],
      instance: { backups: { copyOnly: 2 } },
    });
  });
});

describe("somebody writes", () => {
  test("once while the backup runs: it is saved once more, and that one is restored", async () => {
    const { started, told, fault } = await estateWith();
    fault({ kind: "commitDuringBackup", server: "instance", times: "once" });
    const end = await started();
    expect(end.outcome, end.summary).toBe("succeeded");
    const { instance, restored } = told();
    expect(instance.backups.copyOnly).toBe(2);
    expect(restored).toEqual([
      { server: "box", name: "Adatum_failback", rows: instance.rows.count },
    ]);
  });

  test("between backup and restore: nothing is restored", async () => {
    const { started, told, fault } = await estateWith();
    fault({ kind: "commitAfterBackup", server: "instance", times: "each", afterMs: 0 });
    const end = await started();
    expect(end).toMatchObject({ outcome: "failed" });
    expect(end.summary).toMatch(/moved|writes/u);
    expect(told().restored).toEqual([]);
  });

  test("while the restore runs: the run fails, and says that the restored copy is stale", async () => {
    const { started, told, estate, fault } = await estateWith();
    const end = await started((event) => {
      if (event.kind !== "stepBegan" || !event.stepId.endsWith("restore-copy")) return;
      fault({ kind: "userCommits", server: "instance", rows: 1 });
    });
    expect(end).toMatchObject({ outcome: "failed" });
    expect(end.summary).toContain("Adatum_failback on SQLBOX01 must not be used");
    const [copy] = told().restored;
    expect(copy?.rows).toBe(told().instance.rows.count - 1);
    expect(estate.world.state.box.restored).toHaveLength(1);
  });

  test("after the restore, before the last step: the run fails as well", async () => {
    const { started, fault } = await estateWith();
    const end = await started((event) => {
      if (event.kind !== "stepBegan" || !event.stepId.endsWith("check-migration")) return;
      fault({ kind: "userCommits", server: "instance", rows: 1 });
    });
    expect(end).toMatchObject({ outcome: "failed" });
    expect(end.summary).toContain("must not be used");
  });
});

describe("refused before anything starts", () => {
  const back = () => linkOf({ name: "back", summary: "", primary: "instance" });
  const forth = (more: Partial<Parameters<typeof linkOf>[0]> = {}) =>
    linkOf({ name: "forth", summary: "", ...more });
  const encrypted = (how: Scenario["engine"]["instanceEncryption"]): Scenario => ({
    ...back(),
    engine: { ...back().engine, instanceEncryption: how },
  });

  test.each([
    ["no credential on the instance", { credentials: ["box"] }, ["credential instance"]],
    ["no credential on SQL Server", { credentials: ["instance"] }, ["credential box"]],
    ["a key of the service", { scenario: encrypted("serviceManaged") }, ["encryption instance"]],
    [
      "a key of one's own that SQL Server has not",
      { scenario: encrypted("customerManagedElsewhere") },
      ["encryption box"],
    ],
    [
      "another update policy",
      { scenario: forth({ policy: "AlwaysUpToDate" }), link: "gone" },
      ["updatePolicy box"],
    ],
    [
      "SQL Server 2019",
      { scenario: forth({ build: "2019 CU20" }), link: "gone" },
      ["updatePolicy box"],
    ],
    [
      "no link, and nobody says why nobody can write",
      { link: "gone", choices: { writersStopped: null } },
      ["position instance"],
    ],
    [
      "the old name without asking for it",
      { choices: { restoreAs: "adatum" } },
      ["restoreName box"],
    ],
  ] as const)("%s", async (_name, around, checks) => {
    const { blocked, told } = await estateWith(around);
    expect(await blocked()).toEqual(checks);
    expect(told().instance.backups.copyOnly).toBe(0);
  });

  test("nothing, where SQL Server has the instance's own key: its thumbprint is found, and the copy is restored", async () => {
    const { run, started, told } = await estateWith({ scenario: encrypted("customerManaged") });
    const { findings } = await run.plan();
    expect(findings.find(({ check }) => check === "encryption")).toMatchObject({
      level: "passed",
      where: "box",
      summary: expect.stringMatching(
        /SQLBOX01 has that key \(thumbprint 0x[0-9A-F]{40}\)/u,
      ) as string,
    });
    const end = await started();
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(told().restored).toMatchObject([{ name: "Adatum_failback" }]);
  });

  test("the name is taken, by a copy that was restored before", async () => {
    const { started, blocked } = await estateWith();
    const end = await started();
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(await blocked()).toEqual(["restoreName box", "files box", "files box"]);
  });

  test("a right is missing on either side", async () => {
    const { blocked, fault } = await estateWith();
    for (const [server, permission] of [
      ["box", "CREATE ANY DATABASE"],
      ["instance", "BACKUP DATABASE Adatum"],
    ]) {
      fault({ kind: "permissionTaken", server, permission, on: true });
    }
    expect(await blocked()).toEqual(["rights instance", "rights box"]);
  });

  test("SQL Server is primary: nothing has to be brought back", async () => {
    const { blocked } = await estateWith({
      scenario: forth(),
      link: "healthy",
    });
    expect(await blocked()).toContain("source instance");
  });
});

test("over the old name: shown first, typed, and only once the old copy was moved aside by hand", async () => {
  const old = { overOldName: { typed: null } };
  const { run, estate } = await estateWith({ choices: old, link: "gone" });
  const shown = await run.plan();
  const name = shown.findings.find(({ check }) => check === "restoreName");
  expect(name).toMatchObject({ blocks: true, remedy: "Type it: Adatum." });
  expect(name?.summary).toMatch(/AG_Adatum; last write .*, last backup /u);
  const typed = await offlineRun(estate, estate.clock, {
    database: "Adatum",
    overOldName: { typed: "Adatum" },
  });
  const taken = await typed.plan();
  expect(taken.findings.find(({ check }) => check === "restoreName")?.remedy).toContain(
    "ALTER AVAILABILITY GROUP [AG_Adatum] REMOVE DATABASE [Adatum]",
  );
  await typed.close();
});
