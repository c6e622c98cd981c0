// Every scenario whose link Azure is asked to change: what becomes of the world, or the exact refusal.
import { describe, expect, test } from "vitest";
import { scenarios } from "../../../practice/scenarios/all.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { linkOf } from "../../../practice/scenarios/link-of.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { truth, type Truth } from "../../../practice/world/truth.ts";
import { scenarioNamed } from "../scenarios/named.ts";
import { ask, backupLog, dropGroup, failover } from "../world/asking.ts";
import { codes, given, planned, toSync, type Given } from "./changing.ts";

const { linkOperationMs, firstFullBackupAfterMs, fullBackupMs } = healthy.engine;
const untilBackedUpMs = firstFullBackupAfterMs + fullBackupMs;
const failoverMs = 30_000;

const wrongRole = [400, "InvalidDistributedAvailabilityGroupFailoverInstanceRole"];
const notSynchronizing = [409, "DistributedAvailabilityGroupFailoverSecondariesNotSynchronizing"];
const done = (text: string) => [{ server: "instance", text, count: 1, outcomes: ["done"] }];

/** The scenarios in which the instance is primary; in all others SQL Server is. */
const instancePrimary = ["instance-primary", "instance-first-primary"];
/** Those whose link goes one way only. */
const oneWay = ["sql2016", "sql2017", "sql2019-cutover", "policy-always-up-to-date"];

const truthOf = ({ estate }: Given): Truth => truth(estate.world.state);

async function setToSync(at: Given): Promise<void> {
  const before = truthOf(at);
  const accepted = await at.link.update(toSync);
  expect(accepted.status).toBe(202);
  at.estate.world.advance(linkOperationMs);
  expect(await at.poll(accepted)).toMatchObject({
    status: 200,
    body: { properties: { replicationMode: "Sync" } },
  });
  const after = truthOf(at);
  expect(after.linkOperations).toEqual(done("PATCH replicationMode Sync"));
  expect(after.instance.linkAvailabilityMode).toEqual({
    box: "SYNCHRONOUS_COMMIT",
    instance: "SYNCHRONOUS_COMMIT",
  });
  // SQL Server's own setting is its own.
  expect(after.box.linkAvailabilityMode).toEqual(before.box.linkAvailabilityMode);
  expect([after.primaries, after.failovers]).toEqual([before.primaries, []]);
}

async function removed(at: Given, { link }: Scenario): Promise<void> {
  const { world } = at.estate;
  const before = truthOf(at);
  const accepted = await at.link.remove();
  world.advance(linkOperationMs);
  expect(codes([accepted, await at.poll(accepted), await at.link.get()])).toEqual([
    [202, undefined],
    [204, undefined],
    [404, "ResourceNotFound"],
  ]);
  const { instance, linkOperations } = truthOf(at);
  expect(linkOperations).toEqual(done("DELETE"));
  expect(instance).toMatchObject({
    linkDropped: true,
    localGroupDropped: true,
    databaseState: "ONLINE",
    updateability: "READ_WRITE",
    isSuspended: false,
    backups: before.instance.backups,
  });
  world.advance(untilBackedUpMs);
  const after = truthOf(at);
  const wasSecondary = before.instance.role === "SECONDARY";
  expect(after.instance.backups.full).toBe(before.instance.backups.full + (wasSecondary ? 1 : 0));
  // SQL Server is as it was, but for a partner that is gone, until its group is dropped there.
  const { role, databaseState, updateability } = before.box;
  expect(after.box).toMatchObject({ role, databaseState, updateability, linkDropped: false });
  expect([after.box.isPartnerConnected, after.failovers]).toEqual([false, []]);
  expect(await ask(world, "box", dropGroup(link.name))).toEqual({ outputs: [] });
  expect(truthOf(at).box).toMatchObject({ linkDropped: true, localGroupDropped: false });
}

async function failedOver(at: Given): Promise<void> {
  const accepted = await at.link.failover(planned);
  at.estate.world.advance(failoverMs);
  expect(codes([accepted, await at.poll(accepted)])).toEqual([
    [202, undefined],
    [200, undefined],
  ]);
  const { primaries, box, instance, linkOperations } = truthOf(at);
  expect([primaries, linkOperations]).toEqual([["box"], done("POST failover Planned")]);
  expect(box).toMatchObject({
    databaseState: "ONLINE",
    updateability: "READ_WRITE",
    rows: { hasEveryAcknowledged: true },
  });
  expect(instance).toMatchObject({ role: "SECONDARY", updateability: "READ_ONLY" });
}

/** `isCutOff`: the instance is primary, and its link is cut for good. */
async function refused(at: Given, isCutOff: boolean): Promise<void> {
  const why = isCutOff ? notSynchronizing : wrongRole;
  expect(codes([await at.link.failover(planned)])).toEqual([why]);
  at.estate.world.advance(failoverMs);
  const { primaries, failovers, linkOperations } = truthOf(at);
  expect([primaries, failovers, linkOperations]).toEqual([[isCutOff ? "instance" : "box"], [], []]);
}

/** Where there is one primary. */
const whole = scenarios.filter(({ name }) => !/^(split-brain|no-primary)/.test(name));

describe.each(whole.map((scenario) => [scenario.name, scenario] as const))(
  "%s",
  (name, scenario) => {
    const canComeHome = instancePrimary.includes(name);
    const isCutOff = name === "instance-cut-off";

    test("PATCH Sync sets the instance's commit mode alone", () => given(setToSync, scenario));

    test("DELETE leaves the instance a writable database with a full backup, and SQL Server its group until it drops it", () =>
      given((at) => removed(at, scenario), scenario));

    test(`failover Planned ${canComeHome ? "brings SQL Server home with every row" : `is ${isCutOff ? "409 without its link" : "400 on a secondary instance"}`}`, () =>
      given(canComeHome ? failedOver : (at) => refused(at, isCutOff), scenario));
  },
);

describe("a link that goes one way", () => {
  test.each(oneWay)("of %s has failoverMode None and is not forced over: 41985", (name) =>
    given(async ({ estate, link }) => {
      expect((await link.get()).body).toMatchObject({ properties: { failoverMode: "None" } });
      const answers = [
        await link.failover({ failoverType: "ForcedAllowDataLoss" }),
        await link.setRole({ instanceRole: "Primary", roleChangeType: "Forced" }),
      ];
      for (const answer of answers) {
        expect(answer).toMatchObject({
          status: 409,
          code: "DistributedAvailabilityGroupSetRoleFailed",
          body: {
            error: { message: expect.stringMatching(/^Msg 41985: .*Delete the link/) as unknown },
          },
        });
      }
      expect(truth(estate.world.state)).toMatchObject({ primaries: ["box"], linkOperations: [] });
    }, scenarioNamed(name)),
  );

  test.each([
    ["to a newer format", scenarioNamed("policy-always-up-to-date"), 41988],
    ["by its failoverMode", linkOf({ name: "x", summary: "", failoverMode: "None" }), 47504],
  ])("%s has no failover back to SQL Server, should the instance be primary", (_, made, number) =>
    given(
      async ({ estate, link }) => {
        expect(await link.failover(planned)).toMatchObject({
          status: 409,
          body: {
            error: { message: expect.stringMatching(new RegExp(`^Msg ${number}:`)) as unknown },
          },
        });
        expect(truth(estate.world.state)).toMatchObject({
          primaries: ["instance"],
          linkOperations: [],
        });
      },
      { ...made, primary: "instance" },
    ),
  );
});

test("below CU13 Azure brings a link home that T-SQL on SQL Server cannot fail over again", () =>
  given(
    async (at) => {
      await failedOver(at);
      expect(await ask(at.estate.world, "box", failover)).toMatchObject({ error: 19504 });
    },
    linkOf({ name: "x", summary: "", build: "2022 CU12", firstPrimary: "instance" }),
  ));

test("after DELETE each side saves a log of its own: SQL Server's backups are no part of the instance's chain", () =>
  given(async ({ estate, link }) => {
    const { world } = estate;
    await link.remove();
    world.advance(linkOperationMs + untilBackedUpMs);
    const saving = ask(world, "box", backupLog);
    world.advance(healthy.engine.automaticLogBackupEveryMs);
    await saving;
    const { box, instance } = world.state;
    expect(instance.backups.map(({ type }) => type)).toEqual(["D", "L"]);
    expect(instance.backups[1]?.firstLsn).toBe(instance.backups[0]?.lastLsn);
    expect(box.backups.map(({ type }) => type)).toEqual(["D", "L", "L"]);
  }, scenarioNamed("sql2019-cutover")));
