// 15151 in a run over real TDS, where the group is there: a look that may see it tells that the right is what is missing.
import { describe, expect, test, vi } from "vitest";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import type { RunEvent } from "../../../shared/run/events.ts";
import type { OpenRun } from "./practice-azure-run.ts";
import { openRun, toItsEnd } from "./practice-azure-run.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const dropping = { keepLink: false, removal: { ...defaultRemoval, understood: true } };

/** The right is taken once the failover's or the drop's begin is on disk: every check before it has passed. */
function withoutTheRight(opened: OpenRun, step: string) {
  return (event: RunEvent) => {
    if (event.kind !== "stepBegan" || !event.stepId.endsWith(step)) return;
    opened.estate.world.fault({
      kind: "permissionTaken",
      server: "box",
      permission: "ALTER ANY AVAILABILITY GROUP",
      on: true,
    });
  };
}

function endedStep(events: readonly RunEvent[], step: string) {
  return events.find((event) => event.kind === "stepEnded" && event.stepId.endsWith(step));
}

describe("a login that may not change the group", () => {
  test("is told so after the FAILOVER, since the group is seen: nothing happened", async () => {
    const opened = await openRun("healthy");
    const { end, world, events } = await toItsEnd(opened, withoutTheRight(opened, "failover"));
    expect(end.outcome).toBe("failed");
    expect(endedStep(events, "failover")).toMatchObject({
      outcome: "failed",
      problem: {
        code: "noPermission",
        class: "block",
        sqlNumber: 15151,
        summary:
          "SQLBOX01 shows the availability group LINK_Adatum, so it is the right to change it that this login lacks.",
        detail: expect.stringContaining("does not exist or you do not have permission") as string,
      },
    });
    expect(world.primaries).toEqual(["box"]);
    const sent = opened.estate.world.state.statements.filter(({ text }) =>
      text.includes("FAILOVER;"),
    );
    expect(sent).toHaveLength(1);
  });

  test("is told so after the DROP, and the group stays", async () => {
    const opened = await openRun("sql2019-cutover", dropping);
    const step = "drop-distributed-group";
    const { end, world, events } = await toItsEnd(opened, withoutTheRight(opened, step));
    expect(end.outcome).toBe("failed");
    expect(endedStep(events, step)).toMatchObject({
      outcome: "failed",
      problem: { code: "noPermission", class: "block", sqlNumber: 15151 },
    });
    expect(world.box).toMatchObject({ linkDropped: false });
  });
});
