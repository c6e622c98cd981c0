// Planning a move that leaves no link: by FAILOVER and removal, and by the end of the link in place of a failover.
import { describe, expect, test } from "vitest";
import type { Choices, RemovalChoices } from "../../../shared/choices/choices.ts";
import { defaultGateSettings, defaultRemoval } from "../../../shared/choices/choices.ts";
import type { AzureFact } from "../../../shared/estate/azure-fact.ts";
import { buildPlan } from "../../../shared/plan/build.ts";
import type { Plan, Step } from "../../../shared/plan/plan.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import { azureIds, azureOf } from "../../scenarios/azure-fact.ts";
import type { LinkShape } from "../../scenarios/linked-estate.ts";
import { adatum, plannedChoices } from "../../scenarios/linked-estate.ts";
import { inputFor } from "./planned.ts";

const on2019: LinkShape = {
  ...adatum,
  box: { ...adatum.box, productVersion: "15.0.4430.1" },
};
const understood: RemovalChoices = { ...defaultRemoval, understood: true };
const linkPath = `/subscriptions/${azureIds.subscriptionId}/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1/distributedAvailabilityGroups/DAG_AdatumBooks`;

describe("a move by FAILOVER that removes the link", () => {
  test("waits for the first full backup before the DELETE, and drops the distributed group after it", () => {
    const plan = planOf(adatum, {});
    expect(plan.steps.map(({ id, runsOn }) => [id, runsOn])).toEqual([
      ["1-wait-for-gate", "both"],
      ["2-failover", "box"],
      ["3-verify-roles", "both"],
      ["4-wait-for-full-backup", "instance"],
      ["5-remove-link", "azure"],
      ["6-drop-distributed-group", "box"],
      ["7-look-at-old-copy", "box"],
      ["8-verify-removed", "both"],
      ["9-check-migration", "instance"],
    ]);
    expect(stepOf(plan, "removeLink")).toMatchObject({
      request: { method: "DELETE", path: linkPath, apiVersion: "2025-01-01" },
      rolesBefore: { box: "SECONDARY", instance: "PRIMARY" },
      undo: { kind: "irreversible" },
      safeToStopAfter: false,
    });
    expect(plan).toMatchObject({ move: "failover", keepLink: false, azure: azureIds });
    expect(plan.summary).toContain("both copies can be written and are independent");
  });

  test("sets no commit mode: the engine switches by itself", () => {
    const kinds = planOf(adatum, {}).steps.map(({ action }) => action.kind);
    expect(kinds).not.toContain("setCommitMode");
    expect(kinds).not.toContain("setReplicationMode");
  });

  test("waits for no backup of the service when the database goes to SQL Server", () => {
    const plan = planOf({ ...adatum, primary: "instance" }, {});
    expect(plan.steps.map(({ action }) => action.kind)).toEqual([
      "waitForGate",
      "failover",
      "verifyRoles",
      "removeLink",
      "dropDistributedGroup",
      "lookAtOldCopy",
      "verifyRemoved",
    ]);
    expect(stepOf(plan, "lookAtOldCopy").runsOn).toBe("instance");
  });

  test("drops the group last and closes the copy by a step only where the group goes", () => {
    const removal = { ...defaultRemoval, dropGroup: true };
    expect(
      planOf(adatum, { removal })
        .steps.map(({ id }) => id)
        .slice(5),
    ).toEqual([
      "6-drop-distributed-group",
      "7-look-at-old-copy",
      "8-drop-group",
      "9-set-read-only",
      "10-verify-removed",
      "11-check-migration",
    ]);
    const open = { ...removal, keepOldCopyClosed: false };
    expect(stepsOf(planOf(adatum, { removal: open }))).not.toContain("setReadOnly");
  });
});

describe("a move by the end of the link", () => {
  test("sets both ends synchronous with what takes it back, and deletes only while the gate is open", () => {
    const plan = planOf(on2019, { removal: understood });
    expect(plan.steps.map(({ id, runsOn, onFailure }) => [id, runsOn, onFailure])).toEqual([
      ["1-set-commit-mode", "box", "stopRun"],
      ["2-set-replication-mode", "azure", "warn"],
      ["3-wait-for-gate", "both", "stopRun"],
      ["4-remove-link", "azure", "stopRun"],
      ["5-drop-distributed-group", "box", "stopRun"],
      ["6-look-at-old-copy", "box", "stopRun"],
      ["7-verify-removed", "both", "stopRun"],
      ["8-check-migration", "instance", "warn"],
    ]);
    const mode = stepOf(plan, "setCommitMode");
    expect(lastLine(mode.statement)).toBe(
      "EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] MODIFY AVAILABILITY GROUP ON N''AG_AdatumBooks'' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT), N''AG_AdatumBooks_MI'' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT);');",
    );
    expect(mode.takeBack).toMatchObject({
      statement: expect.stringContaining("AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT") as string,
    });
    expect(stepOf(plan, "setReplicationMode")).toMatchObject({
      request: {
        method: "PATCH",
        path: linkPath,
        body: { properties: { replicationMode: "Sync" } },
      },
      takeBack: {
        request: { method: "PATCH", body: { properties: { replicationMode: "Async" } } },
      },
    });
    expect(stepOf(plan, "removeLink")).toMatchObject({
      action: { onlyWhile: "gateIsOpen" },
      rolesBefore: { box: "PRIMARY", instance: "SECONDARY" },
    });
  });

  test("has no tick at its gate, whatever was ticked", () => {
    const gate = { ...defaultGateSettings, acceptUnproved: true };
    const { action } = stepOf(planOf(on2019, { removal: understood, gate }), "waitForGate");
    expect(action).toMatchObject({ gate: { acceptUnproved: false, beforeDelete: true } });
  });

  test("leaves a mode alone that is synchronous already in Azure", () => {
    const azure = azureOf(on2019, { replicationMode: "Sync" });
    expect(stepsOf(planOf(on2019, { removal: understood }, azure))).not.toContain(
      "setReplicationMode",
    );
  });

  test("is the only way where the link was made for one way, also on a new version", () => {
    const azure = azureOf(adatum, { failoverMode: "None" });
    expect(planOf(adatum, { removal: understood }, azure).move).toBe("delete");
  });

  test.each<[string, Partial<Choices>, AzureFact, string]>([
    [
      "the link is to stay",
      { keepLink: true, removal: understood },
      azureOf(on2019),
      "cannot stay in the link",
    ],
    ["nobody said that it is understood", {}, azureOf(on2019), "independent"],
    [
      "nobody is signed in",
      { removal: understood },
      { kind: "notAsked" },
      "Nobody is signed in to Azure",
    ],
  ])("is not planned when %s", (_, choices, azure, words) => {
    const answer = answerFor(on2019, choices, azure);
    expect(answer.kind).toBe("refused");
    expect(answer.kind === "refused" && answer.findings[0]?.summary).toContain(words);
  });
});

test("FAILOVER asked of Azure carries the statement that takes its place on a 403", () => {
  const shape: LinkShape = { ...adatum, primary: "instance" };
  const plan = planOf(shape, { keepLink: true, failoverBy: "arm" });
  expect(stepOf(plan, "failover")).toMatchObject({
    runsOn: "azure",
    request: { method: "POST", path: `${linkPath}/failover`, body: { failoverType: "Planned" } },
    instead: { runsOn: "instance" },
  });
  expect(planOf(adatum, { keepLink: true, failoverBy: "arm" }).steps[1]?.runsOn).toBe("box");
});

test("every such plan reads back the same from JSON", () => {
  for (const shape of [adatum, on2019]) {
    const removal = { ...understood, dropGroup: true };
    const plan = planOf(shape, { removal });
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  }
});

function answerFor(shape: LinkShape, choices: Partial<Choices>, azure?: AzureFact) {
  const input = inputFor(shape);
  return buildPlan({
    ...input,
    estate: { ...input.estate, azure: azure ?? azureOf(shape) },
    choices: plannedChoices(shape, { keepLink: false, ...choices }),
  });
}

function planOf(shape: LinkShape, choices: Partial<Choices>, azure?: AzureFact): Plan {
  const answer = answerFor(shape, choices, azure);
  if (answer.kind === "refused") throw new Error(JSON.stringify(answer.findings));
  return answer.plan;
}

function stepOf(plan: Plan, kind: Step["action"]["kind"]): Step {
  const found = plan.steps.find(({ action }) => action.kind === kind);
  if (found === undefined) throw new Error(`The plan has no ${kind}.`);
  return found;
}

function stepsOf(plan: Plan): readonly string[] {
  return plan.steps.map(({ action }) => action.kind);
}

function lastLine(text: string | undefined): string | undefined {
  return text?.split("\n").at(-1);
}
