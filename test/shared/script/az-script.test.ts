// The az script, run as it stands under bash against a practice estate: the same end as a run, and no DELETE where it refuses.
import { describe, expect, test, vi } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { writerNeverStops } from "../../../practice/scenarios/writer-never-stops.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Choices } from "../../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../../shared/choices/choices.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { removing } from "../../scenarios/linked-estate.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { hostileLink } from "./hostile-link.ts";
import { changes, practicePlan } from "./practice-plan.ts";
import { runAzScript } from "./run-az-script.ts";
import { runTsqlFileNamed } from "./run-tsql-file.ts";

// Dozens of programs are started one after the other.
vi.setConfig({ testTimeout: 120_000 });

const speed = 50;
const gate = { ...defaultGateSettings, stableSeconds: 1, leastReadings: 2, giveUpSeconds: 2 };
const on2019 = linkOf({ name: "on-2019", summary: "", build: "2019 CU20" });

describe("the az script of a removal on SQL Server 2019", () => {
  const estate = estateOf(on2019);

  test("deletes the link while the gate holds, drops what is left, and proves both sides", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), removing());
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).toContain(
      "== 7-verify-removed: Verify that the link is gone on both sides",
    );
    expect(world(estate())).toMatchObject(removedBy2019);
    expect(requests(estate())).toEqual(["PATCH replicationMode Sync", "DELETE"]);
  });
});

describe("the T-SQL files of a removal on SQL Server 2019, run by FreeTDS, with the az script for the removal alone", () => {
  const estate = estateOf(on2019);

  test("reach the same world", async () => {
    stopWorkload(estate());
    const { plan, token } = await planned(estate(), removing());
    const files = toTsqlScripts(plan, "test");
    expect(await runFile(estate(), files, "2-managed-instance.sql")).toEqual([]);
    expect(await runFile(estate(), files, "1-sql-server.sql")).toEqual([]);
    // Nothing is dropped while the other side answers.
    expect(await runFile(estate(), files, "3-sql-server-after.sql")).toEqual([50008, 50020]);

    const { text } = toAzScript(plan, "test");
    const ended = await runAzScript(estate(), { text, token, args: ["remove-link"] });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).not.toContain("1-set-commit-mode");

    estate().world.advance(60_000);
    expect(await runFile(estate(), files, "3-managed-instance-after.sql")).toEqual([]);
    expect(await runFile(estate(), files, "3-sql-server-after.sql")).toEqual([]);
    expect(world(estate())).toMatchObject(removedBy2019);
  });
});

const removedBy2019 = {
  box: { linkDropped: true, localGroupDropped: false, updateability: "READ_WRITE" },
  instance: {
    linkDropped: true,
    updateability: "READ_WRITE",
    rows: { hasEveryAcknowledged: true },
  },
};

describe("the az script of a removal on SQL Server 2022 CU12, the group dropped", () => {
  const estate = estateOf("sql2022-cu12");

  test("leaves an old copy that cannot be written", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), removing({ dropGroup: true }));
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(world(estate())).toMatchObject({
      box: { linkDropped: true, localGroupDropped: true, updateability: "READ_ONLY" },
      instance: { updateability: "READ_WRITE", rows: { hasEveryAcknowledged: true } },
    });
  });
});

describe("the az script of a failover that removes the link afterwards", () => {
  const estate = estateOf("healthy");

  test("waits for the first full backup, then deletes", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), removing());
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).toContain("no full backup of Adatum since the failover is seen in msdb.");
    expect(world(estate())).toMatchObject({
      box: { linkDropped: true },
      instance: {
        linkDropped: true,
        updateability: "READ_WRITE",
        backups: { full: 1 },
        rows: { hasEveryAcknowledged: true },
      },
      failovers: [{ to: "instance", outcome: "done" }],
    });
    expect(requests(estate())).toEqual(["DELETE"]);
  });
});

describe("the az script of a failover to SQL Server by Azure", () => {
  const estate = estateOf("instance-primary");

  test("asks Azure, and where a right is missing there the instance itself", async () => {
    stopWorkload(estate());
    const { upn } = dana;
    estate().control({ do: "armFault", fault: { kind: "role", upn, role: "linkOperator" } });
    const ended = await runScript(estate(), { failoverBy: "arm" });
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).toContain("Azure refused it for want of a right");
    expect(requests(estate())).toEqual([]);
    expect(world(estate())).toMatchObject({
      box: { role: "PRIMARY", updateability: "READ_WRITE", rows: { hasEveryAcknowledged: true } },
      instance: { role: "SECONDARY" },
    });
  });
});

describe("the az script of a failover to SQL Server by Azure, with every right and positions that need no proof", () => {
  const estate = estateOf("instance-primary");

  test("fails over by Azure alone", async () => {
    stopWorkload(estate());
    const unproved = { ...gate, acceptUnproved: true };
    const ended = await runScript(estate(), { failoverBy: "arm", gate: unproved });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(requests(estate())).toEqual(["POST failover Planned"]);
    expect(changes(estate())).toEqual([]);
    expect(world(estate())).toMatchObject({
      box: { role: "PRIMARY", updateability: "READ_WRITE" },
      instance: { role: "SECONDARY" },
    });
  });
});

describe("the az script of a failover that keeps the link, without Azure", () => {
  const estate = estateOf("healthy");

  test("fails over by T-SQL and lets the old copy be read", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), {});
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(world(estate())).toMatchObject({
      box: { role: "SECONDARY", secondaryAllowConnections: "ALL" },
      instance: { role: "PRIMARY", rows: { hasEveryAcknowledged: true } },
    });
  });
});

describe("the az script of a removal with names that need every kind of quoting", () => {
  const estate = estateOf(hostileLink(on2019));

  test("ends like any other", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), removing({ dropGroup: true }));
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(world(estate())).toMatchObject({
      box: { linkDropped: true, localGroupDropped: true, updateability: "READ_ONLY" },
      instance: { linkDropped: true, updateability: "READ_WRITE" },
    });
  });
});

describe("the az script refuses and sends no DELETE", () => {
  const estate = estateOf({ ...on2019, workload: writerNeverStops.workload });

  test("while a session writes, and sets the commit modes back", async () => {
    stopWorkload(estate());
    const ended = await runScript(estate(), removing());
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toMatch(
      /Not ready: (on the primary, sessions are still writing|something|the secondary)/u,
    );
    expect(ended.stderr).toContain("The gate stayed shut. Nothing was sent.");
    expect(requests(estate())).toEqual([
      "PATCH replicationMode Sync",
      "PATCH replicationMode Async",
    ]);
    expect(world(estate())).toMatchObject({
      box: {
        linkDropped: false,
        linkAvailabilityMode: { box: "ASYNCHRONOUS_COMMIT", instance: "ASYNCHRONOUS_COMMIT" },
      },
    });
  });

  test("and the removal alone refuses as well", async () => {
    const ended = await runScript(estate(), removing(), ["remove-link"]);
    expect(ended.exitCode).toBe(3);
    expect(requests(estate())).not.toContain("DELETE");
  });
});

describe("the az script refuses and sends no DELETE, whichever side", () => {
  const estate = estateOf(on2019);

  test.each(["box", "instance"] as const)("while the %s cannot be read", async (server) => {
    stopWorkload(estate());
    const { plan, token } = await planned(estate(), removing());
    estate().control({ do: "fault", fault: { kind: "unreachable", server, on: true } });
    const { text } = toAzScript(plan, "test");
    const ended = await runAzScript(estate(), { text, token, args: ["remove-link"] });
    estate().control({ do: "fault", fault: { kind: "unreachable", server, on: false } });
    expect(ended.exitCode).toBe(3);
    expect(ended.stderr).toContain(`${plan[server].serverName} could not be read`);
    expect(ended.stderr).toContain("Nothing was sent.");
    expect(requests(estate())).not.toContain("DELETE");
    expect(world(estate())).toMatchObject({ box: { linkDropped: false } });
  });

  test("nor without a login, nor with an argument it does not know", async () => {
    const { plan, token } = await planned(estate(), removing());
    const { text } = toAzScript(plan, "test");
    const odd = await runAzScript(estate(), { text, token, args: ["force"] });
    expect(odd).toMatchObject({ exitCode: 2 });
    const anonymous = text.replace("set -euo pipefail", "set -euo pipefail\nunset MI_PASSWORD");
    const refused = await runAzScript(estate(), { text: anonymous, token });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain("MI_PASSWORD");
    expect(requests(estate())).not.toContain("DELETE");
  });
});

/** FreeTDS 1.3 does not follow a redirect. */
function estateOf(scenario: string | Scenario): () => PracticeEstate {
  return practiceEstate({ scenario, clock: { speed }, routing: "off" });
}

async function planned(estate: PracticeEstate, more: Partial<Choices>) {
  const token = await tokenFor(estate, dana);
  return { plan: await practicePlan(estate, { gate, ...more }, token), token };
}

async function runScript(
  estate: PracticeEstate,
  more: Partial<Choices>,
  args: readonly string[] = [],
) {
  const { plan, token } = await planned(estate, more);
  return runAzScript(estate, { text: toAzScript(plan, "test").text, token, args });
}

/** The numbers of its errors. */
async function runFile(
  ...[estate, files, name]: Parameters<typeof runTsqlFileNamed>
): Promise<readonly number[]> {
  return (await runTsqlFileNamed(estate, files, name)).errors;
}

function stopWorkload(estate: PracticeEstate): void {
  expect(estate.control({ do: "workload", running: false })).toMatchObject({ ok: true });
}

function world(estate: PracticeEstate) {
  return truth(estate.world.state);
}

/** What Azure was asked to change. */
function requests(estate: PracticeEstate): readonly string[] {
  return world(estate).linkOperations.map(({ text }) => text);
}
