// Log positions of both sides under every combination of the settings.
import { describe, expect, test } from "vitest";
import type { ReplicaRow } from "../../../practice/world/replica-row.ts";
import type { ServerKey } from "../../../practice/world/state.ts";
import { until } from "./asking.ts";
import { find, idle } from "./rows.ts";

const combinations = (["nextBlock", "sameBlock"] as const).flatMap((hardenedLsn) =>
  (["lastBlock", "nextBlock"] as const).flatMap((endOfLogLsn) =>
    (["null", "value"] as const).flatMap((primaryHardened) =>
      (["none", "counted", "primaryOnly"] as const).flatMap((systemCommits) =>
        (["dagRow", "dagRowWithoutCommitLsn", "localRowOnly"] as const).map((ownRow) => ({
          hardenedLsn,
          endOfLogLsn,
          primaryHardened,
          systemCommits,
          ownRow,
        })),
      ),
    ),
  ),
);

describe("rows under every combination of the settings", () => {
  test.each(combinations)("%o: a caught-up idle link agrees column by column", (settings) => {
    const world = idle(settings);
    const local = (key: ServerKey): ReplicaRow => find(world, key, (row) => row.group === "local");
    const [box, instance] = [local("box"), local("instance")];
    expect(instance.lastCommitLsn).toBe(box.lastCommitLsn);
    expect(instance.endOfLogLsn).toBe(box.endOfLogLsn);
    const hardened = settings.primaryHardened === "null" ? null : instance.lastHardenedLsn;
    expect(box.lastHardenedLsn).toBe(hardened);
    expect(instance.lastHardenedLsn).toMatch(/^\d{25}$/);
    // The two columns name the same block only where both rules say so.
    const same = (settings.hardenedLsn === "nextBlock") === (settings.endOfLogLsn === "nextBlock");
    expect(instance.lastHardenedLsn === instance.endOfLogLsn).toBe(same);
  });

  test.each(combinations)(
    "%o: one commit short is behind in last_commit and end_of_log",
    (settings) => {
      const world = idle(settings);
      const local = (key: ServerKey): ReplicaRow =>
        find(world, key, (row) => row.group === "local");
      world.fault({ kind: "networkDelay", ms: 60_000 });
      const before = local("box");
      world.setWorkload(true);
      until(world, () => local("box").lastCommitLsn !== before.lastCommitLsn);
      world.setWorkload(false);
      const [box, instance] = [local("box"), local("instance")];
      expect(instance.lastCommitLsn).toBe(before.lastCommitLsn);
      expect(BigInt(instance.lastCommitLsn ?? "")).toBeLessThan(BigInt(box.lastCommitLsn ?? ""));
      expect(BigInt(instance.endOfLogLsn ?? "")).toBeLessThan(BigInt(box.endOfLogLsn ?? ""));
      expect(instance.lastHardenedLsn).toBe(
        settings.primaryHardened === "null" ? instance.lastHardenedLsn : before.lastHardenedLsn,
      );
    },
  );
});
