import { describe, expect, test } from "vitest";
import { armInstance, armLink, armPage } from "../../../shared/estate/from-arm.ts";

const id =
  "/subscriptions/S/resourceGroups/rg/providers/Microsoft.Sql/managedInstances/mi/distributedAvailabilityGroups/dag";

const published = {
  id,
  name: "dag",
  type: "Microsoft.Sql/managedInstances/distributedAvailabilityGroups",
  properties: {
    distributedAvailabilityGroupName: "dag",
    distributedAvailabilityGroupId: "c856cff5-0000-0000-0000-000000000000",
    replicationMode: "Async",
    partnerLinkRole: "Secondary",
    partnerAvailabilityGroupName: "BoxLocalAg1",
    partnerEndpoint: "TCP://SERVER:7022",
    instanceLinkRole: "Primary",
    instanceAvailabilityGroupName: "testcl",
    failoverMode: "Manual",
    seedingMode: "Automatic",
    databases: [
      {
        databaseName: "testdb",
        replicaState: "LinkSynchronizing",
        synchronizationHealth: "HEALTHY",
        connectedState: "CONNECTED",
        lastCommitLsn: "0071000009407900004",
        lastHardenedLsn: "9999999999999999999999999",
        partnerAuthCertValidity: { certificateName: "c", expiryDate: "2027-01-01T00:00:00Z" },
      },
    ],
  },
};

describe("a link as Azure answers it", () => {
  test("the published example becomes facts; LSNs stay exact and lose their leading zeros", () => {
    expect(armLink.parse(published)).toEqual({
      resourceId: id,
      name: "dag",
      groupId: "c856cff5-0000-0000-0000-000000000000",
      failoverMode: "Manual",
      replicationMode: "Async",
      instanceLinkRole: "Primary",
      partnerLinkRole: "Secondary",
      partnerAvailabilityGroupName: "BoxLocalAg1",
      instanceAvailabilityGroupName: "testcl",
      partnerEndpoint: "TCP://SERVER:7022",
      databases: [
        {
          databaseName: "testdb",
          replicaState: "LinkSynchronizing",
          synchronizationHealth: "HEALTHY",
          connectedState: "CONNECTED",
          lastCommitLsn: "71000009407900004",
          lastHardenedLsn: "9999999999999999999999999",
          lastReceivedLsn: null,
          lastSentLsn: null,
          lastBackupLsn: null,
          lastBackupTime: null,
          mostRecentLinkError: null,
          partnerCertificateExpiryDate: "2027-01-01T00:00:00Z",
        },
      ],
    });
  });

  test("the model of versions before 2023-08-01-preview is refused, never read as a link without databases", () => {
    const old = { id, name: "dag", properties: { targetDatabase: "testdb", linkState: "x" } };
    expect(armLink.safeParse(old).success).toBe(false);
  });

  test("an LSN that came as a number may have lost digits already and is refused", () => {
    const databases = [{ databaseName: "testdb", lastCommitLsn: 71000009407 }];
    const broken = { ...published, properties: { ...published.properties, databases } };
    expect(armLink.safeParse(broken).success).toBe(false);
  });

  test("a role that nobody knows is not known, and the rest is read", () => {
    const properties = { ...published.properties, instanceLinkRole: "Resolving" };
    expect(armLink.parse({ ...published, properties }).instanceLinkRole).toBeNull();
  });
});

test("an instance without an update policy, as older versions answer, has none", () => {
  const properties = { fullyQualifiedDomainName: "mi.zone.database.windows.net", state: "Ready" };
  expect(armInstance.parse({ id: "/i", name: "mi", properties })).toEqual({
    resourceId: "/i",
    name: "mi",
    fullyQualifiedDomainName: "mi.zone.database.windows.net",
    databaseFormat: null,
    state: "Ready",
    hybridSecondaryUsage: null,
    hybridSecondaryUsageDetected: null,
  });
});

test("the last page has no next one, also where Azure sends null or an empty text", () => {
  const page = armPage(armInstance);
  for (const nextLink of [undefined, null, ""]) {
    expect(page.parse({ value: [], nextLink }).nextLink).toBeUndefined();
  }
});
