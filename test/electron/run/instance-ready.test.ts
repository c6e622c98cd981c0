// The instance is changed in Azure only while it is Ready: read once more directly before the one request. In memory.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lookWithAzureFor } from "../../../electron/run/look-at-link.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { parsePlan } from "../../../shared/plan/parse.ts";
import type { Plan } from "../../../shared/plan/plan.ts";
import { busy, fakeAzure } from "../../fakes/fake-azure.ts";
import { fakePlan } from "../../fakes/fake-plan.ts";
import { fakeRun } from "../../fakes/fake-run.ts";
import { azureOf } from "../../scenarios/azure-fact.ts";
import { adatum } from "../../scenarios/linked-estate.ts";

const file = "test/scenarios/hybrid-benefit-passive/plan.json";
const { steps, azure: place } = parsePlan(JSON.parse(readFileSync(file, "utf8")));
const plan: Plan = { ...fakePlan, kind: "hybridBenefit", move: "none", steps, azure: place };

/** Azure shows the instance in that state, and Passive once it was asked. */
async function runWhile(state: string | null) {
  let asked = 0;
  const azure = fakeAzure({
    readInstance() {
      const { instance } = azureOf(adatum);
      const hybridSecondaryUsage = asked === 0 ? "Active" : "Passive";
      if (state === "hidden") return Promise.reject(new AppError(busy));
      return Promise.resolve({
        instance: { ...instance, state, hybridSecondaryUsage },
        trustCertificates: [],
      });
    },
    send(...request) {
      asked += 1;
      return fakeAzure().send(...request);
    },
  });
  const run = fakeRun({ plan, azure });
  const lookWithAzure = () => lookWithAzureFor(plan, run.tools.look, azure);
  const end = await runPlan({ ...run.tools, lookWithAzure });
  return { end, asked };
}

test.each([
  ["Updating", "is Updating, and is changed only while it is Ready. Nothing was sent."],
  ["Stopped", "is Stopped, and is changed only while it is Ready. Nothing was sent."],
  [null, "is in a state that Azure does not tell, and is changed only while it is Ready."],
  ["hidden", busy.summary],
])("%s directly before: nothing is asked of Azure", async (state, said) => {
  const { end, asked } = await runWhile(state);
  expect([end.outcome, asked]).toEqual(["failed", 0]);
  expect(end.summary).toContain(said);
});

test("Ready directly before: it is asked once, and read back", async () => {
  const { end, asked } = await runWhile("Ready");
  expect([end.outcome, asked], end.summary).toEqual(["succeeded", 1]);
});
