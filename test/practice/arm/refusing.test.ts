// What ARM refuses, and how it says so: tokens, rights, addresses, methods, and the faults.
import { beforeAll, describe, expect, test } from "vitest";
import { dana, fabrikam, sam } from "../../../practice/entra/directory.ts";
import { sqlScope } from "../entra/msal.ts";
import { practiceEstate } from "../server/practice-estate.ts";
import {
  instancePath,
  linkPath,
  restError,
  send,
  sqlClient,
  tokenFor,
  version,
} from "./arm-client.ts";

const estate = practiceEstate({ scenario: "healthy", clock: "manual" });
const tokens = { dana: "", sam: "" };
beforeAll(async () => {
  tokens.dana = await tokenFor(estate(), dana);
  tokens.sam = await tokenFor(estate(), sam);
});
const ask = (token: string, path: string) => send(sqlClient(estate(), token), `${path}${version}`);
const fault = (what: object) => {
  expect(estate().control({ do: "armFault", fault: what })).toMatchObject({ ok: true });
};
const hostile = "] ' \" $(x) 🙂\n".padEnd(128, "x");

describe("401", () => {
  test("without a token, with the challenge of the authority", async () => {
    const client = sqlClient(estate(), "");
    client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
    const told = await send(client, `${instancePath(estate())}${version}`);
    expect([told.status, told.code]).toEqual([401, "AuthenticationFailed"]);
    expect(told.header("www-authenticate")).toMatch(
      /^Bearer authorization_uri="https:\/\/login\.practice\.invalid\/organizations", error="invalid_token"/,
    );
  });

  test("with what is no token of the directory", async () => {
    const told = await ask(`${tokens.dana}x`, instancePath(estate()));
    expect([told.status, told.code]).toEqual([401, "InvalidAuthenticationToken"]);
  });

  test("with a token of the database audience, named", async () => {
    const token = await tokenFor(estate(), { ...dana, scope: sqlScope });
    const told = await ask(token, instancePath(estate()));
    expect([told.status, told.code]).toEqual([401, "InvalidAuthenticationTokenAudience"]);
    expect(told.body).toMatchObject({
      error: { message: expect.stringContaining("https://database.windows.net/") as unknown },
    });
  });

  test("with an expired token", async () => {
    estate().control({ do: "entraFault", fault: { kind: "tokenLifetime", seconds: 0 } });
    const token = await tokenFor(estate(), dana);
    estate().control({ do: "entraFault", fault: { kind: "tokenLifetime", seconds: 4200 } });
    const told = await ask(token, instancePath(estate()));
    expect([told.status, told.code]).toEqual([401, "ExpiredAuthenticationToken"]);
  });

  test("with a token of another tenant than the subscription's", async () => {
    const token = await tokenFor(estate(), { ...dana, tenant: fabrikam.tenantId });
    const told = await ask(token, instancePath(estate()));
    expect([told.status, told.code]).toEqual([401, "InvalidAuthenticationTokenTenant"]);
  });

  test("as often as the fault says, then no more", async () => {
    fault({ kind: "tokensRefused", requests: 2 });
    const codes = [];
    for (let turn = 0; turn < 3; turn++) {
      codes.push((await ask(tokens.dana, instancePath(estate()))).code);
    }
    const expired = "ExpiredAuthenticationToken";
    expect(codes).toEqual([expired, expired, undefined]);
  });
});

describe("403", () => {
  test("for a user without a role, with action and scope, also where nothing is", async () => {
    const told = await ask(tokens.sam, linkPath(estate(), hostile));
    expect([told.status, told.code]).toEqual([403, "AuthorizationFailed"]);
    expect(told.body).toMatchObject({
      error: {
        message: expect.stringContaining(
          `The client '${sam.upn}' with object id '${sam.home.objectId}' does not have authorization to perform action 'Microsoft.Sql/managedInstances/distributedAvailabilityGroups/read' over scope '`,
        ) as unknown,
      },
    });
  });

  test.each([
    // 400: let in, and told that the body says nothing.
    ["contributor", [200, 400, 400, 400]],
    ["linkOperator", [200, 400, 403, 400]],
    ["reader", [200, 403, 403, 403]],
    ["none", [403, 403, 403, 403]],
  ] as const)(
    "follows the role: %s may read, change, fail over, set the role: %j",
    async (role, statuses) => {
      fault({ kind: "role", upn: dana.upn, role });
      const client = sqlClient(estate(), tokens.dana);
      const path = linkPath(estate());
      const told = [
        await send(client, `${path}${version}`),
        await send(client, `${path}${version}`, { method: "PATCH", body: { properties: {} } }),
        await send(client, `${path}/failover${version}`, { method: "POST", body: {} }),
        await send(client, `${path}/setRole${version}`, { method: "POST", body: {} }),
      ];
      fault({ kind: "role", upn: dana.upn, role: null });
      expect(told.map(({ status }) => status)).toEqual(statuses);
    },
  );

  test("of the documented custom role names failover/action and nothing else of a link, and is foretold", async () => {
    fault({ kind: "role", upn: dana.upn, role: "linkOperator" });
    const client = sqlClient(estate(), tokens.dana);
    const path = linkPath(estate());
    const told = await send(client, `${path}/failover${version}`, { method: "POST", body: {} });
    const { body } = await send(
      client,
      `${path}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
    );
    fault({ kind: "role", upn: dana.upn, role: null });
    const link = "Microsoft.Sql/managedInstances/distributedAvailabilityGroups";
    expect(told.body).toMatchObject({
      error: {
        code: "AuthorizationFailed",
        message: expect.stringContaining(
          `perform action '${link}/failover/action' over scope '${path}'`,
        ) as unknown,
      },
    });
    const [role] = body["value"] as readonly { readonly actions: readonly string[] }[];
    expect(role?.actions.filter((action) => action.startsWith(link))).toEqual([
      `${link}/read`,
      `${link}/write`,
      `${link}/delete`,
      `${link}/setRole/action`,
    ]);
    expect(role?.actions.some((action) => action.includes("*"))).toBe(false);
  });

  test("is foretold by the permissions of every scope", async () => {
    const { subscriptionId, resourceGroup } = estate().arm;
    const scopes = [
      `/subscriptions/${subscriptionId}`,
      `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
      instancePath(estate()),
      linkPath(estate()),
    ];
    const client = sqlClient(estate(), tokens.dana);
    for (const scope of scopes) {
      const path = `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
      const { body } = await send(client, path);
      expect(body["value"]).toEqual([
        {
          actions: expect.arrayContaining(["Microsoft.Sql/managedInstances/*"]) as unknown,
          notActions: expect.arrayContaining([
            "Microsoft.Sql/managedInstances/azureADOnlyAuthentications/write",
          ]) as unknown,
          dataActions: [],
          notDataActions: [],
        },
      ]);
    }
  });
});

describe("404", () => {
  test.each([
    [
      "a subscription",
      { subscription: "00000000-0000-0000-0000-000000000000" },
      "SubscriptionNotFound",
    ],
    ["a resource group", { group: hostile }, "ResourceGroupNotFound"],
    ["an instance", { name: hostile }, "ResourceNotFound"],
    ["an instance of another resource group", { name: "sqlmi-reporting" }, "ResourceNotFound"],
  ])("for %s that is not there", async (_, change, code) => {
    const told = await ask(tokens.dana, instancePath(estate(), change));
    expect([told.status, told.code]).toEqual([404, code]);
  });

  test("for a link that is not there, and for an address nothing answers", async () => {
    const link = await ask(tokens.dana, linkPath(estate(), hostile));
    expect([link.status, link.code]).toEqual([404, "ResourceNotFound"]);
    const nothing = await ask(tokens.dana, `${instancePath(estate())}/databases`);
    expect([nothing.status, nothing.code]).toEqual([404, "InvalidResourceType"]);
  });
});

describe("a changing request", () => {
  test("that is not carried out is refused with 501 and changes nothing; the client does not try again", async () => {
    const client = sqlClient(estate(), tokens.dana, { maxRetries: 3 });
    const before = (await send(client, `${linkPath(estate())}${version}`)).body;
    const asked = estate().control({ ask: "azure" });
    const told = await send(client, `${linkPath(estate())}${version}`, { method: "PUT", body: {} });
    expect([told.status, told.code]).toEqual([501, "NotImplemented"]);
    expect(requestsAfter(asked)).toEqual([["PUT", 501, "NotImplemented"]]);
    expect((await send(client, `${linkPath(estate())}${version}`)).body).toEqual(before);
  });

  test("that the resource does not know is 405, with what it does know", async () => {
    const client = sqlClient(estate(), tokens.dana);
    const path = `${instancePath(estate())}/distributedAvailabilityGroups${version}`;
    const told = await send(client, path, { method: "PUT", body: {} });
    expect([told.status, told.code, told.header("allow")]).toEqual([
      405,
      "MethodNotAllowed",
      "GET",
    ]);
  });
});

describe("faults", () => {
  const instance = (maxRetries: number) =>
    sqlClient(estate(), tokens.dana, { maxRetries }).managedInstances.get(
      estate().arm.resourceGroup,
      "sqlmi1",
    );

  test("429 carries Retry-After; the client waits for it and goes on", async () => {
    fault({ kind: "throttled", requests: 1, retryAfterSeconds: 17 });
    const told = await ask(tokens.dana, instancePath(estate()));
    expect([told.status, told.code, told.header("retry-after")]).toEqual([
      429,
      "SubscriptionTooManyRequests",
      "17",
    ]);
    fault({ kind: "throttled", requests: 2, retryAfterSeconds: 0 });
    expect((await instance(3)).name).toBe("sqlmi1");
    fault({ kind: "throttled", requests: 1, retryAfterSeconds: 0 });
    expect(await restError(instance(0))).toEqual([429, "SubscriptionTooManyRequests"]);
  });

  test("503 comes as often as it says", async () => {
    fault({ kind: "unavailable", requests: 1 });
    expect(await restError(instance(0))).toEqual([503, "ServiceUnavailable"]);
    expect((await instance(0)).name).toBe("sqlmi1");
  });

  test("of one subscription: forbidden is listed and found nowhere, disabled is read and never changed", async () => {
    const { subscriptionId } = estate().arm;
    const path = linkPath(estate());
    const tellsOf = async (how: string) => {
      fault({ kind: "subscription", subscriptionId, how });
      const client = sqlClient(estate(), tokens.dana);
      const { body } = await send(client, "/subscriptions?api-version=2022-12-01");
      // "Subscriptions - List".
      const { value } = body as { readonly value: readonly Readonly<Record<string, unknown>>[] };
      const read = await send(client, `${path}${version}`);
      const change = { method: "PATCH", body: { properties: {} } } as const;
      const changed = await send(client, `${path}${version}`, change);
      const query = {
        query: "Resources | where type =~ 'microsoft.sql/managedinstances' | project name",
      };
      const graph = await send(
        client,
        "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
        { method: "POST", body: query },
      );
      const state = value.find((one) => one["subscriptionId"] === subscriptionId)?.["state"];
      const isFound = JSON.stringify(graph.body["data"]).includes('"sqlmi1"');
      return [state, read.status, changed.status, changed.code, isFound];
    };
    expect([await tellsOf("forbidden"), await tellsOf("disabled")]).toEqual([
      ["Enabled", 403, 403, "AuthorizationFailed", false],
      ["Disabled", 200, 409, "ReadOnlyDisabledSubscription", true],
    ]);
    expect((await tellsOf("works")).slice(0, 2)).toEqual(["Enabled", 200]);
  });

  test("slow: the answer comes when so much world time has passed", async () => {
    fault({ kind: "slow", ms: 5000 });
    let isAnswered = false;
    const waiting = instance(0).then(() => (isAnswered = true));
    // Another server's answer, asked later, shows that the first is held back.
    await tokenFor(estate(), dana);
    expect(isAnswered).toBe(false);
    fault({ kind: "slow", ms: 0 });
    await instance(0);
    expect(isAnswered).toBe(false);
    estate().world.advance(5000);
    await waiting;
    expect(isAnswered).toBe(true);
  });

  test("of a user nobody knows is refused by name", () => {
    const what = { kind: "role", upn: "nobody@adatum.example", role: "none" };
    expect(estate().control({ do: "armFault", fault: what })).toEqual({
      id: null,
      ok: false,
      error: "There is no user 'nobody@adatum.example'.",
    });
  });
});

/** What ARM was asked since an earlier answer of `{"ask":"azure"}`; neither tells tokens. */
function requestsAfter(earlier: unknown): unknown[] {
  const later = estate().control({ ask: "azure" });
  expect(JSON.stringify(later)).not.toContain(tokens.dana);
  const listOf = (answer: unknown) =>
    // The shape of the answer is the estate's own.
    (answer as { value: { arm: { method: string; status: number; code: string | null }[] } }).value
      .arm;
  return listOf(later)
    .slice(listOf(earlier).length)
    .map(({ method, status, code }) => [method, status, code]);
}
