import { describe, expect, test } from "vitest";
import { createAzureService } from "../../../electron/azure/azure-service.ts";
import { mssqlConnector } from "../../../electron/sql/mssql-session.ts";
import { practiceLogins } from "../../fakes/practice-logins.ts";
import { requestsOn } from "./changing-link.ts";
import {
  adatum,
  dana,
  fabrikam,
  fault,
  never,
  optionsFor,
  problemOf,
  registered,
  requestsOf,
  sam,
  signInByBrowser,
  signedIn,
  startEstate,
  wholeText,
} from "./practice-azure.ts";

function addressOfInstance({ servers }: Awaited<ReturnType<typeof startEstate>>): string {
  const found = servers.find(({ kind }) => kind === "managedInstance");
  if (found === undefined) throw new Error("no instance");
  return found.name;
}

describe("tenants and subscriptions", () => {
  test("every tenant is a row, also the one where the account is a guest", async () => {
    const { azure } = await signedIn();
    expect(await azure.tenants(never())).toEqual([
      { tenantId: adatum, name: "Adatum Corporation" },
      { tenantId: fabrikam, name: "Fabrikam" },
    ]);
  });

  test.each([
    ["mfaRequired", "signInMfa"],
    ["blocked", "conditionalAccess"],
    ["unavailable", "entraUnavailable"],
  ])(
    "a tenant that answers %s says so when its subscriptions are asked for, and the others stay",
    async (how, code) => {
      const { estate, azure } = await signedIn();
      fault(estate, "entraFault", { kind: "tenantFails", tenantId: fabrikam, how, on: true });
      const listed = (await azure.tenants(never())).map(({ tenantId }) => tenantId);
      expect(listed).toEqual([adatum, fabrikam]);
      const refused = problemOf(azure.subscriptions({ tenantId: fabrikam }, never()));
      expect(await azure.subscriptions({ tenantId: adatum }, never())).toHaveLength(3);
      expect((await refused).code).toBe(code);
    },
  );

  test("a tenant that hangs holds up no other one, and is no reason for not listing it", async () => {
    const { estate, azure } = await signedIn();
    fault(estate, "entraFault", { kind: "tenantSlow", tenantId: fabrikam, ms: 1_000 });
    const hanging = azure.subscriptions({ tenantId: fabrikam }, never());
    const listed = (await azure.tenants(never())).map(({ tenantId }) => tenantId);
    expect(listed).toEqual([adatum, fabrikam]);
    expect(await azure.subscriptions({ tenantId: adatum }, never())).toHaveLength(3);
    // World time stands still: nobody but the test lets it answer.
    const first = await Promise.race([hanging, Promise.resolve("waits")]);
    expect(first).toBe("waits");
    estate.world.advance(1_000);
    expect((await hanging).map(({ name }) => name)).toEqual(["Fabrikam Shared"]);
  });

  test("a subscription that is disabled says so, and one that is forbidden names the right when it is looked into", async () => {
    const { estate, azure } = await signedIn();
    const { subscriptionId } = estate.arm;
    fault(estate, "armFault", { kind: "subscription", subscriptionId, how: "disabled" });
    const [production] = await azure.subscriptions({ tenantId: adatum }, never());
    expect(production).toEqual({ subscriptionId, name: "Adatum Production", state: "Disabled" });
    fault(estate, "armFault", { kind: "subscription", subscriptionId, how: "forbidden" });
    const sought = { subscriptionId, fullyQualifiedDomainName: addressOfInstance(estate) };
    const problem = await problemOf(azure.findInstance(sought, never()));
    expect(problem).toMatchObject({ code: "armNotAllowed" });
    expect(problem.summary).toContain("Microsoft.Sql/managedInstances/read");
  });

  test("subscriptions of every page are listed, of the tenant that was asked for alone", async () => {
    const { azure } = await signedIn();
    const names = async (tenantId: string) =>
      (await azure.subscriptions({ tenantId }, never())).map(({ name }) => name);
    expect(await names(adatum)).toEqual([
      "Adatum Production",
      "Adatum Development",
      "Adatum Sandbox",
    ]);
    expect(await names(fabrikam)).toEqual(["Fabrikam Shared"]);
  });
});

describe("finding the instance", () => {
  test("by its address, with its update policy and the link's failover mode", async () => {
    const { estate, azure } = await signedIn();
    const { subscriptionId, resourceGroup } = estate.arm;
    const fullyQualifiedDomainName = addressOfInstance(estate);
    const found = await azure.findInstance({ subscriptionId, fullyQualifiedDomainName }, never());
    const name = fullyQualifiedDomainName.split(".")[0];
    expect(found).toEqual({
      resourceId: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/managedInstances/${name ?? ""}`,
      name,
      databaseFormat: "SQLServer2022",
      failoverMode: "Manual",
    });
  });

  test("in every subscription of the tenant by one question, where none is chosen", async () => {
    const { estate, azure } = await signedIn();
    const fullyQualifiedDomainName = addressOfInstance(estate);
    const input = { subscriptionId: null, fullyQualifiedDomainName };
    const found = await azure.findInstance(input, never());
    expect(found?.resourceId).toContain(`/subscriptions/${estate.arm.subscriptionId}/`);
    const answer = estate.control({ ask: "azure" });
    const asked = JSON.stringify(answer.ok ? answer.value : answer.error);
    expect(asked.match(/ResourceGraph/gu)).toHaveLength(1);
    // Listing the subscriptions would be a second question.
    expect(asked).not.toContain('"/subscriptions"');
  });

  test("in the tenant that is named, where the account is a guest and none of its subscriptions is chosen", async () => {
    const { azure } = await signedIn();
    const fullyQualifiedDomainName = "sqlmi-fabrikam.b7c8d9e0f1a2.database.windows.net";
    const input = { subscriptionId: null, tenantId: fabrikam, fullyQualifiedDomainName };
    expect(await azure.findInstance(input, never())).toMatchObject({ name: "sqlmi-fabrikam" });
  });

  test("by its public endpoint with port, which Azure knows under the private name", async () => {
    const { estate, azure } = await signedIn();
    const [name, ...zone] = addressOfInstance(estate).split(".");
    const typed = `tcp:${name ?? ""}.public.${zone.join(".")},3342`.toUpperCase();
    const input = { subscriptionId: estate.arm.subscriptionId, fullyQualifiedDomainName: typed };
    expect(await azure.findInstance(input, never())).toMatchObject({ name });
  });

  test("in the tenant of the subscription where the account is a guest, with both tokens of that tenant", async () => {
    const { azure } = await signedIn();
    const [shared] = await azure.subscriptions({ tenantId: fabrikam }, never());
    const input = {
      subscriptionId: shared?.subscriptionId ?? "",
      fullyQualifiedDomainName: "sqlmi-fabrikam.b7c8d9e0f1a2.database.windows.net",
    };
    const found = await azure.findInstance(input, never());
    expect(found).toMatchObject({ name: "sqlmi-fabrikam", failoverMode: null });
    const { account } = await azure.status();
    expect(account?.tenantId).toBe(fabrikam);
    for (const until of [account?.armTokenUntil, account?.sqlTokenUntil]) {
      expect(Date.parse(until ?? "")).toBeGreaterThan(Date.now());
    }
  });

  test.each([
    "sqlmi9.zone.database.windows.net",
    "x' or '1' =~ '1",
    "mi\n| take 1",
    "",
    "ünïcode.example",
  ])("an address that no instance has finds none: %j", async (fullyQualifiedDomainName) => {
    const { estate, azure } = await signedIn();
    const { subscriptionId } = estate.arm;
    expect(
      await azure.findInstance({ subscriptionId, fullyQualifiedDomainName }, never()),
    ).toBeNull();
  });

  test("with a subscription of another tenant says that it is another tenant's", async () => {
    const { estate, azure } = await signedIn(dana, "fabrikam.example");
    const { subscriptionId } = estate.arm;
    const fullyQualifiedDomainName = addressOfInstance(estate);
    const problem = await problemOf(
      azure.findInstance({ subscriptionId, fullyQualifiedDomainName }, never()),
    );
    expect(problem.code).toBe("armWrongTenant");
  });
});

describe("what Azure refuses", () => {
  const ask = async (person: typeof dana, change?: Readonly<Record<string, unknown>>) => {
    const { estate, azure } = await signedIn(person);
    if (change !== undefined) fault(estate, "armFault", change);
    const before = requestsOf(estate).arm.length;
    const input = {
      subscriptionId: estate.arm.subscriptionId,
      fullyQualifiedDomainName: addressOfInstance(estate),
    };
    const problem = await problemOf(azure.findInstance(input, never()));
    return { problem, requests: requestsOf(estate).arm.length - before };
  };

  test("an account without a role is told the action that it lacks", async () => {
    const { problem } = await ask(sam);
    expect(problem).toMatchObject({ code: "armNotAllowed" });
    expect(problem.summary).toContain("Microsoft.Sql/managedInstances/read");
  });

  test("throttling is told with its waiting time, after one request alone", async () => {
    const { problem, requests } = await ask(dana, {
      kind: "throttled",
      requests: 9,
      retryAfterSeconds: 7,
    });
    expect(problem).toMatchObject({ code: "armThrottled", class: "retry" });
    expect(problem.remedy).toContain("7 s");
    expect(requests).toBe(1);
  });

  test("an Azure that cannot answer is told, after one request alone", async () => {
    const { problem, requests } = await ask(dana, { kind: "unavailable", requests: 9 });
    expect(problem).toMatchObject({ code: "armUnavailable" });
    expect(requests).toBe(1);
  });

  test("a token that Azure refuses asks to sign in again", async () => {
    const { problem } = await ask(dana, { kind: "tokensRefused", requests: 9 });
    expect(problem).toMatchObject({ code: "armTokenRefused" });
  });

  test("an Azure that is gone is told by its host", async () => {
    const options = optionsFor(await startEstate());
    // Port 9 (discard) has nobody on it.
    const { cloud, clientId } = options.registration();
    const gone = { ...cloud, armEndpoint: "https://127.0.0.1:9" };
    const azure = createAzureService({ ...options, ...registered({ cloud: gone, clientId }) });
    await signInByBrowser(azure);
    const problem = await problemOf(azure.tenants(never()));
    expect(problem).toMatchObject({ code: "webUnreachable" });
    expect(problem.summary).toContain("127.0.0.1:9");
  });

  test("an ARM whose certificate nobody vouches for is never given the token", async () => {
    const estate = await startEstate();
    const options = optionsFor(estate);
    const { cloud, clientId } = options.registration();
    const practice = {
      authorityAddress: cloud.practice?.authorityAddress ?? "",
      authorityPem: "",
    };
    const azure = createAzureService({
      ...options,
      ...registered({ cloud: { ...cloud, practice }, clientId }),
    });
    await signInByBrowser(azure);
    expect((await problemOf(azure.tenants(never()))).code).toBe("webCertificate");
    expect(requestsOf(estate).arm).toEqual([]);
  });
});

describe("what the estate is told", () => {
  test("nothing while nobody is signed in", async () => {
    const azure = createAzureService(optionsFor(await startEstate()));
    expect(await azure.readForEstate("sqlmi1.zone.database.windows.net")).toEqual({
      kind: "notAsked",
    });
  });

  test("instance, links and rights once somebody is, found by the address alone", async () => {
    const { estate, azure } = await signedIn();
    const fact = await azure.readForEstate(addressOfInstance(estate));
    expect(fact).toMatchObject({
      kind: "seen",
      tenantId: adatum,
      linkRights: [{ linkName: estate.world.state.link.name, failover: true }],
      instanceRights: { write: true, removeTrust: true },
      links: [
        {
          name: estate.world.state.link.name,
          failoverMode: "Manual",
          instanceLinkRole: "Secondary",
        },
      ],
    });
  });

  test("why not, where the account may not", async () => {
    const { estate, azure } = await signedIn(sam);
    expect(await azure.readForEstate(addressOfInstance(estate))).toMatchObject({
      kind: "failed",
      problem: { code: "instanceNotInAzure" },
    });
  });
});

describe("changing links", () => {
  test("is for somebody who is signed in", async () => {
    const azure = createAzureService(optionsFor(await startEstate()));
    expect((await problemOf(azure.linkOperations())).code).toBe("notSignedIn");
  });

  test("is done as the account that is signed in", async () => {
    const { estate, azure } = await signedIn();
    const operations = await azure.linkOperations();
    await operations.send(requestsOn(estate).remove());
    expect(estate.world.state.linkOperations).toMatchObject([
      { request: { kind: "delete" }, login: dana.upn },
    ]);
  });
});

describe("the token for the instance", () => {
  test("opens its login, under the account's name", async () => {
    const { estate, azure, account } = await signedIn();
    const token = await azure.sqlToken(account.accountId);
    const login = practiceLogins(estate).instance;
    const session = await mssqlConnector.connect({
      ...login,
      password: "",
      accessToken: () => token,
    });
    const [rows] = await session.read("SELECT SUSER_SNAME() AS login");
    await session.close();
    expect(rows).toEqual([{ login: dana.upn }]);
  });

  test("is in no answer, no problem and no error", async () => {
    const { estate, azure, account } = await signedIn();
    const token = await azure.sqlToken(account.accountId);
    const input = {
      subscriptionId: estate.arm.subscriptionId,
      fullyQualifiedDomainName: addressOfInstance(estate),
    };
    const answers: unknown[] = [account, await azure.status(), await azure.tenants(never())];
    answers.push(await azure.findInstance(input, never()));
    answers.push(await azure.readForEstate(input.fullyQualifiedDomainName));
    fault(estate, "armFault", { kind: "tokensRefused", requests: 1 });
    answers.push(await azure.tenants(never()).catch((error: unknown) => error));
    fault(estate, "armFault", { kind: "throttled", requests: 1, retryAfterSeconds: 1 });
    answers.push(await azure.findInstance(input, never()).catch((error: unknown) => error));
    fault(estate, "entraFault", { kind: "refreshTokensRevoked" });
    // By its domain the tenant is not in the cache yet, so the directory is asked.
    answers.push(
      await azure
        .subscriptions({ tenantId: "fabrikam.example" }, never())
        .catch((error: unknown) => error),
    );
    const text = wholeText(answers);
    expect(text).toContain("armTokenRefused");
    expect(text).toContain("signInAgain");
    expect(text).not.toContain(token);
    // Every token of the directory is a JSON Web Token, and these all begin like this; a refresh token is no answer's business.
    expect(text).not.toMatch(/eyJ[\w-]{20,}/);
    expect(text).not.toMatch(/refresh_token|Bearer [\w-]{8,}/);
  });
});
