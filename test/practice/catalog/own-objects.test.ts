// What a server has of its own, as its views show it, and to whom.
import { describe, expect, test } from "vitest";
import { unprepared } from "../../../practice/scenarios/unprepared.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { errorNumber, fixture } from "../server/server-parts.ts";

const asUnprepared = (): Scenario => unprepared;
const without = (...deniedPermissions: readonly string[]) => ({
  ...unprepared,
  box: { ...unprepared.box, deniedPermissions },
});
const names = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map((row) => row["name"]);

describe("logins of an unprepared instance", () => {
  const sids = (side: "box" | "instance") =>
    new Map(
      fixture(side, asUnprepared)
        .read("sys.server_principals")
        .map((row) => [row["name"], String(row["sid"])]),
    );

  test("one is missing, one has the name with another SID, one is the same", () => {
    const [box, instance] = [sids("box"), sids("instance")];
    expect([box.has("adatum_report"), instance.has("adatum_report")]).toEqual([true, false]);
    expect(instance.get("adatum_batch")).not.toBe(box.get("adatum_batch"));
    expect(instance.get("adatum_web")).toBe(box.get("adatum_web"));
  });
});

describe("Agent jobs", () => {
  test("tell the databases of their steps", () => {
    const { read } = fixture("box", asUnprepared);
    const jobs = read("dbo.sysjobs");
    const steps = read("dbo.sysjobsteps");
    expect(names(jobs)).toEqual(["Adatum nightly close", "Adatum statistics", "Cycle error log"]);
    const ofStatistics = steps.filter((row) => row["job_id"] === jobs[1]?.["job_id"]);
    expect(ofStatistics.map((row) => [row["step_id"], row["database_name"]])).toEqual([
      [1, "Adatum"],
      [2, "Adatum"],
    ]);
  });

  test("are refused without SELECT in msdb", () => {
    const { read } = fixture("box", () => without("SELECT msdb"));
    expect(errorNumber(() => read("dbo.sysjobs"))).toBe(229);
    expect(errorNumber(() => read("dbo.sysjobsteps"))).toBe(229);
  });
});

describe("linked servers", () => {
  const hidden = (...denied: readonly string[]) => {
    const scenario = without(...denied);
    const { surroundings } = scenario.box;
    const [server] = surroundings?.objects?.linkedServers ?? [];
    if (surroundings?.objects === undefined || server === undefined) throw new Error("none");
    const linkedServers = [{ ...server, hasDefaultMapping: false }];
    const objects = { ...surroundings.objects, linkedServers };
    return { ...scenario, box: { ...scenario.box, surroundings: { ...surroundings, objects } } };
  };

  test("stand beside the server itself, for every login by their default mapping", () => {
    const { read } = fixture("box", () => without("ALTER ANY LINKED SERVER", "ALTER ANY LOGIN"));
    expect(read("sys.servers").map((row) => [row["name"], row["is_linked"]])).toEqual([
      ["SQLBOX01", false],
      ["ERP01", true],
    ]);
  });

  test.each([
    ["with either right", ["ALTER ANY LOGIN"], ["SQLBOX01", "ERP01"]],
    ["without both", ["ALTER ANY LINKED SERVER", "ALTER ANY LOGIN"], ["SQLBOX01"]],
  ])("without that mapping show %s", (_, denied, seen) => {
    expect(names(fixture("box", () => hidden(...denied)).read("sys.servers"))).toEqual(seen);
  });
});

describe("room", () => {
  test("SQL Server shows the volume of a file that is there, and none of one that is not", () => {
    const { read } = fixture("box", asUnprepared);
    expect(read("sys.dm_os_volume_stats", [5, 1])).toMatchObject([
      { volume_mount_point: "C:\\", total_bytes: 536_870_912_000, available_bytes: 21_474_836_480 },
    ]);
    expect(read("sys.dm_os_volume_stats", [5, 9])).toEqual([]);
    expect(read("sys.dm_os_volume_stats", [77, 1])).toEqual([]);
  });

  test("the instance shows what it may hold and what it holds; SQL Server has no such view", () => {
    const { read } = fixture("instance", asUnprepared);
    const [newest, before] = read("sys.server_resource_stats");
    expect(newest).toMatchObject({ reserved_storage_mb: 262_144 });
    expect(Number(newest?.["storage_space_used_mb"])).toBeGreaterThan(1000);
    expect(String(newest?.["end_time"]) > String(before?.["end_time"])).toBe(true);
    expect(() => fixture("box").read("sys.server_resource_stats")).toThrow("no table");
  });

  test("is refused without VIEW SERVER PERFORMANCE STATE", () => {
    const { read } = fixture("box", () => without("VIEW SERVER PERFORMANCE STATE"));
    expect(errorNumber(() => read("sys.dm_os_volume_stats", [5, 1]))).toBe(300);
  });
});

test("credentials of the beginning show without VIEW ANY DEFINITION as none", () => {
  expect(names(fixture("box", asUnprepared).read("sys.credentials"))).toEqual([
    "Adatum file share",
  ]);
  const blind = fixture("box", () => without("VIEW ANY DEFINITION"));
  expect(blind.read("sys.credentials")).toEqual([]);
});
