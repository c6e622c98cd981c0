// A forced failover as a window asks for it, over real TDS: watched before it is planned, named before it is started.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { truth } from "../../../practice/world/truth.ts";
import type { ForcedFailoverChoices } from "../../../shared/choices/choices.ts";
import { verdictOf } from "../../../shared/forced/watch.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, openInput, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";
import type { TimedEstate } from "../../fakes/timed-estate.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";

const linkName = "LINK_Adatum";
const choices: ForcedFailoverChoices = {
  kind: "forcedFailover",
  linkName,
  to: "instance",
  failoverBy: "tsql",
  despite: [],
  reason: null,
};
let estate: TimedEstate;
let window: InProcessWindow;

async function begin(scenario: string): Promise<void> {
  estate = await startTimedEstate({ scenario });
  window = practiceWindow(estate, { clock: estate.clock });
}
async function end(): Promise<void> {
  await window.services.end();
  await estate.stop();
}

beforeEach(() => begin("healthy"));
afterEach(end);

const told = () => truth(estate.world.state);

async function onlyInstance(): Promise<void> {
  await window.ask("connection.open", await openInput(window, estate, "instance"));
}

/** SQL Server goes on writing, and nothing of it arrives. */
function cutLink(): void {
  estate.world.fault({ kind: "linkDisconnected", on: true });
  estate.world.advance(30_000);
}

function loseSqlServer(): void {
  estate.world.fault({ kind: "unreachable", server: "box", on: true });
  cutLink();
}

async function watchedUntil(kind: ReturnType<typeof verdictOf>["kind"]): Promise<void> {
  const seen = window.next(
    "target",
    ({ watch }) => watch !== null && verdictOf(watch).kind === kind,
  );
  await window.ask("target.watch", { pair: await pairIn(window), linkName, to: "instance" });
  await seen;
}

async function make(asked: ForcedFailoverChoices) {
  return window.ask("plan.make", { pair: await pairIn(window), choices: asked });
}

/** Asks for the run and waits for its end. */
async function run(planHash: string) {
  const ended = window.next("run.event", (event) => event.kind === "runEnded");
  await window.ask("run.start", { planHash, typedLinkName: linkName });
  return ended;
}

describe("a forced failover through the window's contract", { timeout: 120_000 }, () => {
  test("is planned once the target was watched, and only while it is", async () => {
    await onlyInstance();
    loseSqlServer();
    const planned = async () => (await make(choices)).plan !== null;
    expect(await planned()).toBe(false);
    await watchedUntil("watching");
    expect(await planned()).toBe(false);
    await watchedUntil("quiet");
    expect(await planned()).toBe(true);
    await window.ask("target.unwatch", {});
    expect(await planned()).toBe(false);
  });

  test("is started by its hash and its link's exact name, without SQL Server, once", async () => {
    await onlyInstance();
    loseSqlServer();
    await watchedUntil("quiet");
    const { plan } = await make(choices);
    if (plan === null) throw new Error("There is no plan.");
    const planHash = plan.hash;
    for (const typed of [{}, { typedLinkName: "link_adatum" }]) {
      const answer = await window.invoke("run.start", { planHash, ...typed });
      expect(answer).toMatchObject({ ok: false, error: { code: "notApproved" } });
    }
    expect(await window.invoke("plan.dryRun", { planHash })).toMatchObject({
      ok: false,
      error: { code: "noDryRunForced" },
    });
    expect([told().changes, told().primaries]).toEqual([[], ["box"]]);
    expect(await run(planHash)).toMatchObject({ outcome: "succeeded" });
    expect(told().primaries).toEqual(["box", "instance"]);
    expect(told().changes.map(({ server, count }) => [server, count])).toEqual([["instance", 1]]);
  });

  test("is refused when the copy went further after the approval, since another loss is another plan", async () => {
    await onlyInstance();
    cutLink();
    await watchedUntil("quiet");
    const { plan } = await make(choices);
    if (plan === null) throw new Error("There is no plan.");
    estate.world.fault({ kind: "linkDisconnected", on: false });
    estate.world.advance(20_000);
    estate.world.fault({ kind: "linkDisconnected", on: true });
    const answer = await window.invoke("run.start", {
      planHash: plan.hash,
      typedLinkName: linkName,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: "planNoLongerFits" } });
    expect(told().changes).toEqual([]);
  });

  test("goes on while what has arrived is still redone, once that was accepted", async () => {
    await end();
    await begin("slow-redo");
    await onlyInstance();
    loseSqlServer();
    await watchedUntil("working");
    expect((await make(choices)).plan).toBeNull();
    const goingOn = { ...choices, despite: ["working"] as const };
    const { plan } = await make(goingOn);
    if (plan === null) throw new Error("There is no plan.");
    const { copy } = estate.world.state.instance;
    const { redone, received } = copy;
    expect(redone).toBeLessThan(received);
    expect(await run(plan.hash)).toMatchObject({ outcome: "succeeded" });
    expect(copy.redone).toBeGreaterThanOrEqual(received);
    expect(told().primaries).toEqual(["box", "instance"]);
  });

  test("needs a reason while SQL Server is alive, and asks it nothing although it is connected", async () => {
    await connectBoth(window, estate);
    await watchedUntil("alive");
    const refused = await make(choices);
    expect([
      refused.plan,
      refused.findings.filter(({ blocks }) => blocks).map(({ check }) => check),
    ]).toEqual([null, ["alive"]]);
    const despite = ["alive"] as const;
    const drill = { ...choices, despite, reason: "Drill, agreed with the owner." };
    const { plan } = await make(drill);
    if (plan === null) throw new Error("There is no plan.");
    const askedBefore = estate.world.state.statements.filter(({ server }) => server === "box");
    expect(await run(plan.hash)).toMatchObject({ outcome: "succeeded" });
    const asked = estate.world.state.statements.filter(({ server }) => server === "box");
    expect(asked).toEqual(askedBefore);
    expect(told().primaries).toEqual(["box", "instance"]);
  });

  test("begins its watch anew after a reading that failed", async () => {
    await onlyInstance();
    loseSqlServer();
    await watchedUntil("quiet");
    const failed = window.next("target", ({ problem }) => problem !== null);
    estate.world.fault({ kind: "unreachable", server: "instance", on: true });
    estate.world.fault({ kind: "dropConnections", server: "instance" });
    await failed;
    const anew = window.next("target", ({ watch }) => watch !== null);
    estate.world.fault({ kind: "unreachable", server: "instance", on: false });
    expect((await anew).watch?.readings).toBe(1);
  });
});
