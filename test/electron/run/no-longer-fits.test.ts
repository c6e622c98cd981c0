// Why an approved plan is refused: in the words of what has moved, of what stands in the way, or of a new warning.
import { describe, expect, test } from "vitest";
import { noLongerFits } from "../../../electron/run/no-longer-fits.ts";
import type { Finding } from "../../../shared/checks/finding.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { fakeLink } from "../../fakes/fake-link.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";

const warning: Finding = {
  check: "logBackup",
  level: "warning",
  blocks: false,
  where: "box",
  server: "SQLBOX01",
  summary: "The last log backup is 3 h old.",
  remedy: "Take one.",
};
const failed: Finding = { ...warning, level: "failed", blocks: true, summary: "It is blocked." };

function why(findings: readonly Finding[], change: (link: ReturnType<typeof fakeLink>) => void) {
  const link = fakeLink();
  change(link);
  return noLongerFits(fakePlan, findings, link.look(fakeClock())).summary;
}

describe("a plan that no longer fits", () => {
  test("says what the server was and what it is, whatever else has been found", () => {
    const moved = why([failed], (link) => {
      link.setRoles("SECONDARY", "PRIMARY");
    });
    expect(moved).toBe(
      "The plan no longer fits: SQLBOX01 was PRIMARY when it was approved and is SECONDARY now. Nothing was sent.",
    );
  });

  test.each([
    ["what stands in its way", [warning, failed], "It is blocked."],
    ["a warning that nobody approved", [warning], "The last log backup is 3 h old."],
    [
      "that it is another plan",
      [],
      "Both sides give another plan now than the one that was approved.",
    ],
  ])("says %s where both servers are as planned", (_what, findings, sentence) => {
    expect(why(findings, () => undefined)).toBe(
      `The plan no longer fits: ${sentence} Nothing was sent.`,
    );
  });
});
