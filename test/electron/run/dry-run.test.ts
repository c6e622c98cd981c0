// A dry run against the practice estate: everything asked, nothing changed, by the estate's own statement log.
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { dryRun } from "../../../electron/run/dry-run.ts";
import { gateReader } from "../../../electron/run/gate-reader.ts";
import { lookAtLink } from "../../../electron/run/look-at-link.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { truth } from "../../../practice/world/truth.ts";
import type { Choices } from "../../../shared/choices/choices.ts";
import { defaultRemoval } from "../../../shared/choices/choices.ts";
import { dryRunLines } from "../../../shared/run/dry-run.ts";
import { guardPart } from "../../../shared/sql/guard.ts";
import type { PracticeRun } from "../../fakes/practice-run.ts";
import { practiceRun } from "../../fakes/practice-run.ts";
import { startTimedEstate } from "../../fakes/timed-estate.ts";
import { optionsFor, requestsOf, signInByBrowser } from "../azure/practice-azure.ts";

// A whole run each, on a machine that may do much else.
vi.setConfig({ testTimeout: 120_000 });

const open: { readonly estate: PracticeEstate; readonly run: PracticeRun }[] = [];
afterEach(async () => {
  for (const { estate, run } of open.splice(0)) {
    await run.close();
    await estate.stop();
  }
});

async function rehearsed(
  scenario: string,
  choices: Partial<Omit<Choices, "linkName" | "to">>,
  arrange: (estate: PracticeEstate) => void,
) {
  const estate = await startTimedEstate({ scenario });
  const azure = createAzureService(optionsFor(estate));
  await signInByBrowser(azure);
  const { clock } = estate;
  const run = await practiceRun(estate, clock, "instance", { choices, azure });
  open.push({ estate, run });
  const { approved } = await run.plan();
  if (approved === undefined) throw new Error("There is a plan.");
  arrange(estate);
  const { sessions } = run;
  const found = await dryRun(approved, {
    sessions,
    clock,
    planAgain: () => run.plan(),
    look: () => lookAtLink(sessions, approved.plan.link, clock),
    readGate: gateReader(approved.plan, sessions, clock),
  });
  return { estate, found, plan: approved.plan };
}

function changedNothing(estate: PracticeEstate): void {
  const { changes, linkOperations, primaries } = truth(estate.world.state);
  expect([changes, linkOperations]).toEqual([[], []]);
  expect(primaries).toEqual(["box"]);
  const texts = estate.world.state.statements.map(({ text }) => text);
  // A reading asks each of its queries in an EXEC of its own (tried.ts).
  const changing = /ALTER (?:AVAILABILITY|DATABASE)|DROP |EXEC \((?!N'SELECT\b)/u;
  expect(texts.filter((text) => changing.test(text))).toEqual([]);
  expect(requestsOf(estate).arm.length).toBeGreaterThan(0);
}

describe("a dry run", () => {
  test("of a move by DELETE asks both guards that hold now and shows every statement", async () => {
    const removal = { ...defaultRemoval, understood: true, dropGroup: true };
    const { estate, found, plan } = await rehearsed(
      "sql2019-cutover",
      { keepLink: false, removal },
      (one) => {
        one.world.setWorkload(false);
      },
    );
    changedNothing(estate);
    expect([found.refusal, found.gate?.verdict]).toEqual([null, "open"]);
    expect(found.steps.map(({ stepId, probe }) => [stepId, probe.kind])).toEqual([
      ["1-set-commit-mode", "held"],
      ["2-set-replication-mode", "notTried"],
      ["3-wait-for-gate", "readsOnly"],
      ["4-remove-link", "notTried"],
      ["5-drop-distributed-group", "later"],
      ["6-look-at-old-copy", "readsOnly"],
      ["7-drop-group", "later"],
      ["8-set-read-only", "later"],
      ["9-verify-removed", "readsOnly"],
      ["10-check-migration", "readsOnly"],
    ]);
    const lines = dryRunLines(found, plan).join("\n");
    for (const { statement, title } of plan.steps) {
      expect(lines).toContain(title);
      expect(lines).toContain(statement?.split("\n").at(-1) ?? "");
    }
    expect(lines).toContain("DELETE /subscriptions/");
  });

  test("says that a run would be refused, and that the gate is shut, where they are", async () => {
    const { estate, found } = await rehearsed("healthy", {}, (one) => {
      one.world.fault({ kind: "linkDisconnected", on: true });
      one.world.advance(30_000);
    });
    changedNothing(estate);
    expect(found.gate?.verdict).toBe("shut");
    expect(found.refusal).toContain("The plan no longer fits");
    expect(found.steps[1]).toMatchObject({ probe: { kind: "refused" } });
  });
});

test("the guard's part of every batch of the scenarios holds no statement that changes anything", () => {
  const plans = ["planned-2022-cu13", "planned-2022-failback", "hostile-names"].map(
    (name): unknown =>
      JSON.parse(
        readFileSync(new URL(`../../scenarios/${name}/plan.json`, import.meta.url), "utf8"),
      ),
  );
  for (const plan of plans as { readonly steps: readonly { readonly statement?: string }[] }[]) {
    for (const { statement } of plan.steps) {
      if (statement === undefined) continue;
      expect(guardPart(statement)).not.toMatch(/EXEC|ALTER/u);
    }
  }
  expect(() => guardPart("SELECT 1;")).toThrow("not guarded");
});
