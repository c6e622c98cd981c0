// The way of the host's own client, as a window for real servers tests it: proxies and certificates are the host's, the words are ours.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Host, HostWeb } from "../../../electron/host/host.ts";
import type { Transport } from "../../../electron/ipc/serve.ts";
import { openWindow } from "../../../electron/window.ts";
import type { Answer, RequestName } from "../../../shared/ipc.ts";
import type { NetworkFacts, WebLayerResult } from "../../../shared/network/contract.ts";

type Answering = Parameters<Transport<string>["onRequest"]>[0];

/** What the host's network does with a request, and whose certificate it was shown before. */
interface Network {
  readonly answer: () => Promise<Response>;
  readonly issuer?: string;
}

async function windowOn(network: Network) {
  let answer: Answering = () => Promise.reject(new Error("Nothing is served."));
  const used: (string | null)[] = [];
  const web: HostWeb = {
    fetch: network.answer,
    freshFetch: () => network.answer,
    witnessedFetch: () => ({ fetch: network.answer, issuer: () => network.issuer }),
    useProxy: (proxy) => void used.push(proxy),
    resolveProxy: () => Promise.resolve("PROXY proxy.adatum.example:8080;DIRECT"),
  };
  const host: Host<string> = {
    needs: { kind: "electron", notify: () => undefined, closeWindow: () => undefined },
    system: {
      openInBrowser: () => Promise.resolve(),
      startBeside: () => {
        throw new Error("No test expects a process beside.");
      },
      web,
    },
    transport: {
      onRequest: (handler) => void (answer = handler),
      onCancel: () => undefined,
      isAllowed: () => true,
    },
    send: () => undefined,
    show: () => Promise.resolve(),
    closed: Promise.resolve(),
  };
  const dataDir = mkdtempSync(join(tmpdir(), "mi-link-data-"));
  await openWindow(host, { dataDir, clientId: undefined }, undefined);
  const ask = async <T>(name: RequestName, input: object): Promise<T> => {
    // The handler of that very name has answered.
    const told = (await answer({ name, input }, "the page")) as Answer<T>;
    if (!told.ok) throw new Error(told.error.summary);
    return told.value;
  };
  return { ask, used };
}

async function tested(network: Network): Promise<readonly WebLayerResult[]> {
  const { ask } = await windowOn(network);
  return ask("network.test", { service: "arm" });
}

const challenge = new Response("{}", {
  status: 401,
  headers: { "www-authenticate": "Bearer authorization_uri" },
});
const failing = (code: string) => () => Promise.reject(new Error(`net::${code}`));

test("what is set is the host's proxy from the next request on, and its trust is the operating system's", async () => {
  const { ask, used } = await windowOn({ answer: () => Promise.resolve(challenge.clone()) });
  expect(await ask<NetworkFacts>("network.look", {})).toMatchObject({
    trust: "operatingSystem",
    addresses: [
      { way: { kind: "proxy", proxy: "proxy.adatum.example:8080", setBy: "system" } },
      { address: "management.azure.com:443" },
    ],
  });
  await ask("settings.write", { network: { proxy: "http://10.0.0.1:3128", caFile: null } });
  const { addresses } = await ask<NetworkFacts>("network.look", {});
  expect(addresses[0]?.way).toMatchObject({ setBy: "settings" });
  expect([used[0], used.at(-1)]).toEqual([null, "http://10.0.0.1:3128"]);
});

test("a service that answers has passed every layer, and names the issuer of its certificate", async () => {
  const answer = () => Promise.resolve(challenge.clone());
  const results = await tested({ answer, issuer: "DigiCert" });
  expect(results.map((one) => (one.outcome === "passed" ? one.sentence : one.outcome))).toEqual([
    "The operating system, or the proxy, knows the name.",
    "The proxy proxy.adatum.example:8080 opens the way to management.azure.com:443.",
    "The operating system trusts the certificate; it is issued by DigiCert.",
    "Azure Resource Manager answered with status 401: it asks for a token, as it should.",
  ]);
});

test.each([
  ["ERR_NAME_NOT_RESOLVED", undefined, "name", "webHostUnknown"],
  ["ERR_CONNECTION_REFUSED", undefined, "port", "webUnreachable"],
  ["ERR_PROXY_CONNECTION_FAILED", undefined, "port", "webProxyUnreachable"],
  ["ERR_TUNNEL_CONNECTION_FAILED", undefined, "port", "webProxyRefused"],
  ["ERR_CERT_AUTHORITY_INVALID", "Adatum Web Gateway", "tls", "webCertificate"],
  ["ERR_EMPTY_RESPONSE", "DigiCert", "answer", "webConnectionClosed"],
])("%s, certificate of %s, is told at the layer %s", async (error, issuer, layer, code) => {
  const results = await tested({
    answer: failing(error),
    ...(issuer === undefined ? {} : { issuer }),
  });
  const failed = results.filter(({ outcome }) => outcome === "failed");
  expect(failed).toMatchObject([{ layer, problems: [{ code }] }]);
  if (layer === "tls") expect(JSON.stringify(failed)).toContain("issued by Adatum Web Gateway.");
});
