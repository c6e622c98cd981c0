// What a changing request is on the wire, and how answers are taken that the practice estate never gives.
import { describe, expect, test } from "vitest";
import { transportForChange } from "../../../electron/azure/transport.ts";
import type { OperationState } from "../../../shared/run/azure-operation.ts";
import { operationStateSchema } from "../../../shared/run/azure-operation.ts";
import { operationsOver, requestsFor } from "./changing-link.ts";
import { adatum, problemOf, wholeText } from "./practice-azure.ts";

const path =
  "/subscriptions/S/resourceGroups/Gruppe%20%C3%A4/providers/Microsoft.Sql/managedInstances/mi/distributedAvailabilityGroups/L%5D";
const request = requestsFor(path);
const onArm = "https://management.azure.com/subscriptions/S/x/results/1?api-version=2025-01-01&s=1";
const state: OperationState = {
  tenantId: adatum,
  link: "link L of mi",
  tells: "location",
  pollPath: "/subscriptions/S/x/results/1?api-version=2025-01-01&s=1",
};

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly body: unknown;
}

/** Answers one request after the other, and remembers them; a request too many is an error. */
function answering(...answers: readonly (() => Response | Promise<Response>)[]) {
  const left = [...answers];
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent.push({
      url: input instanceof Request ? input.url : input.toString(),
      method: init?.method,
      body: init?.body,
    });
    const next = left.shift();
    if (next === undefined) throw new Error("a request too many");
    return Promise.resolve(next());
  };
  return { sent, fetch };
}

/** The operations of somebody whose changes are answered so. */
function changing(answer: () => Response | Promise<Response>) {
  const { sent, fetch } = answering(answer);
  const shared = () => Promise.reject(new Error("a connection that is shared"));
  const operations = operationsOver({ kind: "fetch", fetch: shared, freshFetch: () => fetch });
  return { sent, operations };
}

function polled(tells: OperationState["tells"], answer: () => Response) {
  const { fetch } = answering(answer);
  return operationsOver({ kind: "fetch", fetch }).poll({ ...state, tells });
}

const refusal = (code: string) => ({ error: { code, message: "m" } });

describe("a changing request", () => {
  test("is on the wire what the plan holds, by a fetch without open connections", async () => {
    const { sent, operations } = changing(() => new Response(null, { status: 200 }));
    expect(await operations.send(request.setRole("Primary", "Forced"))).toEqual({ kind: "done" });
    expect(sent).toEqual([
      {
        url: `https://management.azure.com${path}/setRole?api-version=2025-01-01`,
        method: "POST",
        body: JSON.stringify({ instanceRole: "Primary", roleChangeType: "Forced" }),
      },
    ]);
  });

  test.each([
    ["cut", () => Promise.reject(new Error("net::ERR_EMPTY_RESPONSE"))],
    ["not answered in time", () => Promise.reject(new DOMException("t", "TimeoutError"))],
    ["answered by a gateway", () => new Response("<html>", { status: 502 })],
    ["answered by a gateway that gives up", () => new Response(null, { status: 408 })],
    ["answered by a page of a proxy", () => new Response("<html>", { status: 403 })],
    ["sent elsewhere", () => new Response(null, { status: 307, headers: { location: onArm } })],
    ["broken inside", () => Response.json(refusal("InternalServerError"), { status: 500 })],
    ["timed out inside", () => Response.json(refusal("RequestTimeout"), { status: 504 })],
    ["not carried on", () => Response.json(refusal("DatabaseUnavailable"), { status: 503 })],
    ["taken without an address to ask at", () => new Response(null, { status: 202 })],
    [
      "taken with an address of somebody else's",
      () => new Response(null, { status: 202, headers: { location: "https://x.example/r" } }),
    ],
    [
      "taken with an address that leads away later",
      () => new Response(null, { status: 202, headers: { location: "/.//x.example/r" } }),
    ],
  ])("that is %s is ambiguous, after one request", async (_, answer) => {
    const { sent, operations } = changing(answer);
    const problem = await problemOf(operations.send(request.failover()));
    expect(problem.class).toBe("ambiguous");
    expect(problem.summary).toContain("link L] of mi");
    expect(sent).toHaveLength(1);
    expect(wholeText(problem)).not.toContain("secret-token");
  });

  test.each([
    [400, "SomethingNew", "arm400", "block"],
    [409, "SomethingNew", "arm409", "block"],
    [409, "ManagedInstanceIsBusy", "armBusy", "retry"],
    [501, "NotImplemented", "armNotOffered", "block"],
    [503, "TooManyRequests", "armThrottled", "retry"],
  ])("refused with %i %s is refused: %s", async (status, code, problemCode, problemClass) => {
    const { operations } = changing(() => Response.json(refusal(code), { status }));
    const problem = await problemOf(operations.send(request.remove()));
    expect(problem).toMatchObject({ code: problemCode, class: problemClass });
  });

  test.each([
    ["a step up", `${path}/../../x`],
    ["a step up, written otherwise", `${path}/%2e%2e/x`],
    ["a query of its own", `${path}?api-version=x&y`],
    ["a fragment", `${path}#x`],
    ["a tab, which addresses drop", `${path}\t`],
    ["another beginning", path.replace("/subscriptions", "")],
    ["another host", `//elsewhere.example${path}`],
  ])("whose path has %s is not sent", async (_, odd) => {
    const { sent, operations } = changing(() => new Response());
    const problem = await problemOf(operations.send({ ...request.remove(), path: odd }));
    expect(problem).toMatchObject({ code: "armRequestNotPlain", class: "fatal" });
    expect(sent).toEqual([]);
  });

  test.each([
    ["15", undefined, 15],
    ["0", undefined, 0],
    ["Sat, 21 Nov 2026 08:00:20 GMT", "Sat, 21 Nov 2026 08:00:05 GMT", 15],
    ["Sat, 21 Nov 2026 08:00:05 GMT", "Sat, 21 Nov 2026 08:00:20 GMT", 0],
    ["Sat, 21 Nov 2026 08:00:20 GMT", undefined, null],
    ["soon", "Sat, 21 Nov 2026 08:00:20 GMT", null],
    [undefined, "Sat, 21 Nov 2026 08:00:20 GMT", null],
  ])("is asked after later as Retry-After says: %s at %s is %s s", async (retry, date, seconds) => {
    const headers = new Headers({ location: onArm });
    if (retry !== undefined) headers.set("retry-after", retry);
    if (date !== undefined) headers.set("date", date);
    const { operations } = changing(() => new Response(null, { status: 202, headers }));
    expect(await operations.send(request.failover())).toEqual({
      kind: "accepted",
      operation: { ...state, link: "link L] of mi" },
      retryAfterSeconds: seconds,
    });
  });

  test("answered with 200 and Azure-AsyncOperation is under way", async () => {
    const headers = { "azure-asyncoperation": onArm };
    const { operations } = changing(() => new Response(null, { status: 200, headers }));
    expect(await operations.send(request.update("Sync"))).toMatchObject({
      kind: "accepted",
      operation: { tells: "asyncOperation", pollPath: state.pollPath },
    });
  });
});

test("a changing request goes by Node's client where every fetch may have open connections", () => {
  const fetch = () => Promise.reject(new Error("shared"));
  expect(transportForChange({ kind: "fetch", fetch })).toEqual({ kind: "node" });
});

describe("an answer about an operation", () => {
  test.each([
    [200, "Running", "running"],
    [200, "InProgress", "running"],
    [200, "succeeded", "succeeded"],
    [200, "Failed", "failed"],
    [200, "Canceled", "failed"],
    // The address tells of a failure with status 200: these are refusals of the question.
    [400, "", "gone"],
    [404, "", "gone"],
  ])("in a body, %i %s: %s", async (status, word, kind) => {
    const body = { status: word, ...refusal("SomethingNew") };
    const answer = await polled("asyncOperation", () => Response.json(body, { status }));
    expect(answer.kind).toBe(kind);
  });

  test.each([
    [200, "", "succeeded"],
    [202, "", "running"],
    [409, "SomethingNew", "failed"],
    [500, "OperationTimedOut", "failed"],
    [400, "NoRegisteredProviderFound", "gone"],
    [404, "ResourceNotFound", "gone"],
    [403, "AuthorizationFailed", "gone"],
  ])("by its status, %i %s: %s", async (status, code, kind) => {
    const answer = await polled("location", () => Response.json(refusal(code), { status }));
    expect(answer.kind).toBe(kind);
  });

  test("204 without a body is the end of a DELETE", async () => {
    expect(await polled("location", () => new Response(null, { status: 204 }))).toEqual({
      kind: "succeeded",
    });
  });

  test.each([
    ["a gateway's", () => new Response("<html>", { status: 502 })],
    ["a proxy's", () => new Response("<html>", { status: 400 })],
    ["a body without a state", () => Response.json({})],
    ["a service that is busy", () => Response.json(refusal("x"), { status: 503 })],
  ])("that says nothing of it is a failed question: %s", async (_, answer) => {
    const problem = await problemOf(polled("asyncOperation", answer));
    expect(problem.code).toMatch(/^arm/);
  });
});

describe("an operation read back from a journal", () => {
  test.each(["//x.example/r", "/\\x.example/r", "https://x.example/r", "", "/a b"])(
    "with the address %j is refused",
    (pollPath) => {
      expect(operationStateSchema.safeParse({ ...state, pollPath }).success).toBe(false);
    },
  );

  test.each(["//x.example/r", "/\\x.example/r", "https://x.example/r"])(
    "never takes the token to another host, were it let through: %j",
    async (pollPath) => {
      const { sent, fetch } = answering();
      const operations = operationsOver({ kind: "fetch", fetch });
      const problem = await problemOf(operations.poll({ ...state, pollPath }));
      expect(problem).toMatchObject({ code: "armAddressRefused", class: "fatal" });
      expect(sent).toEqual([]);
    },
  );
});
