// What Azure does with the link: one operation at a time, the engine's own rules, and what each leaves behind.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import type { LinkRequest } from "../../../practice/world/link-operation.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { World } from "../../../practice/world/world.ts";
import {
  ask,
  askAndWait,
  askAzure,
  becomeSecondary,
  dropGroup,
  failover,
  forceFailover,
  started,
  worldOf,
} from "./asking.ts";

const planned: LinkRequest = { kind: "failover", failoverType: "Planned" };
const forced: LinkRequest = { kind: "failover", failoverType: "ForcedAllowDataLoss" };
const remove: LinkRequest = { kind: "delete" };
const sync: LinkRequest = { kind: "update", replicationMode: "Sync" };
const setRole = (
  instanceRole: "Primary" | "Secondary",
  roleChangeType: "Planned" | "Forced",
): LinkRequest => ({ kind: "setRole", instanceRole, roleChangeType });

/** A healthy link whose first primary is the instance. */
function fromInstance(engine: Partial<Scenario["engine"]> = {}): World {
  return worldOf({ ...healthy, engine: { ...healthy.engine, ...engine }, primary: "instance" });
}

function disconnected(): World {
  const world = fromInstance();
  world.fault({ kind: "linkDisconnected", on: true });
  return world;
}

async function droppedByBox(): Promise<World> {
  const world = fromInstance();
  await ask(world, "box", dropGroup("LINK_Adatum"));
  return world;
}

const { linkOperationMs } = healthy.engine;

describe("a planned failover asked of Azure", () => {
  test("is the role change of FAILOVER on the instance, and ends when SQL Server is up as primary", () => {
    const world = fromInstance();
    const operation = askAzure(world, planned);
    expect(world.state.failover).toMatchObject({
      kind: "planned",
      to: "box",
      startedBy: "instance",
    });
    world.advance(5000);
    expect(operation).toMatchObject({ outcome: "running", endedMs: null });
    world.advance(15_000);
    expect(operation).toMatchObject({ outcome: "done", error: null });
    const { box, instance, linkOperations } = truth(world.state);
    expect([box.role, instance.role]).toEqual(["PRIMARY", "SECONDARY"]);
    expect(box).toMatchObject({ updateability: "READ_WRITE", databaseState: "ONLINE" });
    expect(box.rows.missing).toEqual([]);
    expect(linkOperations).toEqual([
      { server: "instance", text: "POST failover Planned", count: 1, outcomes: ["done"] },
    ]);
  });

  test.each([
    ["while the instance is secondary", worldOf, 47517],
    ["of a link that is disconnected", disconnected, 47514],
    ["with too much left to send", () => fromInstance({ sendQueueLimitKb: -1 }), 47515],
    ["with too much left to redo", () => fromInstance({ redoQueueLimitKb: -1 }), 47516],
    ["of a link that SQL Server has dropped", droppedByBox, 47511],
  ] as const)("%s is refused, and leaves no operation behind", async (_, made, error) => {
    const world = await made();
    expect(askAzure(world, planned)).toBe(error);
    expect(world.state.linkOperations).toEqual([]);
    expect(world.state.failover).toBeNull();
  });

  test("fails with the error the engine ends with", () => {
    const world = fromInstance();
    world.fault({ kind: "failoverOutcome", error: 47514, rolesMoved: "none" });
    const operation = askAzure(world, planned);
    world.advance(20_000);
    expect(operation).toMatchObject({ outcome: "error", error: { number: 47514 } });
    expect(truth(world.state).primaries).toEqual(["instance"]);
  });
});

describe("a forced failover asked of Azure", () => {
  test("makes the cut-off instance primary beside SQL Server, without what it had not received", () => {
    const world = worldOf();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(5000);
    const operation = askAzure(world, forced);
    world.advance(20_000);
    expect(operation).toMatchObject({ outcome: "done" });
    const { primaries, instance } = truth(world.state);
    expect(primaries).toEqual(["box", "instance"]);
    expect(instance.rows.missing.length).toBeGreaterThan(5);
  });

  test("is refused on a primary with 41122, and with failoverMode None with 41985", () => {
    expect(askAzure(fromInstance(), forced)).toBe(41122);
    const oneWay = worldOf({ ...healthy, link: { ...healthy.link, failoverMode: "None" } });
    expect(askAzure(oneWay, forced)).toBe(41985);
    expect(askAzure(oneWay, setRole("Primary", "Forced"))).toBe(41985);
  });
});

describe("a role set by Azure", () => {
  test("Primary, Forced is the forced failover", () => {
    const world = worldOf();
    const operation = askAzure(world, setRole("Primary", "Forced"));
    world.advance(20_000);
    expect(operation).toMatchObject({ outcome: "done" });
    expect(truth(world.state).failovers).toEqual([
      { kind: "forced", to: "instance", outcome: "done" },
    ]);
  });

  test("Secondary demotes the instance, and nobody is primary until SQL Server takes over", async () => {
    const world = fromInstance();
    const operation = askAzure(world, setRole("Secondary", "Planned"));
    world.advance(linkOperationMs);
    expect(operation).toMatchObject({ outcome: "done" });
    expect(truth(world.state)).toMatchObject({
      primaries: [],
      instance: { role: "SECONDARY", updateability: "READ_ONLY" },
    });
    await askAndWait(world, "box", forceFailover);
    expect(truth(world.state).primaries).toEqual(["box"]);
  });

  test("is refused where the instance has it already, as a planned promotion, and during a role change", async () => {
    const world = worldOf();
    expect(askAzure(world, setRole("Secondary", "Planned"))).toBe(41965);
    expect(askAzure(world, setRole("Primary", "Planned"))).toBe(41970);
    void ask(world, "box", failover);
    await started();
    expect(askAzure(world, setRole("Primary", "Forced"))).toBe(41968);
  });

  test("by the time T-SQL has demoted the instance, ends with the engine's 41195", async () => {
    const world = fromInstance();
    const operation = askAzure(world, setRole("Secondary", "Planned"));
    await ask(world, "instance", becomeSecondary);
    world.advance(linkOperationMs);
    expect(operation).toMatchObject({ outcome: "error", error: { number: 41195 } });
  });

  test.each([
    ["either", ["accepted", "accepted"]],
    ["forced", ["accepted", 41969]],
    ["planned", [41969, "accepted"]],
  ] as const)(
    "of two primaries with demotionAfterForced %s: Forced and Planned are %j",
    async (demotionAfterForced, expected) => {
      const answers = [];
      for (const type of ["Forced", "Planned"] as const) {
        const world = worldOf({ ...healthy, primary: "instance" }, { demotionAfterForced });
        await askAndWait(world, "box", forceFailover);
        expect(truth(world.state).primaries).toEqual(["box", "instance"]);
        const answer = askAzure(world, setRole("Secondary", type));
        world.advance(linkOperationMs);
        answers.push(typeof answer === "object" ? "accepted" : answer);
        const primaries = typeof answer === "object" ? ["box"] : ["box", "instance"];
        expect(truth(world.state).primaries).toEqual(primaries);
      }
      expect(answers).toEqual(expected);
    },
  );
});

describe("the replication mode set by Azure", () => {
  test("is the instance's own commit mode, once the operation has ended", () => {
    const world = worldOf();
    askAzure(world, sync);
    world.advance(linkOperationMs - 10);
    const mode = () => truth(world.state).instance.linkAvailabilityMode;
    const before = { ...mode() };
    world.advance(10);
    expect([before.instance, mode()]).toEqual([
      "ASYNCHRONOUS_COMMIT",
      { box: "SYNCHRONOUS_COMMIT", instance: "SYNCHRONOUS_COMMIT" },
    ]);
    expect(truth(world.state).box.linkAvailabilityMode.box).toBe("ASYNCHRONOUS_COMMIT");
    askAzure(world, { kind: "update", replicationMode: "Async" });
    world.advance(linkOperationMs);
    expect(mode().instance).toBe("ASYNCHRONOUS_COMMIT");
  });
});

describe("a link removed by Azure", () => {
  test("from a secondary instance leaves two writable copies, and SQL Server its own row with a partner that is gone", () => {
    const world = worldOf();
    const operation = askAzure(world, remove);
    world.advance(linkOperationMs + 30_000);
    expect(operation).toMatchObject({ outcome: "done" });
    const { box, instance } = truth(world.state);
    expect(instance).toMatchObject({
      linkDropped: true,
      localGroupDropped: true,
      databaseState: "ONLINE",
      updateability: "READ_WRITE",
    });
    expect(instance.rows.missing.length).toBeGreaterThan(10);
    expect(box).toMatchObject({
      linkDropped: false,
      role: "PRIMARY",
      isPartnerConnected: false,
      updateability: "READ_WRITE",
      rows: { hasEveryAcknowledged: true },
    });
  });

  test("from a primary instance leaves SQL Server a secondary that nobody sends to, then a database for itself", async () => {
    const world = fromInstance();
    askAzure(world, remove);
    world.advance(linkOperationMs + 30_000);
    expect(truth(world.state)).toMatchObject({
      instance: { updateability: "READ_WRITE", rows: { hasEveryAcknowledged: true } },
      box: { role: "SECONDARY", isPartnerConnected: false, updateability: "READ_ONLY" },
    });
    expect(truth(world.state).box.rows.hasEveryAcknowledged).toBe(false);
    await ask(world, "box", dropGroup("LINK_Adatum"));
    await ask(world, "box", dropGroup("AG_Adatum"));
    world.advance(1000);
    expect(truth(world.state).box).toMatchObject({ databaseState: "RESTORING" });
  });

  test("while T-SQL drops it there is done all the same", async () => {
    const world = worldOf();
    const operation = askAzure(world, remove);
    await ask(world, "instance", dropGroup("LINK_Adatum"));
    world.advance(linkOperationMs);
    expect(operation).toMatchObject({ outcome: "done", error: null });
  });

  test("waits for a role change that somebody else began", () => {
    const world = worldOf();
    const operation = askAzure(world, remove);
    world.fault({ kind: "roleChangeStalls", ms: 10_000 });
    world.fault({ kind: "rolesMoved" });
    world.advance(linkOperationMs);
    expect([operation, world.state.instance.linkDropped]).toMatchObject([
      { outcome: "running" },
      false,
    ]);
    world.advance(30_000);
    expect([operation, truth(world.state).primaries]).toMatchObject([
      { outcome: "done" },
      ["instance"],
    ]);
  });
});

describe("while an operation runs", () => {
  test.each([planned, forced, remove, sync, setRole("Primary", "Forced")])(
    "another one is refused: %j",
    (request) => {
      const world = worldOf();
      askAzure(world, sync);
      expect(askAzure(world, request)).toBe("operation");
      world.advance(linkOperationMs);
      expect(askAzure(world, remove)).toBeTypeOf("object");
    },
  );

  test("T-SQL changes no role on the instance and begins no planned change on SQL Server: 41190", async () => {
    const world = worldOf();
    askAzure(world, remove);
    expect(await ask(world, "box", failover)).toMatchObject({ error: 41190 });
    expect(await ask(world, "instance", forceFailover)).toMatchObject({ error: 41190 });
    expect(truth(world.state)).toMatchObject({ primaries: ["box"], failovers: [] });
  });

  test("of its own role change T-SQL hears that it is in progress: 47513", async () => {
    const world = fromInstance();
    askAzure(world, planned);
    expect(await ask(world, "instance", failover)).toMatchObject({ error: 47513 });
    expect(await ask(world, "box", forceFailover)).toMatchObject({ error: 47513 });
    world.advance(20_000);
  });
});

describe("a busy instance", () => {
  test("in a role change by T-SQL, and in a restart, takes no operation", async () => {
    const world = worldOf();
    void ask(world, "box", failover);
    await started();
    expect([planned, forced, remove, sync].map((one) => askAzure(world, one))).toEqual([
      "instance",
      "instance",
      "instance",
      "instance",
    ]);
    world.advance(30_000);
    world.fault({ kind: "restart", server: "instance" });
    expect(askAzure(world, remove)).toBe("instance");
    world.advance(10_000);
    expect(askAzure(world, remove)).toBeTypeOf("object");
  });
});

describe("a fate laid up by a fault", () => {
  test.each([
    [true, ["box"]],
    [false, ["instance"]],
  ])("never ends, carried out: %s", async (isCarriedOut, primaries) => {
    const world = fromInstance();
    const operation = askAzure(world, planned, { isCarriedOut, ends: "never" });
    world.advance(120_000);
    expect(operation).toMatchObject({ outcome: "running", isAtWork: false, endedMs: null });
    expect(truth(world.state).primaries).toEqual(primaries);
    // Azure takes nothing more; the servers themselves do.
    expect(askAzure(world, remove)).toBe("operation");
    const back = isCarriedOut ? "box" : "instance";
    expect(await askAndWait(world, back, failover)).not.toHaveProperty("error");
  });

  test.each([
    [true, true],
    [false, false],
  ])("fails, carried out: %s", (isCarriedOut, isGone) => {
    const world = worldOf();
    const ends = { code: "OperationTimedOut", text: "Too late." };
    const operation = askAzure(world, remove, { isCarriedOut, ends });
    world.advance(linkOperationMs);
    expect(operation).toMatchObject({ outcome: "error", error: ends });
    expect(truth(world.state).instance.linkDropped).toBe(isGone);
  });
});
