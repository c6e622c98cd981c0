// Requests to Azure through a proxy, and certificates of a private authority: real sockets, the practice estate's directory and ARM behind them.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clouds } from "../../../electron/azure/clouds.ts";
import { createNetwork } from "../../../electron/azure/network.ts";
import { createNetworkTest } from "../../../electron/azure/network-test.ts";
import type { NodeNetwork } from "../../../electron/azure/node-network.ts";
import {
  environmentNetwork,
  networkOf,
  practiceNetwork,
} from "../../../electron/azure/node-network.ts";
import type { PracticeEstate } from "../../../practice/estate.ts";
import type { WebLayerResult, WebService } from "../../../shared/network/contract.ts";
import type { FakeProxy } from "../../fakes/fake-proxy.ts";
import { startFakeProxy } from "../../fakes/fake-proxy.ts";
import { asked, given } from "../../practice/arm/changing.ts";
import { operationsOver, requestsOn } from "./changing-link.ts";
import { cloudOf, never, problemOf, requestsOf, startEstate } from "./practice-azure.ts";

const signInHost = "login.microsoftonline.com";
const discovery = `https://${signInHost}/organizations/v2.0/.well-known/openid-configuration`;

/** The practice estate's services behind the names of the public cloud. */
function proxyTo({ arm, entra, caFile }: PracticeEstate): Promise<FakeProxy> {
  return startFakeProxy({
    origins: {
      [`${signInHost}:443`]: entra.address,
      "management.azure.com:443": arm.endpoint,
    },
    upstreamPem: readFileSync(caFile, "utf8"),
  });
}

let estate: PracticeEstate;
let proxy: FakeProxy;
/** What is set; changed while the same clients go on. */
let set: { proxy: string | null; caFile: string | null };
const network = (): NodeNetwork => networkOf(set);

beforeEach(async () => {
  estate = await startEstate();
  proxy = await proxyTo(estate);
  proxy.behave({ kind: "inspects" });
  set = { proxy: proxy.address, caFile: null };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
});

describe("a sign-in's request", () => {
  const signIn = (way = network) => {
    const made = createNetwork(clouds.public, { kind: "node", network: way }, never());
    return {
      get: (url: string) => made.module.sendGetRequestAsync(url),
      lastFailure: () => made.lastFailure(),
    };
  };

  test("fails at a certificate of the proxy's own until its authority is set, which holds from the next request on", async () => {
    const { get, lastFailure } = signIn();
    await expect(get(discovery)).rejects.toThrow();
    expect(lastFailure()).toMatchObject({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    expect(requestsOf(estate).entra).toEqual([]);
    set.caFile = proxy.authorityFile;
    expect(await get(discovery)).toMatchObject({ status: 200 });
    expect(proxy.tunnels).toEqual([`${signInHost}:443`, `${signInHost}:443`]);
    expect(requestsOf(estate).entra).toHaveLength(1);
  });

  test("of a file that is no authority's does not leave, and says why", async () => {
    set.caFile = `${proxy.authorityFile}.gone`;
    const { get, lastFailure } = signIn();
    await expect(get(discovery)).rejects.toThrow();
    expect(lastFailure()).toMatchObject({ problem: { code: "authorityFileNotRead" } });
    expect(proxy.tunnels).toEqual([]);
  });

  test("takes the environment's proxy with its login where none is set", async () => {
    proxy.behave({ kind: "wantsLogin", login: "gate:p@ss" });
    const withLogin = proxy.address.replace("//", "//gate:p%40ss@");
    vi.stubEnv("HTTPS_PROXY", withLogin);
    vi.stubEnv("NO_PROXY", "");
    // Leads nowhere: what is asked here is the way alone.
    const url = "https://gate.adatum.invalid/subscriptions";
    const { get, lastFailure } = signIn(() => environmentNetwork);
    await expect(get(url)).rejects.toThrow();
    expect(proxy.tunnels).toEqual(["gate.adatum.invalid:443"]);
    vi.stubEnv("HTTPS_PROXY", proxy.address);
    await expect(get(url)).rejects.toThrow();
    expect(lastFailure()).toMatchObject({ code: "PROXY_407" });
    expect(proxy.tunnels).toHaveLength(1);
  });
});

describe("a change of the link", () => {
  test("goes through the proxy once, and is done", () =>
    given(async ({ estate: own, token }) => {
      const gateway = await proxyTo(own);
      gateway.behave({ kind: "inspects" });
      set = { proxy: gateway.address, caFile: gateway.authorityFile };
      const operations = operationsOver({ kind: "node", network }, token);
      await operations.send(requestsOn(own).update("Sync"));
      expect(asked(own)).toMatchObject([{ text: "PATCH replicationMode Sync", count: 1 }]);
      expect(gateway.seen.filter((one) => one.startsWith("PATCH"))).toHaveLength(1);
      await gateway.stop();
    }));

  test.each([
    ["is gone", "webProxyUnreachable", gone],
    ["asks for a login", "webProxyAuthentication", wantsLogin],
    ["refuses", "webProxyRefused", refuses],
    ["shows a certificate that is not trusted", "webCertificate", nothing],
  ])("that did not leave, since the proxy %s, is told as that", async (_, code, make) => {
    await make();
    const sent = operationsOver({ kind: "node", network }).send(requestsOn(estate).remove());
    expect(await problemOf(sent)).toMatchObject({ code, class: "block" });
    expect(requestsOf(estate).arm).toEqual([]);
  });
});

function wantsLogin(): Promise<void> {
  proxy.behave({ kind: "wantsLogin", login: "gate:secret" });
  return nothing();
}

function refuses(): Promise<void> {
  proxy.behave({ kind: "refuses" });
  return nothing();
}

function gone(): Promise<void> {
  return proxy.stop();
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

describe("the test of the way", () => {
  const way = () => createNetworkTest(() => clouds.public, { kind: "node", network });
  const told = async (service: WebService) => {
    const results = await way().test(service, never());
    return results.map(sentenceOf);
  };

  test("names the proxy of each address", async () => {
    const host = proxy.address.replace("http://", "");
    const byProxy = { kind: "proxy", proxy: host, setBy: "settings" };
    expect(await way().look()).toEqual({
      trust: "ownList",
      addresses: [
        { service: "signIn", address: `${signInHost}:443`, way: byProxy },
        { service: "arm", address: "management.azure.com:443", way: byProxy },
      ],
    });
    set.caFile = "/nowhere.pem";
    expect((await way().look()).addresses[0]?.way).toMatchObject({
      kind: "unknown",
      problem: { code: "authorityFileNotRead" },
    });
  });

  test.each(["signIn", "arm"] as const)(
    "of %s fails at TLS with the issuer's name, and passes once that is trusted",
    async (service) => {
      expect(await told(service)).toEqual([
        expect.stringMatching(/^name passed The proxy 127\.0\.0\.1 is 127\.0\.0\.1;/u),
        expect.stringMatching(/^port passed The proxy 127\.0\.0\.1:\d+ opens the way to /u),
        expect.stringMatching(/^tls webCertificate .* It is issued by CN=Adatum Web Gateway\.$/u),
        "answer notReached",
      ]);
      set.caFile = proxy.authorityFile;
      expect((await told(service)).slice(2)).toEqual([
        expect.stringMatching(/^tls passed .* issued by CN=Adatum Web Gateway, valid until/u),
        expect.stringMatching(/^answer passed .* answered with status/u),
      ]);
      const { entra, arm } = requestsOf(estate);
      expect([entra.length, arm.map(({ status }) => status)]).toEqual(
        service === "arm" ? [0, [401]] : [1, []],
      );
    },
  );

  test.each([
    ["asks for a login", "port webProxyAuthentication", wantsLogin],
    ["refuses", "port webProxyRefused", refuses],
    ["is gone", "port webProxyUnreachable", gone],
  ])("fails at the way where the proxy %s", async (_, expected, make) => {
    await make();
    expect((await told("arm"))[1]).toContain(expected);
  });

  test("fails at the name where the proxy's is not known", async () => {
    set.proxy = "http://no-such-proxy.invalid:8080";
    expect(await told("arm")).toEqual([
      "name webHostUnknown no-such-proxy.invalid is not known here by that name.",
      "port notReached",
      "tls notReached",
      "answer notReached",
    ]);
  });

  test("fails at the answer where the proxy shows a page of its own", async () => {
    const gateway = await startFakeProxy();
    gateway.behave({ kind: "inspects" });
    set = { proxy: gateway.address, caFile: gateway.authorityFile };
    expect((await told("signIn")).at(-1)).toMatch(
      /^answer webOtherAnswer What answered for .* It answered with status 200\.$/u,
    );
    await gateway.stop();
  });
});

test("the practice estate's own services are reached directly, whatever the environment says of proxies", async () => {
  vi.stubEnv("HTTPS_PROXY", proxy.address);
  const own = practiceNetwork(readFileSync(estate.caFile, "utf8"));
  const way = createNetworkTest(() => cloudOf(estate), { kind: "node", network: () => own });
  const { addresses } = await way.look();
  expect(addresses.map((one) => one.way.kind)).toEqual(["direct", "direct"]);
  const results = await Promise.all([way.test("signIn", never()), way.test("arm", never())]);
  const last = results.map((one) => one.map(sentenceOf).slice(1));
  expect(last).toEqual([
    [
      expect.stringMatching(/^port passed login\.practice\.invalid:443 takes connections/u),
      "tls passed Not encrypted: it is on this computer.",
      "answer passed The sign-in service answered with status 200.",
    ],
    [
      expect.stringMatching(/^port passed 127\.0\.0\.1:\d+ takes connections/u),
      expect.stringMatching(/^tls passed The certificate is trusted; .*CN=Practice authority/u),
      expect.stringMatching(/^answer passed Azure Resource Manager answered with status 401/u),
    ],
  ]);
  expect(proxy.tunnels).toEqual([]);
});

function sentenceOf(result: WebLayerResult): string {
  const { layer, outcome } = result;
  if (result.outcome === "passed") return `${layer} passed ${result.sentence}`;
  if (result.outcome === "notReached") return `${layer} ${outcome}`;
  return result.problems.map(({ code, summary }) => `${layer} ${code} ${summary}`).join(" ");
}
