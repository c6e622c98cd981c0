// The link as ARM shows it, through a healthy night and the nights that are not.
import { describe, expect, test } from "vitest";
import { instances } from "../../../practice/arm/inventory.ts";
import { linkResources } from "../../../practice/arm/link-resource.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { replicaRows } from "../../../practice/world/positions.ts";
import type { World } from "../../../practice/world/world.ts";
import { ask, becomeSecondary, dropGroup, failover, started, worldOf } from "../world/asking.ts";

/** The properties ARM shows now, without those of the database. */
function seen(world: World) {
  const [linked] = instances(world);
  if (linked === undefined) throw new Error("no instance");
  const [link] = linkResources(linked);
  if (link === undefined) throw new Error("no link");
  const { databases, ...properties } = link.properties;
  const database: Readonly<Record<string, unknown>> = { ...databases[0] };
  return { link, properties, database };
}

const withLink = (change: Partial<Scenario["link"]>): Scenario => ({
  ...healthy,
  link: { ...healthy.link, ...change },
});

describe("a healthy link", () => {
  test("has the shape of 2025-01-01", () => {
    const { link, properties, database } = seen(worldOf());
    expect({ id: link.id, name: link.name, type: link.type }).toEqual({
      id: "/subscriptions/d5f08b37-2a6c-4e91-8b74-f1c3a90e6d52/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1/distributedAvailabilityGroups/LINK_Adatum",
      name: "LINK_Adatum",
      type: "Microsoft.Sql/managedInstances/distributedAvailabilityGroups",
    });
    expect(properties).toEqual({
      distributedAvailabilityGroupName: "LINK_Adatum",
      distributedAvailabilityGroupId: "6f1c2a52-3b0d-4e77-9c1e-0a5b7d9e2f10",
      replicationMode: "Async",
      partnerLinkRole: "Primary",
      partnerAvailabilityGroupName: "AG_Adatum",
      partnerEndpoint: "TCP://10.0.0.4:5022",
      instanceLinkRole: "Secondary",
      instanceAvailabilityGroupName: "AG_Adatum_MI",
      failoverMode: "Manual",
      seedingMode: "Automatic",
    });
    const time = expect.stringMatching(/^2026-11-21T0[78]:\d\d:\d\d\.\d{3}Z$/) as unknown;
    const lsn = expect.stringMatching(/^[1-9]\d{10,24}$/) as unknown;
    expect(database).toEqual({
      databaseName: "Adatum",
      instanceReplicaId: "0f7a3e95-c8b1-4d62-97e4-a2b5d60c8f13",
      partnerReplicaId: "5e8d1b26-7f40-4c93-b2a5-d16c08e9f374",
      replicaState: "LinkSynchronizing",
      synchronizationHealth: "HEALTHY",
      connectedState: "CONNECTED",
      lastReceivedLsn: lsn,
      lastReceivedTime: time,
      lastCommitLsn: lsn,
      lastCommitTime: time,
      lastHardenedLsn: lsn,
      lastHardenedTime: time,
      partnerAuthCertValidity: {
        certificateName: "Cert_SQLBOX01_endpoint",
        expiryDate: "2029-05-09T07:59:50.000Z",
      },
    });
  });

  test("tells the positions of the instance's own row without the zeros in front, moving with the workload", () => {
    const world = worldOf();
    const before = seen(world).database;
    world.advance(5000);
    const { database } = seen(world);
    const row = replicaRows(world.state, "instance").find(({ isLocal }) => isLocal);
    expect(row?.lastHardenedLsn).toMatch(/^0\d{24}$/);
    expect(database["lastHardenedLsn"]).toBe(row?.lastHardenedLsn?.replace(/^0+/, ""));
    const commit = (of: typeof before) => BigInt(String(of["lastCommitLsn"]));
    expect(commit(database) > commit(before)).toBe(true);
  });

  test("is Sync once the instance stores synchronous commit for both members", async () => {
    const world = worldOf();
    const options = new Map([["AVAILABILITY_MODE", "SYNCHRONOUS_COMMIT"]]);
    const modify = (names: readonly string[]) =>
      ask(world, "instance", {
        kind: "availabilityGroupModifyGroups",
        group: "LINK_Adatum",
        members: names.map((name) => ({ name, options })),
      });
    await modify(["AG_Adatum_MI"]);
    const half = seen(world).properties.replicationMode;
    await modify(["AG_Adatum"]);
    expect([half, seen(world).properties.replicationMode]).toEqual(["Async", "Sync"]);
  });

  test("that is one-way says failoverMode None", () => {
    expect(seen(worldOf(withLink({ failoverMode: "None" }))).properties.failoverMode).toBe("None");
  });

  test("names a partner's address as the instance stores it", () => {
    const partnerEndpointUrl = "TCP://10.0.9.14:5022";
    const scenario = { ...healthy, instance: { ...healthy.instance, partnerEndpointUrl } };
    expect(seen(worldOf(scenario)).properties.partnerEndpoint).toBe(partnerEndpointUrl);
  });
});

describe("a failover", () => {
  test("shows LinkFailoverInProgress with the old roles, then the new ones with lags of the primary", async () => {
    const world = worldOf();
    world.setWorkload(false);
    world.advance(5000);
    const running = ask(world, "box", failover);
    await started();
    world.advance(3000);
    const during = seen(world);
    world.advance(20_000);
    await running;
    world.setWorkload(true);
    world.advance(5000);
    const after = seen(world);
    const roles = ({ properties, database }: typeof after) => [
      properties.instanceLinkRole,
      properties.partnerLinkRole,
      database["replicaState"],
    ];
    expect(roles(during)).toEqual(["Secondary", "Primary", "LinkFailoverInProgress"]);
    expect(roles(after)).toEqual(["Primary", "Secondary", "LinkSynchronizing"]);
    expect(after.database).toMatchObject({
      synchronizationHealth: "HEALTHY",
      instanceSendReplicationLagSeconds: 0,
      instanceRedoReplicationLagSeconds: 0,
    });
  });

  test("interrupted leaves nobody primary, and ARM says so of both sides while they talk", async () => {
    const world = worldOf();
    await ask(world, "box", becomeSecondary);
    world.advance(1000);
    const { properties, database } = seen(world);
    expect([properties.instanceLinkRole, properties.partnerLinkRole]).toEqual([
      "Secondary",
      "Secondary",
    ]);
    expect(database["synchronizationHealth"]).toBe("NOT_HEALTHY");
  });
});

describe("a link in trouble", () => {
  test("without a connection is DISCONNECTED after the session's time-out, with the reason", () => {
    const world = worldOf();
    world.fault({ kind: "linkDisconnected", on: true });
    world.advance(healthy.engine.sessionTimeoutMs + 1000);
    expect(seen(world).database).toMatchObject({
      connectedState: "DISCONNECTED",
      synchronizationHealth: "NOT_HEALTHY",
      mostRecentLinkError: expect.stringContaining("10060") as unknown,
    });
  });

  test("suspended is connected and not healthy", () => {
    const world = worldOf();
    world.fault({ kind: "suspended", server: "instance", on: true });
    world.advance(1000);
    expect(seen(world).database).toMatchObject({
      connectedState: "CONNECTED",
      synchronizationHealth: "NOT_HEALTHY",
    });
  });

  test("that the instance has dropped is gone, and another instance never had one", async () => {
    const world = worldOf();
    const [linked, other] = instances(world);
    if (linked === undefined || other === undefined) throw new Error("no instances");
    expect(linkResources(other)).toEqual([]);
    await ask(world, "instance", dropGroup("LINK_Adatum"));
    expect(linkResources(linked)).toEqual([]);
  });
});
