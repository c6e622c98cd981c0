// The files that close an old copy and open it again, run by FreeTDS after a removal: what the application can still write.
import { describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { truth } from "../../../practice/world/truth.ts";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import type { TsqlFile } from "../../../shared/script/to-tsql.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { changesOf } from "../../practice/arm/plain-client.ts";
import { freeTds, practiceEstate } from "../../practice/server/practice-estate.ts";
import { removing } from "../../scenarios/linked-estate.ts";
import { hostileLink } from "./hostile-link.ts";
import { changes, practicePlan } from "./practice-plan.ts";
import { runTsqlFileNamed } from "./run-tsql-file.ts";

const [close, reopen] = ["4-close-old-copy.sql", "4-reopen-old-copy.sql"];
const role = "mi-link-closed-";
/** Disabled by somebody before; the other logins of the database are adatum_web and adatum_report. */
const disabledBefore = ["adatum_batch"];
const closed = ["adatum_batch", "adatum_report", "adatum_web"];

const on2019 = linkOf({ name: "on-2019", summary: "", build: "2019 CU20" });

describe.each([
  ["on SQL Server 2019", on2019],
  ["against names that need every kind of quoting", hostileLink(on2019)],
])("the files that close an old copy and open it again, run by FreeTDS %s", (_, scenario) => {
  const estate = practiceEstate({ scenario, clock: { speed: 50 }, routing: "off" });
  let files: readonly TsqlFile[] = [];
  const run = (name: string) => runTsqlFileNamed(estate(), files, name);

  test("refuse while the link is there, and disable nothing", async () => {
    await onBox(estate(), "ALTER LOGIN [adatum_batch] DISABLE");
    files = await filesOf(estate());
    expect((await run(close)).errors).toEqual([50005]);
    expect(box(estate()).disabledLogins).toEqual(disabledBefore);
  });

  test("leave the old copy to the application until it is closed: it goes on writing there", async () => {
    estate().control({ do: "workload", running: false });
    for (const name of ["2-managed-instance.sql", "1-sql-server.sql"]) {
      expect((await run(name)).errors).toEqual([]);
    }
    const { name: link } = estate().world.state.link;
    await changesOf(estate(), await tokenFor(estate(), dana), link).remove();
    estate().world.advance(60_000);
    for (const name of ["3-managed-instance-after.sql", "3-sql-server-after.sql"]) {
      expect((await run(name)).errors).toEqual([]);
    }
    expect(box(estate())).toMatchObject({ linkDropped: true, updateability: "READ_WRITE" });
    estate().control({ do: "workload", running: true });
    expect(rowsWrittenIn(estate(), 10_000)).toBeGreaterThan(0);
  });

  test("disable nothing that could not be remembered: the first refusal ends it", async () => {
    takeRight(estate(), "CREATE SERVER ROLE", true);
    expect((await run(close)).errors).toEqual([15247]);
    takeRight(estate(), "CREATE SERVER ROLE", false);
    expect(box(estate()).disabledLogins).toEqual(disabledBefore);
  });

  test("keep the application from writing as soon as its open sessions have ended", async () => {
    const { errors, messages, rows } = await run(close);
    expect(errors).toEqual([]);
    expect(messages.match(/Disabled: \w+/gu)).toEqual([
      "Disabled: adatum_report",
      "Disabled: adatum_web",
    ]);
    expect(box(estate()).disabledLogins).toEqual(closed);
    expect(rowsWrittenIn(estate(), 10_000)).toBeGreaterThan(0);

    const sessions = [...rows.matchAll(/(\d+)\|adatum_web\|/gu)].map(([, id = ""]) => id);
    expect(sessions).toHaveLength(2);
    await onBox(estate(), sessions.map((id) => `KILL ${id}`).join("\n"));
    expect(rowsWrittenIn(estate(), 60_000)).toBe(0);
    estate().control({ do: "workload", running: false });
    estate().control({ do: "workload", running: true });
    expect(rowsWrittenIn(estate(), 60_000)).toBe(0);
    expect(estate().world.state.box.sessions.filter((one) => one.isUserProcess)).toEqual([]);
  });

  test("change nothing when they close it a second time", async () => {
    const before = changes(estate());
    const again = await run(close);
    expect(again.errors).toEqual([]);
    expect(again.messages).not.toContain("Disabled: ");
    expect(changes(estate())).toEqual(before);
  });

  test("still know whom to enable after a refusal, and end there", async () => {
    takeRight(estate(), "ALTER ANY LOGIN", true);
    expect((await run(reopen)).errors).toEqual([15151]);
    takeRight(estate(), "ALTER ANY LOGIN", false);
    expect(box(estate()).disabledLogins).toEqual(closed);
    expect(memory(estate())).toEqual([["adatum_report", "adatum_web"]]);
  });

  test("enable exactly those logins again, drop the role, and the application writes", async () => {
    const { errors, messages } = await run(reopen);
    expect(errors).toEqual([]);
    expect(messages.match(/Enabled: \w+/gu)).toEqual([
      "Enabled: adatum_report",
      "Enabled: adatum_web",
    ]);
    expect(box(estate()).disabledLogins).toEqual(disabledBefore);
    expect(memory(estate())).toEqual([]);
    const { stdout } = await onBox(estate(), `SELECT name FROM sys.server_principals`);
    expect(stdout).toContain("adatum_web");
    expect(stdout).not.toContain(role);
    expect(rowsWrittenIn(estate(), 10_000)).toBeGreaterThan(0);

    const before = changes(estate());
    expect((await run(reopen)).errors).toEqual([]);
    expect(changes(estate())).toEqual(before);
  });
});

async function filesOf(estate: PracticeEstate): Promise<readonly TsqlFile[]> {
  const gate = { ...defaultGateSettings, stableSeconds: 1, leastReadings: 2 };
  const token = await tokenFor(estate, dana);
  return toTsqlScripts(await practicePlan(estate, { gate, ...removing() }, token), "test");
}

function onBox(estate: PracticeEstate, text: string) {
  return freeTds(estate, "sqlServer", text);
}

function box(estate: PracticeEstate) {
  return truth(estate.world.state).box;
}

function takeRight(estate: PracticeEstate, permission: string, on: boolean): void {
  const fault = { kind: "permissionTaken", server: "box", permission, on };
  expect(estate.control({ do: "fault", fault })).toMatchObject({ ok: true });
}

/** The members of every server role that somebody made. */
function memory(estate: PracticeEstate): readonly (readonly string[])[] {
  return estate.world.state.box.serverRoles.map(({ members }) => members);
}

/** Rows that the application commits on SQL Server while the world goes on for that long. */
function rowsWrittenIn(estate: PracticeEstate, ms: number): number {
  const before = box(estate).rows.count;
  estate.world.advance(ms);
  return box(estate).rows.count - before;
}
