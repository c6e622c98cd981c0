// Changing a link through ARM of the practice estate: each request to its end, and every way in which it does not get there.
import { describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import { operationStateSchema } from "../../../shared/run/azure-operation.ts";
import { linkPath } from "../../practice/arm/arm-client.ts";
import { asked, fromInstance, given } from "../../practice/arm/changing.ts";
import type { Requests } from "./changing-link.ts";
import { operationIn, operationsOf, requestsOn } from "./changing-link.ts";
import { problemOf, requestsOf, wholeText } from "./practice-azure.ts";

const { linkOperationMs } = healthy.engine;
/** Longer than any operation of the practice estate. */
const wholeOperationMs = 20_000;

const changes = [
  ["PATCH", healthy, (to: Requests) => to.update("Sync"), "PATCH replicationMode Sync"],
  ["DELETE", healthy, (to: Requests) => to.remove(), "DELETE"],
  ["failover", fromInstance, (to: Requests) => to.failover(), "POST failover Planned"],
  [
    "setRole",
    fromInstance,
    (to: Requests) => to.setRole("Secondary", "Planned"),
    "POST setRole Secondary Planned",
  ],
] as const;

describe.each(["none", "both"] as const)("with azureAsyncOperation %s", (azureAsyncOperation) => {
  test.each(changes)(
    "%s is accepted and asked after to its end by another process, from the journal's text",
    (_, scenario, requestOf, text) =>
      given(
        async ({ estate, token }) => {
          const answer = await operationsOf(estate, token).send(requestOf(requestsOn(estate)));
          expect(answer).toMatchObject({ kind: "accepted", retryAfterSeconds: 1 });
          const journal = JSON.stringify(operationIn(answer));
          expect(journal).not.toContain(token);
          const operation = operationStateSchema.parse(JSON.parse(journal));
          expect(operation.tells).toBe(
            azureAsyncOperation === "both" ? "asyncOperation" : "location",
          );
          const other = operationsOf(estate, token);
          expect(await other.poll(operation)).toEqual({ kind: "running", retryAfterSeconds: 1 });
          estate.world.advance(wholeOperationMs);
          expect(await other.poll(operation)).toEqual({ kind: "succeeded" });
          expect(asked(estate)).toEqual([
            { server: "instance", text, count: 1, outcomes: ["done"] },
          ]);
        },
        scenario,
        { azureAsyncOperation },
      ),
  );

  test.each([
    ["DistributedAvailabilityGroupFailoverRedoQueueSizeTooBig", "armQueueTooBig", "block"],
    ["OperationTimedOut", "armTimedOut", "ambiguous"],
    ["OperationCancelled", "armInterrupted", "ambiguous"],
    ["SomethingNobodyHasSeen", "armOperationFailed", "ambiguous"],
  ])("an operation that ends with %s has failed, as %s", (code, problemCode, problemClass) =>
    given(
      async ({ estate, token, fault }) => {
        fault({ kind: "operationFails", code, carriedOut: false });
        const operations = operationsOf(estate, token);
        const operation = operationIn(await operations.send(requestsOn(estate).failover()));
        estate.world.advance(wholeOperationMs);
        const end = await operations.poll(operation);
        expect(end).toMatchObject({
          kind: "failed",
          problem: { code: problemCode, class: problemClass },
        });
        expect(wholeText(end)).toContain(code);
        expect(truth(estate.world.state).primaries).toEqual(["instance"]);
        expect(asked(estate)).toMatchObject([{ count: 1, outcomes: ["error"] }]);
      },
      fromInstance,
      { azureAsyncOperation },
    ),
  );

  test("an operation that never ends is running, whenever it is asked after", () =>
    given(
      async ({ estate, token, fault }) => {
        fault({ kind: "operationNeverEnds", carriedOut: true });
        const operations = operationsOf(estate, token);
        const operation = operationIn(await operations.send(requestsOn(estate).failover()));
        estate.world.advance(600_000);
        const running = { kind: "running", retryAfterSeconds: 15 };
        expect(await operations.poll(operation)).toEqual(running);
        estate.world.advance(600_000);
        expect(await operations.poll(operation)).toEqual(running);
        expect(truth(estate.world.state).primaries).toEqual(["box"]);
      },
      { ...fromInstance, engine: { ...fromInstance.engine, retryAfterSeconds: 15 } },
      { azureAsyncOperation },
    ));

  test("an operation whose results are not kept any more is gone, running or done", () =>
    given(
      async ({ estate, token, fault }) => {
        const operations = operationsOf(estate, token);
        const operation = operationIn(await operations.send(requestsOn(estate).remove()));
        const gone = { kind: "gone", problem: { code: "armOperationGone", class: "ambiguous" } };
        fault({ kind: "operationResultsGone", on: true });
        expect(await operations.poll(operation)).toMatchObject(gone);
        fault({ kind: "operationResultsGone", on: false });
        estate.world.advance(linkOperationMs + healthy.engine.operationResultsKeptMs + 1000);
        expect(await operations.poll(operation)).toMatchObject(gone);
        expect(await operations.readLink(linkPath(estate))).toBeNull();
      },
      healthy,
      { azureAsyncOperation },
    ));

  test.each([
    [{ kind: "throttled", requests: 1, retryAfterSeconds: 7 }, "armThrottled"],
    [{ kind: "unavailable", requests: 1 }, "armUnavailable"],
    [{ kind: "tokensRefused", requests: 1 }, "armTokenRefused"],
  ])("a question that Azure does not answer (%o) fails, and is answered later", (what, code) =>
    given(
      async ({ estate, token, fault }) => {
        const operations = operationsOf(estate, token);
        const operation = operationIn(await operations.send(requestsOn(estate).update("Sync")));
        fault(what);
        expect((await problemOf(operations.poll(operation))).code).toBe(code);
        expect(await operations.poll(operation)).toMatchObject({ kind: "running" });
      },
      healthy,
      { azureAsyncOperation },
    ),
  );

  test("who may not read results hears so, as of an end that is not known from here", () =>
    given(
      async ({ estate, token, fault }) => {
        fault({ kind: "role", upn: dana.upn, role: "linkOperator" });
        const operations = operationsOf(estate, token);
        const operation = operationIn(await operations.send(requestsOn(estate).remove()));
        const answer = await operations.poll(operation);
        expect(answer).toMatchObject({ kind: "gone", problem: { code: "armNotAllowed" } });
        expect(wholeText(answer)).toContain("distributedAvailabilityGroupsOperationResults/read");
      },
      healthy,
      { azureAsyncOperation, operationReadRight: "needed" },
    ));
});

describe("an answer that comes when the work has ended", () => {
  test.each([
    ["PATCH", (to: Requests) => to.update("Sync")],
    ["DELETE", (to: Requests) => to.remove()],
  ])("to %s is done", (_, requestOf) =>
    given(
      async ({ estate, token }) => {
        const answer = operationsOf(estate, token).send(requestOf(requestsOn(estate)));
        await expect.poll(() => estate.world.state.linkOperations.at(-1)?.isAtWork).toBe(true);
        estate.world.advance(wholeOperationMs);
        expect(await answer).toEqual({ kind: "done" });
        expect(asked(estate)).toMatchObject([{ count: 1, outcomes: ["done"] }]);
      },
      healthy,
      { linkOperationAnswer: "direct" },
    ),
  );

  test("to a DELETE of a link that is not there is done, and nothing was begun", () =>
    given(async ({ estate, token }) => {
      const request = requestsOn(estate).remove();
      const other = { ...request, path: `${request.path}x` };
      expect(await operationsOf(estate, token).send(other)).toEqual({ kind: "done" });
      expect(asked(estate)).toEqual([]);
    }));
});

describe("the link's resource", () => {
  test("is read with its roles, and null once the link is removed", () =>
    given(async ({ estate, token }) => {
      const operations = operationsOf(estate, token);
      const path = linkPath(estate);
      expect(await operations.readLink(path)).toMatchObject({
        resourceId: path,
        failoverMode: "Manual",
        instanceLinkRole: "Secondary",
      });
      await operations.send(requestsOn(estate).remove());
      estate.world.advance(linkOperationMs);
      expect(await operations.readLink(path)).toBeNull();
    }));

  test.each([
    ["resource group", /resourceGroups\/[^/]+/, "resourceGroups/other"],
    ["subscription", /subscriptions\/[^/]+/, "subscriptions/00000000-0000-0000-0000-000000000001"],
  ])("of a %s that is not found is a failure, and never null", (_, pattern, other) =>
    given(async ({ estate, token }) => {
      const reading = operationsOf(estate, token).readLink(
        linkPath(estate).replace(pattern, other),
      );
      expect((await problemOf(reading)).code).toMatch(/^arm(Subscription)?NotFound$/);
    }),
  );

  test("whose reading is aborted rejects with the signal's reason", () =>
    given(async ({ estate, token }) => {
      const signal = AbortSignal.abort(new Error("stopped"));
      const reading = operationsOf(estate, token).readLink(linkPath(estate), signal);
      await expect(reading).rejects.toThrow("stopped");
    }));
});

describe("an answer that is lost", () => {
  test.each(changes)("leaves %s ambiguous: it was sent once, and is carried out once", (...row) => {
    const [, scenario, requestOf, text] = row;
    return given(async ({ estate, token, fault }) => {
      fault({ kind: "operationAnswerLost" });
      const before = requestsOf(estate).arm.length;
      const problem = await problemOf(
        operationsOf(estate, token).send(requestOf(requestsOn(estate))),
      );
      expect(problem).toMatchObject({ code: "armAnswerLost", class: "ambiguous" });
      expect(problem.detail).toContain("ECONNRESET");
      estate.world.advance(wholeOperationMs);
      expect(asked(estate)).toMatchObject([{ text, count: 1, outcomes: ["done"] }]);
      expect(requestsOf(estate).arm.length - before).toBe(1);
    }, scenario);
  });

  test("after others over the same connection is not sent again over another one", () =>
    given(async ({ estate, token, fault }) => {
      const operations = operationsOf(estate, token);
      await operations.readLink(linkPath(estate));
      await operations.readLink(linkPath(estate));
      fault({ kind: "operationAnswerLost" });
      const before = requestsOf(estate).arm.length;
      const problem = await problemOf(operations.send(requestsOn(estate).remove()));
      expect(problem.class).toBe("ambiguous");
      expect(requestsOf(estate).arm.length - before).toBe(1);
      expect(asked(estate)).toMatchObject([{ text: "DELETE", count: 1 }]);
    }));
});
