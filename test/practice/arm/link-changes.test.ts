// Changing a link over HTTPS without any Azure library: what is accepted, what it comes to, and when nobody hears of it.
import { describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import { version } from "./arm-client.ts";
import { asked, fromInstance, given, planned, toSync } from "./changing.ts";
import { plainly, type PlainAnswer } from "./plain-client.ts";

const { linkOperationMs } = healthy.engine;

describe("an operation that is accepted", () => {
  test("is 202 with Location and Retry-After, 202 while it runs, then 200 with the link", () =>
    given(async ({ estate, link, poll }) => {
      const accepted = await link.failover(planned);
      expect(accepted).toMatchObject({
        status: 202,
        body: undefined,
        headers: { "retry-after": "1" },
      });
      expect(accepted.headers.location).toMatch(
        /^https:\/\/127\.0\.0\.1:\d+\/subscriptions\/d5f08b37-2a6c-4e91-8b74-f1c3a90e6d52\/providers\/Microsoft\.Sql\/locations\/westeurope\/distributedAvailabilityGroupsOperationResults\/[0-9a-f-]{36}\?api-version=2025-01-01$/,
      );
      expect(accepted.headers).not.toHaveProperty("azure-asyncoperation");
      const running = await poll(accepted);
      expect([running.status, running.body, running.headers.location]).toEqual([
        202,
        undefined,
        accepted.headers.location,
      ]);
      estate.world.advance(20_000);
      const ended = await poll(accepted);
      expect(ended).toMatchObject({
        status: 200,
        body: {
          name: "LINK_Adatum",
          properties: { instanceLinkRole: "Secondary", partnerLinkRole: "Primary" },
        },
      });
      // Asked again, it says the same; nothing was sent twice.
      expect((await poll(accepted)).body).toMatchObject({ name: "LINK_Adatum" });
      expect(asked(estate)).toEqual([
        { server: "instance", text: "POST failover Planned", count: 1, outcomes: ["done"] },
      ]);
    }, fromInstance));

  test("PATCH is 200 with the mode in the end", () =>
    given(async ({ estate, link, poll }) => {
      const accepted = await link.update(toSync);
      estate.world.advance(linkOperationMs);
      expect(await poll(accepted)).toMatchObject({
        status: 200,
        body: { properties: { replicationMode: "Sync" } },
      });
    }));

  test("DELETE is 204 in the end; the link is 404 then, the database writable, and a second DELETE 204", () =>
    given(async ({ estate, link, poll }) => {
      const accepted = await link.remove();
      expect([accepted.status, (await link.get()).status]).toEqual([202, 200]);
      estate.world.advance(linkOperationMs);
      const ended = await poll(accepted);
      expect([ended.status, ended.body]).toEqual([204, undefined]);
      const after = await link.get();
      expect([after.status, after.code]).toEqual([404, "ResourceNotFound"]);
      expect((await link.remove()).status).toBe(204);
      expect(asked(estate)).toEqual([
        { server: "instance", text: "DELETE", count: 1, outcomes: ["done"] },
      ]);
      estate.world.advance(5000);
      expect(truth(estate.world.state).instance).toMatchObject({
        updateability: "READ_WRITE",
        rows: { hasEveryAcknowledged: false },
      });
    }));

  test("setRole is 200 with the link in the end", () =>
    given(async ({ estate, link, poll }) => {
      const accepted = await link.setRole({ instanceRole: "Secondary", roleChangeType: "Planned" });
      estate.world.advance(linkOperationMs);
      expect(await poll(accepted)).toMatchObject({
        status: 200,
        body: { properties: { instanceLinkRole: "Secondary" } },
      });
      expect(truth(estate.world.state).primaries).toEqual([]);
    }, fromInstance));

  test("can be asked after under its resource group as well, and nowhere else", () =>
    given(async ({ estate, token, link }) => {
      const { headers } = await link.update(toSync);
      const { pathname } = new URL(headers.location ?? "");
      const at = async (path: string) => {
        const { status, code } = await plainly(estate, token, `${path}${version}`);
        return [status, code];
      };
      const { subscriptionId, resourceGroup } = estate.arm;
      const inGroup = `${subscriptionId}/resourceGroups/${resourceGroup}`;
      expect(await at(pathname.replace(subscriptionId, inGroup))).toEqual([202, undefined]);
      const unknown = [404, "OperationIdNotFound"];
      expect(await at(pathname.replace("westeurope", "northeurope"))).toEqual(unknown);
      expect(await at(pathname.replace(/[^/]+$/, "00000000-0000-0000-0000-000000000000"))).toEqual(
        unknown,
      );
      const development = "19e4c7a2-85d3-4fb0-96c8-0b7d2f54e831";
      expect(await at(pathname.replace(subscriptionId, development))).toEqual(unknown);
    }));
});

describe("an operation that fails", () => {
  test("tells the engine's reason as ARM's code where it is asked after", () =>
    given(async ({ estate, link, poll }) => {
      estate.world.fault({ kind: "failoverOutcome", error: 47516, rolesMoved: "none" });
      const accepted = await link.failover(planned);
      estate.world.advance(20_000);
      const ended = await poll(accepted);
      expect([accepted.status, ended.status, ended.code]).toEqual([
        202,
        409,
        "DistributedAvailabilityGroupFailoverRedoQueueSizeTooBig",
      ]);
      expect(truth(estate.world.state).primaries).toEqual(["instance"]);
    }, fromInstance));

  test.each([
    ["OperationTimedOut", 500, false],
    ["OperationCancelled", 409, true],
    ["DatabaseUnavailable", 503, true],
  ])("by the fault with %s is %i, carried out: %s", (code, status, carriedOut) =>
    given(async ({ estate, link, poll, fault }) => {
      fault({ kind: "operationFails", code, carriedOut });
      const accepted = await link.remove();
      estate.world.advance(linkOperationMs);
      const ended = await poll(accepted);
      expect([ended.status, ended.code]).toEqual([status, code]);
      expect((await link.get()).status).toBe(carriedOut ? 404 : 200);
    }),
  );
});

describe("an operation whose end nobody hears", () => {
  test.each([
    [true, ["box"]],
    [false, ["instance"]],
  ])("never ends, carried out: %s; the next one is 409", (carriedOut, primaries) =>
    given(async ({ estate, link, poll, fault }) => {
      fault({ kind: "operationNeverEnds", carriedOut });
      const accepted = await link.failover(planned);
      estate.world.advance(600_000);
      expect((await poll(accepted)).status).toBe(202);
      expect(truth(estate.world.state).primaries).toEqual(primaries);
      const next = await link.remove();
      expect([next.status, next.code]).toEqual([409, "ConflictingServerOperation"]);
    }, fromInstance),
  );

  test("was accepted, and its client cut off: it runs all the same, once", () =>
    given(async ({ estate, link, fault }) => {
      fault({ kind: "operationAnswerLost" });
      await expect(link.failover(planned)).rejects.toThrow(/socket hang up|ECONNRESET/);
      estate.world.advance(20_000);
      expect(asked(estate)).toMatchObject([{ count: 1, outcomes: ["done"] }]);
      expect(truth(estate.world.state).primaries).toEqual(["box"]);
      expect(await link.update(toSync)).toMatchObject({ status: 202 });
    }, fromInstance));

  test("is forgotten some time after its end, and by the fault at once", () =>
    given(
      async ({ estate, link, poll, fault }) => {
        const accepted = await link.update(toSync);
        fault({ kind: "operationResultsGone", on: true });
        const gone = await poll(accepted);
        expect([gone.status, gone.code]).toEqual([404, "OperationIdNotFound"]);
        fault({ kind: "operationResultsGone", on: false });
        estate.world.advance(linkOperationMs + 5000);
        expect((await poll(accepted)).status).toBe(200);
        estate.world.advance(10);
        const late = await poll(accepted);
        expect([late.status, late.code]).toEqual([404, "OperationIdNotFound"]);
      },
      { ...healthy, engine: { ...healthy.engine, operationResultsKeptMs: 5000 } },
    ));
});

describe("settings", () => {
  test("azureAsyncOperation both: a second address tells InProgress, then Succeeded or Failed with the code", () =>
    given(
      async ({ estate, token, link, poll, fault }) => {
        const accepted = await link.update(toSync);
        const status = async ({ headers }: PlainAnswer) => {
          const address = String(headers["azure-asyncoperation"]);
          expect(address).toContain("/distributedAvailabilityGroupsAzureAsyncOperation/");
          return plainly(estate, token, address);
        };
        expect(await status(accepted)).toMatchObject({
          status: 200,
          body: { status: "InProgress" },
          headers: { "retry-after": "1" },
        });
        estate.world.advance(linkOperationMs);
        expect(await status(accepted)).toMatchObject({ body: { status: "Succeeded" } });
        expect((await poll(accepted)).status).toBe(200);
        fault({ kind: "operationFails", code: "OperationTimedOut", carriedOut: false });
        const failing = await link.remove();
        estate.world.advance(linkOperationMs);
        expect(await status(failing)).toMatchObject({
          status: 200,
          body: { status: "Failed", error: { code: "OperationTimedOut" } },
        });
      },
      healthy,
      { azureAsyncOperation: "both" },
    ));

  test("linkOperationAnswer direct: the answer itself comes when the operation has ended", () =>
    given(
      async ({ estate, link, fault }) => {
        const ended = async (work: Promise<PlainAnswer>) => {
          await expect.poll(() => estate.world.state.linkOperations.at(-1)?.isAtWork).toBe(true);
          estate.world.advance(20_000);
          const { status, code, headers } = await work;
          return [status, code, headers.location];
        };
        expect(await ended(link.update(toSync))).toEqual([200, undefined, undefined]);
        fault({ kind: "operationFails", code: "OperationInterrupted", carriedOut: false });
        expect(await ended(link.remove())).toEqual([409, "OperationInterrupted", undefined]);
        expect(await ended(link.remove())).toEqual([200, undefined, undefined]);
      },
      healthy,
      { linkOperationAnswer: "direct" },
    ));

  test.each([
    ["specified", "InvalidDistributedAvailabilityGroupFailoverInstanceRole"],
    ["observed", "DistributedAvailabilityGroupFailoverInvalidInstanceRole"],
  ] as const)(
    "failoverRoleCode %s: Planned on a secondary instance is 400 %s",
    (failoverRoleCode, code) =>
      given(
        async ({ estate, link }) => {
          const told = await link.failover(planned);
          expect([told.status, told.code]).toEqual([400, code]);
          expect(asked(estate)).toEqual([]);
        },
        healthy,
        { failoverRoleCode },
      ),
  );

  test.each([
    ["notNeeded", 202, undefined],
    ["needed", 403, "AuthorizationFailed"],
  ] as const)(
    "operationReadRight %s: the documented custom role asks after its own operation with %i",
    (operationReadRight, status, code) =>
      given(
        async ({ link, poll, fault }) => {
          fault({ kind: "role", upn: dana.upn, role: "linkOperator" });
          const told = await poll(await link.remove());
          expect([told.status, told.code]).toEqual([status, code]);
          fault({ kind: "role", upn: dana.upn, role: "contributor" });
          expect((await link.get()).status).toBe(200);
        },
        healthy,
        { operationReadRight },
      ),
  );
});
