// A step that asks Azure: sent once whatever becomes of the answer, and believed only when it is read back.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { AzureLink } from "../../../electron/run/azure-link.ts";
import { runPlan } from "../../../electron/run/runner.ts";
import {
  busy,
  deletePlan,
  failed,
  fakeAzure,
  gone,
  running,
  theLink,
} from "../../fakes/fake-azure.ts";
import type { FakeRun } from "../../fakes/fake-run.ts";
import { fakeRun } from "../../fakes/fake-run.ts";

interface Deleted {
  readonly run: FakeRun;
  readonly sent: () => number;
}

/** `deletesAfterMs`: when both sides and Azure show that the link is gone; null never. */
function deleting(deletesAfterMs: number | null, more: Partial<AzureLink> = {}): Deleted {
  let sent = 0;
  let isGone = false;
  const azure = fakeAzure({
    read: () => Promise.resolve(isGone ? null : theLink()),
    ...more,
    send: (request) => {
      sent += 1;
      if (deletesAfterMs !== null) {
        run.clock.at(run.clock.nowMs() - startMs + deletesAfterMs, () => {
          isGone = true;
          run.link.instance.role = { kind: "absent" };
          run.link.instance.updateability = "READ_WRITE";
        });
      }
      return more.send?.(request) ?? fakeAzure().send(request);
    },
  });
  const run = fakeRun({ plan: deletePlan, azure });
  const startMs = run.clock.nowMs();
  return { run, sent: () => sent };
}

const lost = new AppError({ ...busy, code: "armAnswerLost", class: "ambiguous" });
const setRoleFailed = new AppError({ ...busy, code: "armSetRoleFailed", class: "ambiguous" });
const refused = new AppError(busy);

describe("the DELETE in place of a failover", () => {
  test("is journaled before it is waited for, and done when it is read back", async () => {
    const { run, sent } = deleting(4_000);
    const end = await runPlan(run.tools);
    expect([end.outcome, sent()]).toEqual(["succeeded", 1]);
    const kinds = run.events.filter((one) => "stepId" in one && one.stepId === "2-remove-link");
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind !== "stepProgress")).toEqual([
      "stepBegan",
      "operationAccepted",
      "statementReturned",
      "readBack",
      "stepEnded",
    ]);
  });

  test.each<[string, number | null, Partial<AzureLink>, string]>([
    ["was refused", null, { send: () => Promise.reject(refused) }, "failed"],
    [
      "failed, and everything is as it was",
      null,
      { poll: () => Promise.resolve(failed) },
      "failed",
    ],
    [
      "was refused in words that leave open what was done, and shows nothing",
      null,
      { send: () => Promise.reject(setRoleFailed) },
      "failed",
    ],
    ["lost its answer, and is read back", 4_000, { send: () => Promise.reject(lost) }, "warning"],
    ["lost its answer, and shows nothing", null, { send: () => Promise.reject(lost) }, "unknown"],
    [
      "has no result any more, and is read back",
      4_000,
      { poll: () => Promise.resolve(gone) },
      "warning",
    ],
    ["never ends", null, { poll: () => Promise.resolve(running) }, "unknown"],
    ["ends without having deleted", null, {}, "unknown"],
  ])("that %s ends so, and is never sent again", async (_, deletesAfterMs, more, outcome) => {
    const { run, sent } = deleting(deletesAfterMs, more);
    const end = await runPlan(run.tools);
    expect([end.outcome, sent()]).toEqual([outcome, 1]);
  });

  test("waits through questions that Azure does not answer", async () => {
    let asked = 0;
    const { run } = deleting(4_000, {
      poll() {
        asked += 1;
        return asked < 4 ? Promise.reject(refused) : Promise.resolve({ kind: "succeeded" });
      },
    });
    expect((await runPlan(run.tools)).outcome).toBe("succeeded");
    expect(asked).toBe(4);
  });

  test("is not sent where nobody is signed in", async () => {
    const run = fakeRun({ plan: deletePlan });
    const end = await runPlan(run.tools);
    expect([end.outcome, end.summary]).toEqual(["failed", expect.stringContaining("signed in")]);
  });
});
