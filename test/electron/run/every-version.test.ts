// Every version, edition, policy, tier and direction of a link that can be moved: one run each, to the end the world tells.
import { describe, expect, test, vi } from "vitest";
import type { Side } from "../../../shared/estate/estate.ts";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import { openRun, toItsEnd } from "./practice-azure-run.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

describe("link kept", () => {
  test.each<[string, Side, number]>([
    ["sql2025-policy2025", "instance", 4],
    ["sql2022-standard", "instance", 3],
    ["business-critical", "instance", 4],
    ["multi-node-box", "instance", 4],
    ["instance-primary", "box", 3],
    ["instance-first-primary", "box", 3],
  ])("%s moves to the %s in %i steps", async (scenario, to, steps) => {
    const { end, world, planning } = await toItsEnd(await openRun(scenario, {}, to));
    expect(end.outcome, end.summary).toBe("succeeded");
    expect(planning.approved?.plan.steps).toHaveLength(steps);
    expect(world).toMatchObject({
      primaries: [to],
      linkOperations: [],
      [to]: {
        updateability: "READ_WRITE",
        linkDropped: false,
        rows: { hasEveryAcknowledged: true },
      },
    });
    // DBAs are told which mode the link has after FAILOVER: the engine leaves it asynchronous.
    expect(world[to].linkAvailabilityMode).toEqual({
      box: "ASYNCHRONOUS_COMMIT",
      instance: "ASYNCHRONOUS_COMMIT",
    });
  });
});

describe("one way, by the end of the link", () => {
  test.each(["sql2016", "sql2017", "sql2022-rtm", "sql2022-cu12", "policy-always-up-to-date"])(
    "%s",
    async (scenario) => {
      const removal = { ...defaultRemoval, understood: true };
      const opened = await openRun(scenario, { keepLink: false, removal });
      const { end, world, planning } = await toItsEnd(opened);
      expect(end.outcome, end.summary).toBe("succeeded");
      expect(planning.approved?.plan.move).toBe("delete");
      expect(world.linkOperations.at(-1)).toMatchObject({ text: "DELETE", count: 1 });
      expect(world).toMatchObject({
        failovers: [],
        box: { linkDropped: true, localGroupDropped: false },
        instance: { updateability: "READ_WRITE", rows: { hasEveryAcknowledged: true } },
      });
    },
  );
});
