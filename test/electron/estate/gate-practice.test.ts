import { describe, expect, test } from "vitest";
import type { WorldSettings } from "../../../practice/world/state.ts";
import type { GateState } from "../../../shared/gate/gate.ts";
import { isOpen, practiceGate } from "./practice-gate.ts";
import type { PracticeGate } from "./practice-gate.ts";

/** Every combination of the first three; the others take turns. */
const combinations: readonly Partial<WorldSettings>[] = (["kept", "zero", "null"] as const)
  .flatMap((commitLsnAfterRestart) =>
    (["none", "counted", "primaryOnly"] as const).flatMap((systemCommits) =>
      (["null", "value"] as const).map((primaryHardened) => ({
        commitLsnAfterRestart,
        systemCommits,
        primaryHardened,
      })),
    ),
  )
  .map((settings, index) => ({
    ...settings,
    hardenedLsn: index % 2 === 0 ? "nextBlock" : "sameBlock",
    endOfLogLsn: index % 4 < 2 ? "lastBlock" : "nextBlock",
    ownRow: (["dagRow", "dagRowWithoutCommitLsn", "localRowOnly"] as const)[index % 3] ?? "dagRow",
  }));

/** What the world itself says: every block of the primary is hardened and redone on the instance. */
function isCaughtUp({ practice }: PracticeGate): boolean {
  const { box, instance } = practice.world.state;
  const blocks = box.copy.log.length;
  return instance.copy.hardened === blocks && instance.copy.redone === blocks;
}

const by = (states: readonly GateState[]) => {
  const verdict = states.at(-1)?.verdict;
  return verdict?.kind === "open" ? verdict.by : verdict?.because;
};
const seconds = (states: readonly GateState[]) =>
  ((states.at(-1)?.last.atMs ?? 0) - (states[0]?.last.atMs ?? 0)) / 1000;

describe.each(combinations)("with %j", (settings) => {
  test("the gate is shut while log is on its way, opens on equal commits, and by the fallback after an idle restart", async () => {
    const gate = await practiceGate("healthy", settings);
    try {
      const { world } = gate.practice;
      world.fault({ kind: "networkDelay", ms: 8000 });
      world.advance(1000);
      world.setWorkload(false);
      expect(isCaughtUp(gate)).toBe(false);
      const opening = await gate.watch(60, (state) => {
        if (!isCaughtUp(gate)) expect(state.verdict.kind).toBe("shut");
        return isOpen(state);
      });
      expect([by(opening), isCaughtUp(gate)]).toEqual(["commitLsn", true]);
      expect(seconds(opening)).toBeGreaterThanOrEqual(10);

      world.fault({ kind: "networkDelay", ms: 20 });
      for (const server of ["instance", "box"] as const) {
        world.fault({ kind: "restart", server });
        const again = await gate.watch(90, isOpen);
        expect(by(again)).toBe(
          settings.commitLsnAfterRestart === "kept" ? "commitLsn" : "fallback",
        );
        if (settings.commitLsnAfterRestart !== "kept") {
          expect(seconds(again)).toBeGreaterThanOrEqual(30);
        }
      }
    } finally {
      await gate.end();
    }
  });
});

describe("a system task that commits every second", () => {
  test.each(["counted", "primaryOnly"] as const)(
    "%s: is named, and the gate opens only by the tick",
    async (systemCommits) => {
      const gate = await practiceGate("healthy", { systemCommits }, 1000);
      try {
        const { world } = gate.practice;
        world.setWorkload(false);
        world.advance(2000);
        world.state.workload.systemCommitEveryMs = 1000;
        const states = await gate.watch(80);
        expect(states.filter(isOpen)).toEqual([]);
        expect(states.at(-1)?.sentence).toContain("a system task writes");
        gate.acceptUnproved.value = true;
        expect(by(await gate.watch(80, isOpen))).toBe("tick");
      } finally {
        await gate.end();
      }
    },
  );

  test("none: does not matter, the gate opens on equal commits", async () => {
    const gate = await practiceGate("healthy", { systemCommits: "none" }, 1000);
    try {
      gate.practice.world.setWorkload(false);
      gate.practice.world.state.workload.systemCommitEveryMs = 1000;
      gate.practice.world.advance(2000);
      expect(by(await gate.watch(20, isOpen))).toBe("commitLsn");
    } finally {
      await gate.end();
    }
  });
});

test.each([
  ["lagging", "behind"],
  ["suspended", "suspended"],
  ["disconnected", "notConnected"],
  ["wrong-node", "rolesMoved"],
])("in the scenario %s the gate is shut: %s", async (scenario, because) => {
  const gate = await practiceGate(scenario);
  try {
    gate.practice.world.setWorkload(false);
    gate.acceptUnproved.value = true;
    expect(by(await gate.watch(5))).toBe(because);
  } finally {
    await gate.end();
  }
});
