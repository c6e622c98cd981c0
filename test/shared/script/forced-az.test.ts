// The az script of a forced failover, run as it stands under bash: the side that is given up has no login and is never asked.
import { describe, expect, test, vi } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { ForcedFailoverChoices } from "../../../shared/choices/choices.ts";
import type { Side } from "../../../shared/estate/estate.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { forcedRun } from "../../fakes/forced-run.ts";
import { scaledClock } from "../../fakes/scaled-clock.ts";
import { optionsFor, signInByBrowser } from "../../electron/azure/practice-azure.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { practiceEstate } from "../../practice/server/practice-estate.ts";
import { hostileLink } from "./hostile-link.ts";
import { runAzScript } from "./run-az-script.ts";

// Dozens of programs are started one after the other.
vi.setConfig({ testTimeout: 120_000 });

const speed = 20;

describe("forced to the instance by T-SQL", () => {
  const estate = estateOf("healthy");

  test("sends nothing while log arrives, nor without the link's name; then forces once", async () => {
    const plan = await planned(estate(), "instance");
    const alive = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([alive.exitCode, told(estate()).changes]).toEqual([3, []]);
    expect(alive.stderr).toContain("Forcing now makes two primaries. Nothing was changed.");

    lose(estate(), "box");
    const nameless = await runScript(estate(), plan);
    expect([nameless.exitCode, told(estate()).changes]).toEqual([2, []]);
    expect(nameless.stdout).toContain(`DATA CAN BE LOST.\n${plan.loss?.[0] ?? "no loss"}\n`);
    const another = await runScript(estate(), plan, [], "link_adatum\n");
    expect([another.exitCode, told(estate()).changes]).toEqual([3, []]);
    expect(another.stderr).toContain("The name of the link was not typed. Nothing was sent.");
    expect(await runScript(estate(), plan, ["--yes"])).toMatchObject({ exitCode: 2 });

    const forced = await runScript(estate(), plan, [], "LINK_Adatum\n");
    expect([forced.exitCode, forced.stderr]).toEqual([0, promptOnly]);
    expect(forced.stdout).toContain("still takes itself for the primary when it comes back.");
    expect(told(estate())).toMatchObject({
      ...bothPrimary("instance"),
      changes: [{ server: "instance", count: 1, outcomes: ["done"] }],
      linkOperations: [],
    });
  });
});

describe("forced to the instance by Azure", () => {
  const estate = estateOf("healthy");

  test("looks, asks Azure once, and reads the instance back", async () => {
    const plan = await planned(estate(), "instance", { failoverBy: "arm" });
    const alive = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([alive.exitCode, requests(estate())]).toEqual([3, []]);

    lose(estate(), "box");
    const forced = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([forced.exitCode, forced.stderr]).toEqual([0, ""]);
    expect(requests(estate())).toEqual(["POST failover ForcedAllowDataLoss"]);
    expect(told(estate())).toMatchObject({ ...bothPrimary("instance"), changes: [] });
  });
});

describe("forced to the instance by Azure without the right", () => {
  const estate = estateOf("healthy");

  test("sends the same by T-SQL", async () => {
    const plan = await planned(estate(), "instance", { failoverBy: "arm" });
    const { upn } = dana;
    estate().control({ do: "armFault", fault: { kind: "role", upn, role: "linkOperator" } });
    lose(estate(), "box");
    const forced = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect(forced.exitCode, forced.stderr).toBe(0);
    expect(forced.stderr).toContain("Azure refused it for want of a right");
    expect(requests(estate())).toEqual([]);
    expect(told(estate())).toMatchObject(bothPrimary("instance"));
  });
});

describe("forced to SQL Server", () => {
  const estate = estateOf("instance-primary");

  test("goes by T-SQL with SQL Server's login alone", async () => {
    const plan = await planned(estate(), "box");
    lose(estate(), "instance");
    const forced = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([forced.exitCode, forced.stderr]).toEqual([0, ""]);
    expect(told(estate())).toMatchObject(bothPrimary("box"));
  });
});

describe("a link with failoverMode None", () => {
  const oneWay = {
    name: "one-way",
    summary: "",
    build: "2022 CU13",
    failoverMode: "None",
  } as const;
  const estate = estateOf(linkOf(oneWay));

  test("is deleted by Azure behind a look and the typed name, and the copy is on its own", async () => {
    const plan = await planned(estate(), "instance", { failoverBy: "arm" });
    expect(plan.move).toBe("delete");
    const alive = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([alive.exitCode, requests(estate())]).toEqual([3, []]);
    lose(estate(), "box");
    const nameless = await runScript(estate(), plan);
    expect([nameless.exitCode, requests(estate())]).toEqual([2, []]);

    const ended = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([ended.exitCode, ended.stderr]).toEqual([0, ""]);
    expect(requests(estate())).toEqual(["DELETE"]);
    expect(told(estate())).toMatchObject({
      instance: { linkDropped: true, updateability: "READ_WRITE" },
      box: { linkDropped: false, role: "PRIMARY" },
      changes: [],
    });
  });
});

describe("forced although SQL Server is alive", () => {
  const estate = estateOf("healthy");

  test("does not look for life, and says the reason before it asks", async () => {
    const reason = "It's a $(drill)";
    const plan = await planned(estate(), "instance", { despite: ["alive", "working"], reason });
    const forced = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([forced.exitCode, forced.stderr]).toEqual([0, ""]);
    expect(forced.stdout).toContain(`Reason given: ${reason}`);
    expect(told(estate())).toMatchObject(bothPrimary("instance"));
  });
});

describe("a copy that is suspended", () => {
  const estate = estateOf("healthy");

  test("is not forced unless the plan says so", async () => {
    const plan = await planned(estate(), "instance");
    estate().control({
      do: "fault",
      fault: { kind: "suspended", server: "instance", on: true },
    });
    lose(estate(), "box");
    const forced = await runScript(estate(), plan, ["--link-name", "LINK_Adatum"]);
    expect([forced.exitCode, told(estate()).changes]).toEqual([3, []]);
    expect(forced.stderr).toContain("the number of databases whose data movement is suspended");
  });
});

describe("names that need every kind of quoting", () => {
  const estate = estateOf(
    hostileLink(linkOf({ name: "two-way", summary: "", build: "2022 CU13" })),
  );

  test("end like any other, and the name is taken as it is", async () => {
    const plan = await planned(estate(), "instance");
    lose(estate(), "box");
    const forced = await runScript(estate(), plan, ["--link-name", plan.link.name]);
    expect([forced.exitCode, forced.stderr]).toEqual([0, ""]);
    expect(told(estate())).toMatchObject(bothPrimary("instance"));
  });
});

const promptOnly = "Type the name of the link to force it: ";

function bothPrimary(to: Side) {
  return { primaries: ["box", "instance"], [to]: { updateability: "READ_WRITE" } };
}

/** FreeTDS 1.3 does not follow a redirect. */
function estateOf(scenario: string | Scenario): () => PracticeEstate {
  return practiceEstate({ scenario, clock: { speed }, routing: "off" });
}

function lose(estate: PracticeEstate, server: Side): void {
  estate.control({ do: "fault", fault: { kind: "linkDisconnected", on: true } });
  estate.control({ do: "fault", fault: { kind: "unreachable", server, on: true } });
  estate.world.advance(60_000);
}

async function planned(
  estate: PracticeEstate,
  to: Side,
  choices: Partial<ForcedFailoverChoices> = {},
): Promise<Plan> {
  const azure = choices.failoverBy === "arm" ? createAzureService(optionsFor(estate)) : undefined;
  if (azure !== undefined) await signInByBrowser(azure);
  const run = await forcedRun(estate, scaledClock(speed), to, {
    ...choices,
    ...(azure && { azure }),
  });
  const { approved, findings } = await run.plan();
  await run.close();
  if (approved === undefined) throw new Error(JSON.stringify(findings));
  return approved.plan;
}

async function runScript(
  estate: PracticeEstate,
  plan: Plan,
  args: readonly string[] = [],
  typed?: string,
) {
  const token = await tokenFor(estate, dana);
  const { text } = toAzScript(plan, "test");
  return runAzScript(estate, {
    text,
    token,
    args,
    only: plan.to,
    ...(typed === undefined ? {} : { typed }),
  });
}

function told(estate: PracticeEstate) {
  return truth(estate.world.state);
}

/** What Azure was asked to change. */
function requests(estate: PracticeEstate): readonly string[] {
  return told(estate).linkOperations.map(({ text }) => text);
}
