// The contract from outside: who is answered, what is refused and in which words, and that garbage does nothing anywhere.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PracticeEstate } from "../../../practice/estate.ts";
import { startPracticeEstate } from "../../../practice/estate.ts";
import { createHandlers } from "../../../electron/ipc/handlers.ts";
import { serve } from "../../../electron/ipc/serve.ts";
import type { Handlers } from "../../../electron/ipc/serve.ts";
import { defaultChoices } from "../../../shared/choices/choices.ts";
import type { Answer, RequestName } from "../../../shared/ipc.ts";
import { requests } from "../../../shared/ipc.ts";
import type { InProcessWindow } from "../../fakes/in-process-window.ts";
import { connectBoth, pairIn, practiceWindow } from "../../fakes/in-process-window.ts";

// Keys of an object are strings to the compiler; these are the contract's.
const names = Object.keys(requests) as RequestName[];
let estate: PracticeEstate;
let window: InProcessWindow;

beforeAll(async () => {
  estate = await startPracticeEstate({ scenario: "healthy", clock: "manual" });
  window = practiceWindow(estate);
  await connectBoth(window, estate);
});
afterAll(async () => {
  await window.services.end();
  await estate.stop();
});

function codeOf(answer: Answer<unknown>): string {
  return answer.ok ? "ok" : answer.error.code;
}

describe("a request", () => {
  test("of every name has a handler, and no handler is without a name", () => {
    expect(Object.keys(createHandlers(window.services)).sort()).toEqual([...names].sort());
  });

  test.each(names)("%s refuses a field that it does not know, and names it", async (name) => {
    const answer = await window.send({ name, input: { unheardOf: 1, server: 7 } });
    expect(codeOf(answer)).toBe("inputRefused");
    if (answer.ok) return;
    const field = /the field "([^"]+)"/.exec(answer.error.summary)?.[1] ?? "";
    expect([...Object.keys(requests[name].shape), "unheardOf"]).toContain(field.split(".")[0]);
  });

  test.each([
    ["of no known name", { name: "connection.opens", input: {} }, "unknownRequest"],
    ["named like something every object has", { name: "constructor", input: {} }, "unknownRequest"],
    ["named __proto__", { name: "__proto__", input: {} }, "unknownRequest"],
    ["that is no request at all", null, "inputRefused"],
    ["with more beside its input", { name: "app.facts", input: {}, more: 1 }, "inputRefused"],
    ["without an input", { name: "app.facts" }, "inputRefused"],
    [
      "larger than any input of its kind",
      { name: "secret.keep", input: { secret: "x".repeat(70_000) } },
      "inputTooLarge",
    ],
    ["that holds a map", { name: "app.facts", input: new Map() }, "inputTooLarge"],
  ])("%s is refused", async (_what, message, code) => {
    expect(codeOf(await window.send(message))).toBe(code);
  });

  test("that bites its own tail is refused", async () => {
    const circle: Record<string, unknown> = {};
    circle["circle"] = circle;
    expect(codeOf(await window.send({ name: "app.facts", input: circle }))).toBe("inputTooLarge");
  });

  test("of a stranger is refused whatever it asks, and cancels nothing", async () => {
    const answer = await window.send({ name: "app.facts", input: {} }, "stranger");
    expect(codeOf(answer)).toBe("notOurPage");
  });
});

describe("garbage", () => {
  test("is answered with an error or a value, never with an exception, and changes nothing on the servers", async () => {
    const changesBefore = structuredClone(estate.world.state.changes);
    const statementsBefore = changing();
    const garbage = fc.oneof(
      fc.anything({ withMap: true, withDate: true, withBigInt: true, maxDepth: 3 }),
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.dictionary(fc.constantFrom(...fieldNames()), fc.anything({ maxDepth: 2 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), garbage, async (name, input) => {
        const answer = await window.send({ name, input });
        if (answer.ok) expect(requests[name].safeParse(input).success).toBe(true);
        else expect([answer.error.code, answer.error.summary]).not.toContain("defect");
      }),
      { numRuns: 500 },
    );
    expect(estate.world.state.changes).toEqual(changesBefore);
    expect(changing()).toEqual(statementsBefore);
  });

  test("of the right shape, with names from anywhere, finds nothing to act on", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        "../../../etc/passwd",
        "]'; DROP--",
        "$(x)",
        "\u0000",
        "a\nb",
        "🏦",
        "x".repeat(64),
      ),
    );
    const choices = text.map((linkName) => ({
      ...defaultChoices,
      linkName,
      to: "instance" as const,
    }));
    const asked = fc.oneof(
      fc.record({
        name: fc.constantFrom("readiness.check", "plan.make", "gate.watch"),
        input: fc.record({ pair: fc.constant(await pairIn(window)), choices }),
      }),
      fc.record({
        name: fc.constantFrom("plan.scripts", "run.start"),
        input: fc.record({ planHash: text }),
      }),
      fc.record({ name: fc.constant("run.stop"), input: fc.record({ runId: text }) }),
      fc.record({
        name: fc.constant("report.text"),
        input: fc.record({ runId: text, format: fc.constantFrom("html", "markdown") }),
      }),
    );
    const before = changing();
    await fc.assert(
      fc.asyncProperty(asked, async (message) => {
        const answer = await window.send(message);
        expect(codeOf(answer)).toMatch(/^(noSuchLink|planNotMade|runNotInFlight|noSuchRun)$/);
      }),
      { numRuns: 100 },
    );
    expect(changing()).toEqual(before);
  });

  test("in the place of the whole message is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withMap: true, withDate: true }), async (message) => {
        expect((await window.send(message)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a handler", () => {
  const secret = "P@ss'word]1";

  function served(handler: (signal: AbortSignal) => Promise<never>) {
    let answer: (message: unknown, sender: string) => Promise<Answer<unknown>> = () =>
      Promise.reject(new Error("not served"));
    let cancel: (requestId: unknown, sender: string) => void = () => undefined;
    const handlers: Handlers = {
      ...createHandlers(window.services),
      "estate.read": (_input, { signal }) => handler(signal),
    };
    serve<string>(handlers, {
      onRequest: (listener) => (answer = listener),
      onCancel: (listener) => (cancel = listener),
      isAllowed: (sender) => sender === "ours",
    });
    const ask = (requestId?: string) =>
      answer({ name: "estate.read", input: {}, ...(requestId && { requestId }) }, "ours");
    return {
      ask,
      cancel: (id: unknown, sender = "ours") => {
        cancel(id, sender);
      },
    };
  }

  test("that fails unexpectedly answers a fatal problem without its message and its stack", async () => {
    const { ask } = served(() => Promise.reject(new TypeError(`cannot read ${secret}`)));
    const answer = await ask();
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "defect", class: "fatal", detail: "TypeError" },
    });
    expect(JSON.stringify(answer)).not.toMatch(/P@ss|\.ts:|\\n/);
  });

  test("is told of a cancel under its own name alone, and only by our page", async () => {
    const until = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      });
    const { ask, cancel } = served(until);
    const [one, other] = [ask("one"), ask("other")];
    expect(codeOf(await ask("one"))).toBe("requestIdInUse");
    cancel("one", "stranger");
    cancel({ one: 1 });
    cancel("one");
    expect(codeOf(await one)).toBe("cancelled");
    cancel("other");
    expect(codeOf(await other)).toBe("cancelled");
  });
});

/** The field names of every request: garbage under a right name goes deeper. */
function fieldNames(): readonly [string, ...string[]] {
  return ["choices", ...names.flatMap((name) => Object.keys(requests[name].shape))];
}

function changing(): readonly string[] {
  return estate.world.state.statements
    .filter((one) =>
      /ALTER AVAILABILITY GROUP \[|sp_getapplock|\bEXEC\b(?! \(N'SELECT\b)/.test(one.text),
    )
    .map((one) => one.text);
}
