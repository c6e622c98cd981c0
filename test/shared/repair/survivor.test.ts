import { expect, test } from "vitest";
import { proposeSurvivor } from "../../../shared/repair/survivor.ts";
import { copy, repairInput } from "./samples.ts";

const copies = (box: object, instance: object) => ({
  copies: {
    box: { kind: "seen", copies: [copy(box)] },
    instance: { kind: "seen", copies: [copy(instance)] },
  } as const,
});

test.each([
  ["box", { lastHardenedLsn: "400" }, { lastHardenedLsn: "399" }],
  ["instance", { lastHardenedLsn: "99" }, { lastHardenedLsn: "100" }],
] as const)("the copy on the %s, which has hardened more, is proposed", (side, box, instance) => {
  expect(proposeSurvivor(copies(box, instance), false)).toEqual({ kind: "proposed", side });
});

test.each([
  ["both are equally far", {}, {}, /equally far/],
  ["one does not tell how far it is", { lastHardenedLsn: null }, {}, /cannot be compared/],
  ["their recovery forks differ", { lastHardenedLsn: "400", recoveryForkGuid: "X" }, {}, /forks/],
])("the operator says which where %s", (_why, box, instance, because) => {
  expect(proposeSurvivor(copies(box, instance), false)).toEqual({
    kind: "operator",
    because: expect.stringMatching(because) as string,
  });
});

test("the operator says which where a failover was forced, however far they are", () => {
  expect(proposeSurvivor(copies({ lastHardenedLsn: "400" }, {}), true).kind).toBe("operator");
});

test("the operator says which where a copy could not be read", () => {
  const problem = { code: "noAnswer", class: "retry", summary: "", remedy: "" } as const;
  const { copies: both } = repairInput();
  const input = { copies: { ...both, box: { kind: "unseen", problem } as const } };
  expect(proposeSurvivor(input, false).kind).toBe("operator");
});
