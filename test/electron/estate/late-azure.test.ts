// Azure for a window that reads again and again: asked seldom, waited for briefly, told with its own time.
import { describe, expect, test } from "vitest";
import { azureEveryMs, createLateAzure } from "../../../electron/estate/late-azure.ts";
import type { AzureSource } from "../../../electron/estate/read.ts";
import type { AzureFact } from "../../../shared/estate/azure-fact.ts";
import { fakeClock } from "../../fakes/fake-clock.ts";
import { azureOf } from "../../scenarios/azure-fact.ts";
import { adatum } from "../../scenarios/linked-estate.ts";

const address = "sqlmi1.zone.database.windows.net";

/** An Azure that answers when it is let: each answer tells how many questions there were when it was asked. */
function practicedAzure(state = "Ready") {
  const clock = fakeClock();
  const seen = azureOf(adatum);
  const waiting: (() => void)[] = [];
  let asked = 0;
  let hangs = false;
  const azure: AzureSource = async () => {
    asked += 1;
    const answer: AzureFact = {
      ...seen,
      at: new Date(clock.nowMs()).toISOString(),
      instance: { ...seen.instance, name: `answer ${String(asked)}`, state },
    };
    if (hangs) await new Promise<void>((resolve) => waiting.push(resolve));
    return answer;
  };
  const late = createLateAzure(azure, clock);
  const told = (fact: AzureFact) =>
    fact.kind === "seen" ? fact.instance.name : fact.kind === "failed" ? fact.problem.code : fact;
  return {
    clock,
    late,
    asked: () => asked,
    read: async (pace: "now" | "soon" | "inTurn", signal?: AbortSignal) =>
      told(await late.asked(pace)(address, signal)),
    hang: () => {
      hangs = true;
    },
    /** Answers what waits, the newest question first, and what is asked from now on at once. */
    letGo: async () => {
      hangs = false;
      for (const answer of waiting.splice(0).reverse()) answer();
      await new Promise(setImmediate);
    },
  };
}

describe("in its turn", () => {
  test("it is asked once a minute, and its last answer is told until then with the time of that answer", async () => {
    const { clock, late, read, asked } = practicedAzure();
    const first = await late.asked("inTurn")(address);
    await clock.wait(azureEveryMs - 1);
    expect(await late.asked("inTurn")(address)).toBe(first);
    await clock.wait(1);
    expect([await read("inTurn"), asked()]).toEqual(["answer 2", 2]);
  });

  test("it is asked each time while the service works on the instance", async () => {
    const { read } = practicedAzure("Updating");
    expect([await read("inTurn"), await read("inTurn")]).toEqual(["answer 1", "answer 2"]);
  });

  test.each([
    ["webConnectionClosed", 2],
    ["armThrottled", 1],
  ])("after the failure %s it is asked %i times in two turns", async (code, times) => {
    const clock = fakeClock();
    let asked = 0;
    const late = createLateAzure(() => {
      asked += 1;
      const problem = { code, class: "retry", summary: "Failed.", remedy: "Wait." } as const;
      return Promise.resolve({ kind: "failed", at: "2026-09-12T22:00:00.000Z", problem });
    }, clock);
    await late.asked("inTurn")(address);
    await late.asked("inTurn")(address);
    expect(asked).toBe(times);
  });

  test.each(["expire", "forget"] as const)("it is asked anew after %s", async (how) => {
    const { late, read } = practicedAzure();
    await read("inTurn");
    late[how]();
    expect([await read("inTurn"), await read("inTurn")]).toEqual(["answer 2", "answer 2"]);
  });
});

describe("an Azure that does not answer", () => {
  test("is waited for a second, and its last answer is told with its own time", async () => {
    const { clock, late, hang } = practicedAzure();
    const first = await late.asked("inTurn")(address);
    await clock.wait(azureEveryMs);
    hang();
    const beforeMs = clock.nowMs();
    expect(await late.asked("inTurn")(address)).toBe(first);
    expect(clock.nowMs() - beforeMs).toBe(1_000);
  });

  test("says since when it was asked where nothing is known, and is asked no second time", async () => {
    const { clock, late, asked, hang, read, letGo } = practicedAzure();
    hang();
    await read("inTurn");
    await clock.wait(4_000);
    expect(await late.asked("inTurn")(address)).toEqual({
      kind: "failed",
      at: new Date(clock.nowMs()).toISOString(),
      problem: expect.objectContaining({
        code: "azureAnswersLate",
        summary: `Azure was asked about ${address} 6 s ago and has not answered yet.`,
      }) as unknown,
    });
    expect(asked()).toBe(1);
    await letGo();
    expect([await read("inTurn"), asked()]).toEqual(["answer 1", 1]);
  });

  test("is told by the next reading of another account as nothing known", async () => {
    const { late, read, hang, letGo } = practicedAzure();
    hang();
    await read("inTurn");
    late.forget();
    await letGo();
    expect(await read("inTurn")).toBe("answer 2");
  });

  test("ends the wait at once when the window does not want it any more", async () => {
    const { hang, read } = practicedAzure();
    hang();
    const end = new AbortController();
    const reading = read("inTurn", end.signal);
    end.abort(new Error("The window is gone."));
    await expect(reading).rejects.toThrow("The window is gone.");
  });
});

describe("when the operator reads again", () => {
  test("it is asked anew, however new its last answer is", async () => {
    const { read } = practicedAzure();
    expect([await read("inTurn"), await read("soon")]).toEqual(["answer 1", "answer 2"]);
  });

  test("a question that is under way is followed by another one, which began later", async () => {
    const { read, hang, letGo, asked } = practicedAzure();
    hang();
    await read("inTurn");
    await read("soon");
    expect(asked()).toBe(1);
    await letGo();
    expect([await read("inTurn"), await read("inTurn")]).toEqual(["answer 2", "answer 2"]);
  });
});

test("now is asked anew and waited for, and its answer is the last one from then on", async () => {
  const { clock, read, hang, letGo, asked } = practicedAzure();
  hang();
  await read("inTurn");
  const now = read("now");
  // Longer than any other reading waits.
  await clock.wait(10_000);
  await letGo();
  expect([await now, await read("inTurn"), asked()]).toEqual(["answer 2", "answer 2", 2]);
});

test("nobody signed in is told as it is, and costs no memory", async () => {
  const late = createLateAzure(() => Promise.resolve({ kind: "notAsked" }), fakeClock());
  expect(await late.asked("inTurn")(address)).toEqual({ kind: "notAsked" });
});
