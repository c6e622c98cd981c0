// What ARM refuses of a change of the link, over HTTPS without any Azure library; nothing is changed by it.
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { practiceEstate } from "../server/practice-estate.ts";
import { instancePath, linkPath, tokenFor, version } from "./arm-client.ts";
import { asked, codes, fromInstance, given, planned, toSync } from "./changing.ts";
import { changesOf, plainly } from "./plain-client.ts";

const { linkOperationMs } = healthy.engine;
const estate = practiceEstate({ scenario: fromInstance, clock: "manual" });
let token = "";
beforeAll(async () => {
  token = await tokenFor(estate(), dana);
});

describe("a refusal", () => {
  const link = () => changesOf(estate(), token);
  afterEach(() => {
    expect(asked(estate())).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "Planned"],
    ["an empty object", {}],
    ["a type that is none", { failoverType: "planned" }],
    ["the type under properties", { properties: planned }],
  ])("400 of a failover that says %s", async (_, body) => {
    expect(codes([await link().failover(body)])).toEqual([
      [400, "InvalidDistributedAvailabilityGroupFailoverRequest"],
    ]);
  });

  test("400 of a role or a mode that is none, and of databases, which this version cannot change", async () => {
    const databases = [{ databaseName: "Adatum" }];
    const answers = [
      await link().setRole({ instanceRole: "Secondary" }),
      await link().setRole({ roleChangeType: "Forced" }),
      await link().update({ replicationMode: "Sync" }),
      await link().update({ properties: { replicationMode: "SYNC" } }),
      await link().update({ properties: { replicationMode: "Sync", databases } }),
    ];
    expect(codes(answers)).toEqual(answers.map(() => [400, "InvalidRequestContent"]));
  });

  test.each(["2023-08-01", "2021-11-01-preview", "2024-02-30"])(
    "400 in the version %s, which has no failover",
    async (other) => {
      const address = `${linkPath(estate())}/failover?api-version=${other}`;
      const told = await plainly(estate(), token, address, { method: "POST", body: planned });
      expect(codes([told])).toEqual([[400, "NoRegisteredProviderFound"]]);
    },
  );

  test("404 of a link that is not there, but 204 of its DELETE; 404 of an instance that is not there", async () => {
    const other = changesOf(estate(), token, "LINK_Other");
    const path = `${instancePath(estate(), { name: "none" })}/distributedAvailabilityGroups/LINK_Adatum`;
    const answers = [
      await other.update(toSync),
      await other.failover(planned),
      await other.setRole({ instanceRole: "Secondary", roleChangeType: "Forced" }),
      await other.remove(),
      await plainly(estate(), token, `${path}${version}`, { method: "DELETE" }),
    ];
    const missing = [404, "ResourceNotFound"];
    expect(codes(answers)).toEqual([missing, missing, missing, [204, undefined], missing]);
    expect((await link().get()).status).toBe(200);
  });

  test("409 of the role the instance has, and 400 of a forced failover to it", async () => {
    const answers = [
      await link().setRole({ instanceRole: "Primary", roleChangeType: "Planned" }),
      await link().failover({ failoverType: "ForcedAllowDataLoss" }),
    ];
    expect(codes(answers)).toEqual([
      [409, "DistributedAvailabilityGroupSetRoleInstanceAlreadyInRequestedRole"],
      [400, "InvalidDistributedAvailabilityGroupFailoverInstanceRole"],
    ]);
  });
});

describe("a conflict", () => {
  test("409 while another operation runs, and while SQL Server fails over by T-SQL", () =>
    given(async ({ estate, link }) => {
      await link.update(toSync);
      const second = await link.remove();
      expect(codes([second])).toEqual([[409, "ConflictingServerOperation"]]);
      estate.world.advance(linkOperationMs);
      estate.world.fault({ kind: "rolesMoved" });
      const busy = [await link.remove(), await link.update(toSync), await link.failover(planned)];
      expect(codes(busy)).toEqual(busy.map(() => [409, "ManagedInstanceIsBusy"]));
      const role = await link.setRole({ instanceRole: "Primary", roleChangeType: "Forced" });
      expect(codes([role])).toEqual([
        [409, "DistributedAvailabilityGroupSetRoleChangeRoleAlreadyInProgress"],
      ]);
    }));

  const engine = (change: Partial<Scenario["engine"]>): Scenario => ({
    ...fromInstance,
    engine: { ...healthy.engine, ...change },
  });
  test.each([
    [
      "LogSendQueueSizeTooBig",
      engine({ sendQueueLimitKb: -1 }),
      "DistributedAvailabilityGroupFailoverLogSendQueueSizeTooBig",
    ],
    [
      "RedoQueueSizeTooBig",
      engine({ redoQueueLimitKb: -1 }),
      "DistributedAvailabilityGroupFailoverRedoQueueSizeTooBig",
    ],
    [
      "SecondariesNotSynchronizing",
      { ...fromInstance, events: [{ atMs: -5000, fault: { kind: "linkDisconnected", on: true } }] },
      "DistributedAvailabilityGroupFailoverSecondariesNotSynchronizing",
    ],
  ] as const)("409 of the engine's own checks at once: %s", (_, scenario, code) =>
    given(async ({ estate, link }) => {
      const told = await link.failover(planned);
      expect([told.status, told.code]).toEqual([409, code]);
      expect(asked(estate)).toEqual([]);
    }, scenario),
  );

  test("409 of a planned promotion", () =>
    given(async ({ link }) => {
      const told = await link.setRole({ instanceRole: "Primary", roleChangeType: "Planned" });
      expect(codes([told])).toEqual([
        [409, "DistributedAvailabilityGroupSetRolePrimaryPlannedNotSupported"],
      ]);
    }));

  test("409 of a forced failover of a one-way link, in the engine's words; DELETE is taken", () =>
    given(
      async ({ link }) => {
        const told = await link.failover({ failoverType: "ForcedAllowDataLoss" });
        expect(told).toMatchObject({
          status: 409,
          body: {
            error: { message: expect.stringMatching(/^Msg 41985: .*Delete the link/) as unknown },
          },
        });
        expect((await link.remove()).status).toBe(202);
      },
      { ...healthy, link: { ...healthy.link, failoverMode: "None" } },
    ));
});
