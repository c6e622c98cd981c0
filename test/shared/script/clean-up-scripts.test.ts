// The scripts of what moves nothing, run as they stand against a practice estate: the same world as a run, and nothing where they refuse.
import { afterEach, expect, test, vi } from "vitest";
import { planCleanUp } from "../../../electron/run/make-clean-up-plan.ts";
import { planHybrid } from "../../../electron/run/make-hybrid-plan.ts";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { realClock } from "../../../electron/run/clock.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import { dana } from "../../../practice/entra/directory.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { toAzScript } from "../../../shared/script/to-az.ts";
import { toTsqlScripts } from "../../../shared/script/to-tsql.ts";
import { optionsFor, signInByBrowser } from "../../electron/azure/practice-azure.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import { tokenFor } from "../../practice/arm/arm-client.ts";
import { healthyWith, removeLink } from "../../practice/server/link-removed.ts";
import { runAzScript } from "./run-az-script.ts";
import { runTsqlFileNamed } from "./run-tsql-file.ts";

vi.setConfig({ testTimeout: 120_000 });

const ofSqlServer = ["group", "endpoint", "certificates", "trace-flags"];
let estate: PracticeEstate;
afterEach(() => estate.stop());

async function withSources<T>(
  work: (sources: Awaited<ReturnType<typeof sourcesOf>>) => Promise<T>,
) {
  const sources = await sourcesOf();
  try {
    return await work(sources);
  } finally {
    await Promise.all([sources.box.close(), sources.instance.close()]);
  }
}

async function sourcesOf() {
  const azure = createAzureService(optionsFor(estate));
  await signInByBrowser(azure);
  const logins = practiceLogins(estate);
  const [box, instance] = await Promise.all([
    mssqlConnector.connect(logins.box),
    mssqlConnector.connect(logins.instance),
  ]);
  return { box, instance, azure: azure.readForEstate, operations: () => azure.linkOperations() };
}

function cleanUpPlan(remove: readonly string[]): Promise<Plan> {
  return withSources(async ({ operations, ...sources }) => {
    const request = { linkName: "LINK_Adatum", remove, environment: "practice" } as const;
    const { approved, findings } = await planCleanUp(sources, request, realClock, operations);
    if (approved === undefined) throw new Error(JSON.stringify(findings));
    return approved.plan;
  });
}

async function azRun(plan: Plan) {
  const { text } = toAzScript(plan, "test");
  return runAzScript(estate, { text, token: await tokenFor(estate, dana) });
}

const cleaned = {
  endpointDropped: true,
  droppedCertificates: [
    "cert_sqlbox01_endpoint",
    "sqlmi1.a0b1c2d3e4f5.database.windows.net",
    "digicertpki",
  ],
  traceFlags: [],
};

test("the az script removes everything that was chosen, on SQL Server and in Azure, and says what only people can do", async () => {
  estate = await startPracticeEstate({ scenario: healthy, clock: { speed: 50 } });
  await removeLink(estate);
  const ended = await azRun(await cleanUpPlan([...ofSqlServer, "trust-certificates"]));
  expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
  expect(ended.stdout).toContain("-T1800 is still among the startup parameters of SQLBOX01");
  const { box, instance } = estate.world.state;
  expect(box).toMatchObject({ localGroupDropped: true, surroundings: cleaned });
  expect(instance.surroundings.trustCertificates).toEqual([]);
  expect(truth(estate.world.state).linkOperations.map(({ text, count }) => [text, count])).toEqual([
    ["DELETE", 1],
    ["DELETE serverTrustCertificates Cert_SQLBOX01_endpoint", 1],
  ]);
});

test("the T-SQL file, run by FreeTDS, reaches the same on SQL Server", async () => {
  estate = await startPracticeEstate({ scenario: healthy, clock: { speed: 50 } });
  await removeLink(estate);
  const files = toTsqlScripts(await cleanUpPlan(ofSqlServer), "test");
  expect(files.map(({ fileName }) => fileName)).toEqual(["1-sql-server.sql"]);
  const ended = await runTsqlFileNamed(estate, files, "1-sql-server.sql");
  expect(ended.errors).toEqual([]);
  expect(estate.world.state.box).toMatchObject({ localGroupDropped: true, surroundings: cleaned });
});

test("with a group that came since, the endpoint and everything that needs it gone stay, in either script", async () => {
  estate = await startPracticeEstate({ scenario: healthyWith({}), clock: { speed: 50 } });
  await removeLink(estate);
  const plan = await cleanUpPlan(ofSqlServer);
  const { surroundings } = estate.world.state.box;
  surroundings.otherGroups = [{ name: "AG_New", replicas: ["SQLBOX01"] }];
  const ended = await azRun(plan);
  expect(ended.exitCode).toBe(1);
  expect(ended.stderr).toContain("Refused: the number of availability groups and links");
  expect(surroundings).toMatchObject({ endpointDropped: false, droppedCertificates: [] });
  const files = toTsqlScripts(plan, "test");
  const { errors } = await runTsqlFileNamed(estate, files, "1-sql-server.sql");
  // The group is gone already; the endpoint, its certificate and two trace flags are refused by their own batches.
  expect(errors).toEqual([50004, 50009, 50009, 50009, 50009]);
  expect(surroundings).toMatchObject({
    endpointDropped: false,
    droppedCertificates: ["sqlmi1.a0b1c2d3e4f5.database.windows.net", "digicertpki"],
    traceFlags: [1800, 9567],
  });
});

async function hybridPlan(usage: "Active" | "Passive"): Promise<Plan> {
  return withSources(async (sources) => {
    const choices = { kind: "hybridBenefit", usage, isPassiveConfirmed: true } as const;
    const request = { linkName: undefined, choices, environment: "practice" } as const;
    const { approved, findings } = await planHybrid(sources, request, realClock);
    if (approved === undefined) throw new Error(JSON.stringify(findings));
    return approved.plan;
  });
}

test("the az script of the hybrid benefit asks Azure once and waits for it; while the instance is Updating it asks nothing", async () => {
  estate = await startPracticeEstate({ scenario: healthy, clock: { speed: 50 } });
  const plan = await hybridPlan("Passive");
  expect(toTsqlScripts(plan, "test")).toEqual([]);
  const { world } = estate;
  const ended = await azRun(plan);
  expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
  expect(world.state.instance.surroundings.hybridSecondaryUsage).toBe("Passive");
  const asked = () => truth(world.state).linkOperations.map(({ text, count }) => [text, count]);
  expect(asked()).toEqual([["PATCH hybridSecondaryUsage Passive", 1]]);

  world.changeLink({ kind: "setUsage", hybridSecondaryUsage: "Active" }, "dana", {
    isCarriedOut: true,
    ends: "never",
  });
  const refused = await azRun(plan);
  expect(refused.exitCode).toBe(3);
  expect(refused.stderr).toContain(
    "Azure does not show that the instance is Ready. Nothing was sent.",
  );
  expect(asked()).toHaveLength(2);
});
