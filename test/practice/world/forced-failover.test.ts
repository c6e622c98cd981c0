// Forced failover: two primaries, the loss, and the way back to one.
import { describe, expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import {
  ask,
  becomeSecondary,
  failover,
  forceFailover,
  resume,
  started,
  worldOf,
} from "./asking.ts";

describe("forced failover", () => {
  test("on the cut-off secondary returns at once, leaves two primaries and loses what had not arrived", async () => {
    const world = worldOf();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(5000);
    expect(await ask(world, "instance", forceFailover)).toEqual({ outputs: [] });
    expect(truth(world.state).instance.role).toBe("RESOLVING");
    world.advance(20_000);
    const { box, instance } = truth(world.state);
    expect([box.role, instance.role]).toEqual(["PRIMARY", "PRIMARY"]);
    expect(instance).toMatchObject({ updateability: "READ_WRITE", databaseState: "ONLINE" });
    expect(box.rows.hasEveryAcknowledged).toBe(true);
    expect(instance.rows.missing.length).toBeGreaterThan(5);
    expect(world.state.instance.copy.recoveryForkGuid).not.toBe(
      world.state.box.copy.recoveryForkGuid,
    );
  });

  test("forced while a block is on its way to disk: the block goes, and nothing of it is redone later", async () => {
    const world = worldOf();
    const { copy } = world.state.instance;
    while (copy.received === copy.hardened) world.advance(10);
    const hardened = copy.hardened;
    await ask(world, "instance", forceFailover);
    expect(copy.log).toHaveLength(hardened);
    world.advance(20_000);
    expect(copy.redone).toBe(copy.log.length);
    expect(truth(world.state).primaries).toEqual(["box", "instance"]);
  });

  test("the demoted old primary is suspended by its partner, and resumed it throws away its own log and follows", async () => {
    const world = worldOf();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(5000);
    await ask(world, "instance", forceFailover);
    world.advance(20_000);
    world.fault({ kind: "linkDisconnected", on: false });
    world.advance(1000);
    expect(await ask(world, "box", becomeSecondary)).toEqual({ outputs: [] });
    world.advance(3000);
    expect(world.state.box.copy).toMatchObject({ isSuspended: true, suspendReason: 1 });
    const diverged = truth(world.state).box.rows.count;
    await ask(world, "box", resume);
    world.advance(5000);
    const { box, instance } = truth(world.state);
    expect(box).toMatchObject({ role: "SECONDARY", health: "HEALTHY", isSuspended: false });
    expect(box.rows.count).toBe(instance.rows.count);
    expect(box.rows.count).toBeLessThan(diverged);
    expect(world.state.box.copy.log).toEqual(world.state.instance.copy.log);
  });

  test("without suspendedAfterForced the demoted copy follows by itself", async () => {
    const engine = { ...healthy.engine, suspendedAfterForced: false };
    const world = worldOf({ ...healthy, engine });
    await ask(world, "instance", forceFailover);
    world.advance(20_000);
    await ask(world, "box", becomeSecondary);
    world.advance(5000);
    expect(truth(world.state).box).toMatchObject({ role: "SECONDARY", health: "HEALTHY" });
  });

  test("is refused on the primary with 41122, on the local group with 41122, during a failover with 47513", async () => {
    const world = worldOf();
    expect(await ask(world, "box", forceFailover)).toMatchObject({ error: 41122 });
    const local = { ...forceFailover, group: "AG_Adatum" } as const;
    expect(await ask(world, "box", local)).toMatchObject({ error: 41122 });
    const planned = ask(world, "box", failover);
    await started();
    expect(await ask(world, "instance", forceFailover)).toMatchObject({ error: 47513 });
    world.advance(20_000);
    await planned;
  });

  test("on a link with failoverMode None is refused with 41985", async () => {
    const world = worldOf({ ...healthy, link: { ...healthy.link, failoverMode: "None" } });
    expect(await ask(world, "instance", forceFailover)).toMatchObject({ error: 41985 });
  });
});
