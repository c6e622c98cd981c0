// What the report says after a migration to the instance: what was read there, and what nothing brings along.
import { describe, expect, test } from "vitest";
import { finishedRun } from "../../scenarios/finished-run.ts";
import { on2019, planOf, reportOf, stoppedEnd, understood, until } from "./removal-runs.ts";

const deleted = planOf(on2019, { removal: understood });
const instance = deleted.instance.serverName;

describe("after the migration", () => {
  test("tells level, logins with how to make them, statistics, rows and what does not come along", () => {
    const items = reportOf(...finishedRun(deleted, [])).afterMigration ?? [];
    expect(items.map(({ code }) => code)).toEqual([
      "ALTER DATABASE [AdatumBooks] SET COMPATIBILITY_LEVEL = 170;",
      "CREATE LOGIN [adatum_report] WITH PASSWORD = /* your own */, SID = 0x6E5F0B1C2D3A4956A7B8C9D0E1F20314;",
      "EXEC [AdatumBooks].sys.sp_updatestats;",
      undefined,
      undefined,
    ]);
    expect(items[0]?.sentence).toContain("has compatibility level 150 until you raise it");
    expect(items[1]?.sentence).toBe(
      `adatum_report of AdatumBooks has no login on ${instance} and cannot connect.`,
    );
  });

  test("never says that nobody lacks a login where the users were not read", () => {
    const users = { kind: "unreadable", because: "not allowed." } as const;
    const events = finishedRun(deleted, []).map((event) =>
      event.kind === "stepEnded" && event.migration !== undefined
        ? {
            ...event,
            migration: {
              newestLevel: null,
              databases: [{ name: "AdatumBooks", compatibilityLevel: null, users }],
            },
          }
        : event,
    );
    const said = (reportOf(...events).afterMigration ?? []).map(({ sentence }) => sentence);
    expect(said.slice(0, 2)).toEqual([
      `The compatibility level of AdatumBooks on ${instance} was not told.`,
      `Which users of AdatumBooks have no login on ${instance} is not known: not allowed.`,
    ]);
    expect(said.join()).not.toContain("Every user");
  });

  test("is no part of a run that did not come to it", () => {
    expect(reportOf(...until(deleted, "waitForGate", stoppedEnd)).afterMigration).toBeUndefined();
  });
});
