// Reading ARM with the real client libraries: subscriptions, instances in pages, the link, Resource Graph.
import { describe, expect, test } from "vitest";
import { subscriptions } from "../../../practice/arm/inventory.ts";
import { dana, fabrikam, sam } from "../../../practice/entra/directory.ts";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../../practice/scenarios/scenario.ts";
import { practiceEstate } from "../server/practice-estate.ts";
import {
  instancePath,
  linkPath,
  restError,
  send,
  sqlClient,
  subscriptionClient,
  tokenFor,
  version,
} from "./arm-client.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });
const clientOf = async (upn: string, tenant?: string) =>
  sqlClient(
    estate(),
    await tokenFor(estate(), { upn, ...(tenant === undefined ? {} : { tenant }) }),
  );
const hostile = "] ' \" $(x) 🙂\n".padEnd(128, "x");

describe("subscriptions and tenants", () => {
  test.each([
    [dana.upn, undefined, ["Adatum Production", "Adatum Development", "Adatum Sandbox"]],
    [dana.upn, fabrikam.tenantId, ["Fabrikam Shared"]],
    [sam.upn, undefined, []],
  ])("%s with a token of tenant %s sees %j", async (upn, tenant, names) => {
    const token = await tokenFor(estate(), { upn, ...(tenant === undefined ? {} : { tenant }) });
    const seen: unknown[] = [];
    for await (const one of subscriptionClient(estate(), token).subscriptions.list()) {
      seen.push(one.displayName);
    }
    expect(seen).toEqual(names);
  });

  test("the tenants are those the user is in, at home or as a guest", async () => {
    const token = await tokenFor(estate(), dana);
    const seen: unknown[] = [];
    for await (const one of subscriptionClient(estate(), token).tenants.list()) {
      seen.push([one.displayName, one.tenantCategory]);
    }
    expect(seen).toEqual([
      ["Adatum Corporation", "Home"],
      ["Fabrikam", "ProjectedBy"],
    ]);
  });
});

describe("managed instances", () => {
  test("of a subscription come in pages, and the client follows nextLink", async () => {
    const client = await clientOf(dana.upn);
    const pages: unknown[] = [];
    for await (const page of client.managedInstances.list().byPage()) {
      pages.push(page.map(({ name }) => name));
    }
    expect(pages).toEqual([["sqlmi1", "sqlmi2"], ["sqlmi-reporting"]]);
  });

  test("of a resource group are its own, whatever the case of its name", async () => {
    const client = await clientOf(dana.upn);
    const names: unknown[] = [];
    const list = client.managedInstances.listByResourceGroup("RG-Adatum-Reporting");
    for await (const { name } of list) names.push(name);
    expect(names).toEqual(["sqlmi-reporting"]);
  });

  test("one by one show the address, state, tier and licence", async () => {
    const client = await clientOf(dana.upn);
    const found = await client.managedInstances.get(estate().arm.resourceGroup, "SQLMI1");
    expect(found).toMatchObject({
      id: instancePath(estate()),
      fullyQualifiedDomainName: healthy.instance.name,
      state: "Ready",
      licenseType: "LicenseIncluded",
      sku: { name: "GP_Gen5", tier: "GeneralPurpose" },
    });
  });

  test("show the update policy to newer api-versions alone", async () => {
    const client = await clientOf(dana.upn);
    const propertiesAt = async (apiVersion: string) =>
      (await send(client, `${instancePath(estate())}?api-version=${apiVersion}`)).body[
        "properties"
      ];
    expect(await propertiesAt("2025-01-01")).toMatchObject({
      databaseFormat: "SQLServer2022",
      hybridSecondaryUsage: "Active",
    });
    expect(await propertiesAt("2022-08-01-preview")).not.toHaveProperty("databaseFormat");
  });
});

describe("the link", () => {
  test("is listed and got at 2025-01-01, and what it says is the world's", async () => {
    const client = await clientOf(dana.upn);
    const list = await send(
      client,
      `${instancePath(estate())}/distributedAvailabilityGroups${version}`,
    );
    const one = await send(client, `${linkPath(estate(), "link_ADATUM")}${version}`);
    expect(list.body).toEqual({ value: [one.body] });
    expect(one.body).toMatchObject({
      id: linkPath(estate()),
      properties: { instanceLinkRole: "Secondary", databases: [{ databaseName: "Adatum" }] },
    });
  });

  test("is refused at every older version, the client library's own among them", async () => {
    const client = await clientOf(dana.upn);
    const { resourceGroup } = estate().arm;
    const own = client.distributedAvailabilityGroups.get(resourceGroup, "sqlmi1", "LINK_Adatum");
    expect(await restError(own)).toEqual([400, "NoRegisteredProviderFound"]);
    const trap = await send(client, `${linkPath(estate())}?api-version=2023-08-01`);
    expect([trap.status, trap.code]).toEqual([400, "NoRegisteredProviderFound"]);
    const none = await send(client, linkPath(estate()));
    expect([none.status, none.code]).toEqual([400, "MissingApiVersionParameter"]);
  });

  test("another instance has none", async () => {
    const client = await clientOf(dana.upn);
    const path = `${instancePath(estate(), { name: "sqlmi2" })}/distributedAvailabilityGroups${version}`;
    expect((await send(client, path)).body).toEqual({ value: [] });
  });
});

describe("a link whose name needs every kind of encoding", () => {
  const scenario: Scenario = { ...healthy, link: { ...healthy.link, name: hostile } };
  const odd = practiceEstate({ scenario, clock: "manual" });

  test("is found by it, letter by letter", async () => {
    const client = sqlClient(odd(), await tokenFor(odd(), dana));
    const { body } = await send(client, `${linkPath(odd(), hostile)}${version}`);
    expect(body["name"]).toBe(hostile);
  });
});

describe("Resource Graph", () => {
  const ask = async (upn: string, query: string, more: object = {}, tenant?: string) =>
    send(
      await clientOf(upn, tenant),
      "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
      {
        method: "POST",
        body: { query, ...more },
      },
    );
  const byAddress = (address: string) =>
    `Resources | where type =~ 'Microsoft.Sql/managedInstances' and properties.fullyQualifiedDomainName =~ '${address}' | project id, name, resourceGroup, subscriptionId`;

  test("finds an instance by its address without regard to case", async () => {
    const { body } = await ask(dana.upn, byAddress(healthy.instance.name.toUpperCase()));
    expect(body).toMatchObject({
      totalRecords: 1,
      count: 1,
      data: [
        {
          id: instancePath(estate()),
          name: "sqlmi1",
          resourceGroup: estate().arm.resourceGroup,
          subscriptionId: estate().arm.subscriptionId,
        },
      ],
    });
  });

  test("sees no other tenant, no subscription left out, and nothing without a role", async () => {
    const address = byAddress(healthy.instance.name);
    const elsewhere = subscriptions.filter(({ name }) => name === "Adatum Sandbox");
    const counts = [
      await ask(dana.upn, address, {}, fabrikam.tenantId),
      await ask(dana.upn, address, { subscriptions: elsewhere.map((one) => one.subscriptionId) }),
      await ask(sam.upn, address),
    ].map(({ body }) => body["count"]);
    expect(counts).toEqual([0, 0, 0]);
  });

  test("finds nothing by an address that tries to be more than a string", async () => {
    const { body } = await ask(dana.upn, byAddress("x\\' or name =~ \\'sqlmi1"));
    expect(body["count"]).toBe(0);
  });

  test.each([
    ["a query it cannot read", byAddress("x' or name =~ 'sqlmi1"), {}, "InvalidQuery"],
    ["another table", "ResourceContainers", {}, "InvalidQuery"],
    ["a body that is none", "Resources", { subscriptions: "all" }, "BadRequest"],
  ])("refuses %s with 400", async (_, query, more, code) => {
    const told = await ask(dana.upn, query, more);
    expect([told.status, told.code]).toEqual([400, code]);
  });
});
