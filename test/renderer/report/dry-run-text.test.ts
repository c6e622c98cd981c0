// The text of the window Dry run: what was found, and every step with what it would send.
import { expect, test } from "vitest";
import { dryRunText } from "../../../renderer/report/dry-run-text.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";

test("says first that nothing was sent, then tells every step, each name on its own line", () => {
  const plan = fakePlan;
  const [first] = plan.steps;
  if (first === undefined) throw new Error("The plan has steps.");
  const text = dryRunText(
    {
      planHash: "7f3a",
      refusal: "SQLBOX\nA run would begin now.",
      findings: [],
      gate: null,
      steps: [{ stepId: first.id, probe: { kind: "refused", summary: "no\u202eright" } }],
    },
    plan,
  );
  const lines = text.split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "DRY RUN. Nothing that changes anything was sent.",
    "A run would be refused now: SQLBOX\\u000aA run would begin now.",
    "The gate was not looked through.",
  ]);
  expect(lines).toContain("   Would change nothing: no\\u202eright");
  for (const [index, { title, statement }] of plan.steps.entries()) {
    expect(text).toContain(`\n${String(index + 1)}. ${title} (`);
    for (const line of statement?.split("\n") ?? []) expect(lines).toContain(`   | ${line}`);
  }
});
