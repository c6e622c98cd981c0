// What ARM refuses of a change of the link, and what never reaches it: in both cases nothing was begun, and it is said so.
import { describe, expect, test } from "vitest";
import { createLinkOperations } from "../../../electron/azure/link-operations.ts";
import { dana } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { asked, fromInstance, given } from "../../practice/arm/changing.ts";
import type { Requests } from "./changing-link.ts";
import { operationsOf, requestsOn, sessionWith } from "./changing-link.ts";
import { cloudOf, problemOf, requestsOf } from "./practice-azure.ts";

const { linkOperationMs } = healthy.engine;

const engine = (change: Partial<Scenario["engine"]>): Scenario => ({
  ...fromInstance,
  engine: { ...fromInstance.engine, ...change },
});
const disconnected: Scenario = {
  ...fromInstance,
  events: [{ atMs: -5000, fault: { kind: "linkDisconnected", on: true } }],
};

describe("a refusal begins nothing and is told by its code", () => {
  test.each([
    ["armNotSynchronizing", "block", disconnected, (to: Requests) => to.failover()],
    ["armQueueTooBig", "block", engine({ sendQueueLimitKb: -1 }), (to: Requests) => to.failover()],
    ["armQueueTooBig", "block", engine({ redoQueueLimitKb: -1 }), (to: Requests) => to.failover()],
    ["armWrongRole", "wrongSide", healthy, (to: Requests) => to.failover()],
    ["armRequestNotUnderstood", "fatal", healthy, (to: Requests) => to.failover("Fast")],
    ["armRequestNotUnderstood", "fatal", healthy, (to: Requests) => to.update("SYNC")],
    ["armAlreadyInRole", "info", fromInstance, (to: Requests) => to.setRole("Primary", "Planned")],
    [
      "armPlannedToPrimary",
      "wrongSide",
      healthy,
      (to: Requests) => to.setRole("Primary", "Planned"),
    ],
    [
      "armVersionUnknown",
      "block",
      fromInstance,
      (to: Requests) => ({ ...to.failover(), apiVersion: "2023-08-01" }),
    ],
    [
      "armNotFound",
      "block",
      healthy,
      (to: Requests) => ({ ...to.update("Sync"), path: `${to.remove().path}x` }),
    ],
  ] as const)("%s (%s)", (code, problemClass, scenario, requestOf) =>
    given(async ({ estate, token }) => {
      const problem = await problemOf(
        operationsOf(estate, token).send(requestOf(requestsOn(estate))),
      );
      expect(problem).toMatchObject({ code, class: problemClass });
      expect(asked(estate)).toEqual([]);
    }, scenario),
  );

  test("armBusy and armRoleChanging while something else is at work", () =>
    given(async ({ estate, token }) => {
      const operations = operationsOf(estate, token);
      const to = requestsOn(estate);
      await operations.send(to.update("Sync"));
      expect(await problemOf(operations.send(to.remove()))).toMatchObject({
        code: "armBusy",
        class: "retry",
      });
      estate.world.advance(linkOperationMs);
      estate.world.fault({ kind: "rolesMoved" });
      expect((await problemOf(operations.send(to.remove()))).code).toBe("armBusy");
      const forced = await problemOf(operations.send(to.setRole("Primary", "Forced")));
      expect(forced).toMatchObject({ code: "armRoleChanging", class: "wait" });
      expect(asked(estate)).toMatchObject([{ text: "PATCH replicationMode Sync", count: 1 }]);
    }));

  test.each([
    [{ kind: "throttled", requests: 9, retryAfterSeconds: 7 }, "armThrottled"],
    [{ kind: "unavailable", requests: 9 }, "armUnavailable"],
    [{ kind: "tokensRefused", requests: 9 }, "armTokenRefused"],
  ])("after one request alone where Azure turns it away: %o", (what, code) =>
    given(async ({ estate, token, fault }) => {
      fault(what);
      const before = requestsOf(estate).arm.length;
      const problem = await problemOf(
        operationsOf(estate, token).send(requestsOn(estate).remove()),
      );
      expect(problem.code).toBe(code);
      expect(problem.class).not.toBe("ambiguous");
      expect(requestsOf(estate).arm.length - before).toBe(1);
      expect(asked(estate)).toEqual([]);
    }),
  );

  test("the documented custom role may DELETE, and is told the action that its failover lacks", () =>
    given(async ({ estate, token, fault }) => {
      fault({ kind: "role", upn: dana.upn, role: "linkOperator" });
      const operations = operationsOf(estate, token);
      const problem = await problemOf(operations.send(requestsOn(estate).failover()));
      expect(problem).toMatchObject({ code: "armNotAllowed", class: "block" });
      expect(problem.summary).toContain(
        "Microsoft.Sql/managedInstances/distributedAvailabilityGroups/failover/action",
      );
      expect(problem.summary).toContain("link LINK_Adatum of sqlmi1");
      expect(asked(estate)).toEqual([]);
      const answer = await operations.send(requestsOn(estate).remove());
      expect(answer.kind).toBe("accepted");
    }, fromInstance));
});

describe("a request that does not leave", () => {
  test("because nobody listens is no ambiguous one", () =>
    given(async ({ estate, token }) => {
      // Port 9 (discard) has nobody on it.
      const cloud = { ...cloudOf(estate), armEndpoint: "https://127.0.0.1:9" };
      const session = sessionWith(cloud, token);
      const operations = createLinkOperations(session, { cloud, transport: { kind: "node" } });
      const problem = await problemOf(operations.send(requestsOn(estate).remove()));
      expect(problem).toMatchObject({ code: "webUnreachable", class: "block" });
    }));

  test("because the certificate is not trusted is no ambiguous one", () =>
    given(async ({ estate, token }) => {
      const { practice, ...rest } = cloudOf(estate);
      const cloud = { ...rest, practice: { authorityAddress: "", ...practice, authorityPem: "" } };
      const session = sessionWith(cloud, token);
      const operations = createLinkOperations(session, { cloud, transport: { kind: "node" } });
      const problem = await problemOf(operations.send(requestsOn(estate).remove()));
      expect(problem).toMatchObject({ code: "webCertificate", class: "block" });
      expect(asked(estate)).toEqual([]);
    }));

  test("because there is no token is told as the token's problem", () =>
    given(async ({ estate }) => {
      const cloud = cloudOf(estate);
      const cut = {
        code: "webConnectionClosed",
        class: "retry",
        summary: "s",
        remedy: "r",
      } as const;
      const session = sessionWith(cloud, () => Promise.reject(new AppError(cut)));
      const operations = createLinkOperations(session, { cloud, transport: { kind: "node" } });
      expect(await problemOf(operations.send(requestsOn(estate).remove()))).toEqual(cut);
      expect(requestsOf(estate).arm).toEqual([]);
    }));
});
