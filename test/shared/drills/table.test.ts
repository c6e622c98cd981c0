// The drills as data: the estate knows every request in them, and each begins where its goal is not reached.
import { describe, expect, test } from "vitest";
import { controlRequest } from "../../../practice/control/request.ts";
import { findScenario } from "../../../practice/scenarios/all.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { isReached } from "../../../shared/drills/drill.ts";
import { drills } from "../../../shared/drills/table.ts";
import type { WorldTruth } from "../../../shared/drills/world-truth.ts";
import { worldTruth } from "../../../shared/drills/world-truth.ts";

test("each drill has a name and an id of its own", () => {
  for (const key of ["id", "name"] as const) {
    expect(new Set(drills.map((drill) => drill[key])).size).toBe(drills.length);
  }
});

describe.each(drills)("$name", ({ scenario, strikes, goal, help }) => {
  test("sends nothing that the estate does not know", () => {
    expect(findScenario(scenario)).toBeDefined();
    for (const request of [...strikes, ...(help?.sends ?? [])]) {
      expect(controlRequest.safeParse(request).error).toBeUndefined();
    }
  });

  test("starts from a world in which everything was done already, and its goal is not reached", async () => {
    const estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
    try {
      estate.world.fault({ kind: "forced", server: "instance" });
      estate.world.advance(20_000);
      for (const request of [{ do: "startOver", scenario }, ...strikes]) {
        expect(estate.control(request)).toMatchObject({ ok: true });
      }
      estate.world.advance(30_000);
      const answer = estate.control({ ask: "truth" });
      expect(answer.ok).toBe(true);
      expect(isReached(goal, worldTruth.parse(answer.ok ? answer.value : null))).toBe(false);
    } finally {
      await estate.stop();
    }
  });
});

describe("a goal", () => {
  const side = {
    name: "S",
    isPartnerConnected: true,
    isSuspended: false,
    linkDropped: false,
    takesWrites: true,
    rows: { count: 40, onlyHere: 0 },
  };
  const world: WorldTruth = {
    nowMs: 0,
    box: side,
    instance: { ...side, takesWrites: false },
    primaries: ["box"],
    closedMs: 0,
    restored: [],
    gone: { lost: [], saved: [] },
  };

  test("of one primary needs exactly one, that takes writes, and a link that works", () => {
    const one = (changed: Partial<WorldTruth>) =>
      isReached({ kind: "onePrimary" }, { ...world, ...changed });
    expect(one({})).toBe(true);
    expect(one({ primaries: [] })).toBe(false);
    expect(one({ primaries: ["box", "instance"] })).toBe(false);
    expect(one({ primaries: ["instance"] })).toBe(false);
    expect(one({ instance: { ...world.instance, isSuspended: true } })).toBe(false);
    expect(one({ box: { ...side, isPartnerConnected: false } })).toBe(false);
    expect(isReached({ kind: "onePrimary", side: "instance" }, world)).toBe(false);
    expect(isReached({ kind: "onePrimary", side: "box" }, world)).toBe(true);
  });

  test("of a database that was brought back needs every row of the instance's on SQL Server", () => {
    const of = (...restored: WorldTruth["restored"]) =>
      isReached({ kind: "broughtBack" }, { ...world, restored });
    const copy = { server: "box", name: "Adatum_failback", rows: 40 } as const;
    expect(of()).toBe(false);
    expect(of({ ...copy, rows: 39 })).toBe(false);
    expect(of({ ...copy, server: "instance" })).toBe(false);
    expect(of(copy)).toBe(true);
  });

  test("of a side that takes writes, or of a link that is gone, asks for nothing else", () => {
    expect(isReached({ kind: "takesWrites", side: "box" }, world)).toBe(true);
    expect(isReached({ kind: "takesWrites", side: "instance" }, world)).toBe(false);
    expect(isReached({ kind: "linkGone" }, world)).toBe(false);
    const gone = { ...world, instance: { ...world.instance, linkDropped: true } };
    expect(isReached({ kind: "linkGone" }, gone)).toBe(true);
  });
});
