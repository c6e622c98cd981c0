// Planned failover refused: each rule with its error number.
import { describe, expect, test } from "vitest";
import { belowCu13 } from "../../../practice/scenarios/below-cu13.ts";
import { disconnected } from "../../../practice/scenarios/disconnected.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { lagging } from "../../../practice/scenarios/lagging.ts";
import { suspended } from "../../../practice/scenarios/suspended.ts";
import { wrongNode } from "../../../practice/scenarios/wrong-node.ts";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth } from "../../../practice/world/truth.ts";
import {
  ask,
  becomeSecondary,
  dropGroup,
  failover,
  hostileName,
  started,
  worldOf,
  type Refusal,
} from "./asking.ts";

describe("planned failover is refused", () => {
  const named = (group: string): ServerStatement => ({ kind: "availabilityGroupFailover", group });
  const refusals: readonly Refusal[] = [
    { name: "on the secondary with 47517", server: "instance", error: 47517 },
    { name: "below CU13 with 19504", scenario: belowCu13, error: 19504 },
    { name: "on a secondary node of its group with 41140", scenario: wrongNode, error: 41140 },
    { name: "while the secondary is suspended with 47514", scenario: suspended, error: 47514 },
    { name: "while the link is down with 47514", scenario: disconnected, error: 47514 },
    { name: "while the send queue is too large with 47515", scenario: lagging, error: 47515 },
    { name: "for a hostile name with 15151", statement: named(hostileName), error: 15151 },
    { name: "for the local group with 47122", statement: named("AG_Adatum"), error: 47122 },
  ];
  test.each(refusals)("$name, and changes nothing", async ({ error, ...refused }) => {
    const { scenario, server = "box", statement = failover } = refused;
    const world = worldOf(scenario);
    expect(await ask(world, server, statement)).toMatchObject({ error });
    world.advance(20_000);
    const { box, instance, failovers } = truth(world.state);
    expect([box.role, instance.role, failovers]).toEqual(["PRIMARY", "SECONDARY", []]);
  });

  test("while the redo queue is too large with 47516", async () => {
    const { link, workload } = healthy;
    const world = worldOf({
      ...healthy,
      link: { ...link, redoRateKbPerSecond: 20 },
      workload: { ...workload, kbPerCommit: 64 },
    });
    expect(await ask(world, "box", failover)).toMatchObject({ error: 47516 });
  });

  test("while another failover is in progress with 47513", async () => {
    const world = worldOf();
    const first = ask(world, "box", failover);
    await started();
    expect(await ask(world, "box", failover)).toMatchObject({ error: 47513 });
    world.advance(20_000);
    expect(await first).toEqual({ outputs: [] });
  });

  test("when the other side has dropped the link with 47511", async () => {
    const world = worldOf();
    await ask(world, "instance", dropGroup("LINK_Adatum"));
    expect(await ask(world, "box", failover)).toMatchObject({ error: 47511 });
  });

  test("after this side was demoted with 47517", async () => {
    const world = worldOf();
    await ask(world, "box", becomeSecondary);
    expect(await ask(world, "box", failover)).toMatchObject({ error: 47517 });
  });
});
