// Which proxy a request takes: what is set, what the environment says, and what needs none.
import { describe, expect, test } from "vitest";
import { proxyFor, proxyName } from "../../../electron/azure/proxy.ts";

const arm = "https://management.azure.com/subscriptions";

function nameFor(environment: Readonly<Record<string, string>>, url = arm): string | undefined {
  const proxy = proxyFor(url, { kind: "system" }, environment);
  return proxy && proxyName(proxy);
}

describe("the proxy of a request", () => {
  test.each([
    [{ HTTPS_PROXY: "http://one:8080", HTTP_PROXY: "http://two:80" }, "one:8080"],
    [{ https_proxy: "one:8080" }, "one:8080"],
    [{ HTTPS_PROXY: "", ALL_PROXY: "http://all:1" }, "all:1"],
    [{ HTTP_PROXY: "https://two" }, "two:443"],
    [{ HTTPS_PROXY: "http://[fd00::1]:3128" }, "fd00::1:3128"],
    [{ HTTPS_PROXY: "http://one:8080", NO_PROXY: "x, .azure.com" }, undefined],
    [{ HTTPS_PROXY: "http://one:8080", NO_PROXY: "management.azure.com" }, undefined],
    [{ HTTPS_PROXY: "http://one:8080", NO_PROXY: "azure.com,ment.azure.com" }, "one:8080"],
    [{ HTTPS_PROXY: "socks5://one:1080" }, undefined],
    [{}, undefined],
  ])("is of the environment %j: %s", (environment, expected) => {
    expect(nameFor(environment)).toBe(expected);
  });

  test.each(["https://127.0.0.1:4430/", "https://localhost/", "https://[::1]/"])(
    "for %s, on this computer, is none, unless it is given",
    (url) => {
      expect(nameFor({ HTTPS_PROXY: "http://one:8080" }, url)).toBeUndefined();
      expect(proxyFor(url, { kind: "given", address: "http://one:8080" }, {})?.host).toBe("one");
    },
  );

  test("that is given stands over the environment's, and none over both", () => {
    const environment = { HTTPS_PROXY: "http://one:8080", NO_PROXY: ".azure.com" };
    const given = proxyFor(arm, { kind: "given", address: "http://two:3128" }, environment);
    expect(given && proxyName(given)).toBe("two:3128");
    expect(proxyFor(arm, { kind: "none" }, environment)).toBeUndefined();
  });

  test("has the environment's login for itself, and not in its name", () => {
    const proxy = proxyFor(arm, { kind: "system" }, { HTTPS_PROXY: "http://gate:p%40ss@one:8080" });
    expect(proxy).toMatchObject({ authorization: `Basic ${btoa("gate:p@ss")}` });
    expect(proxy && proxyName(proxy)).toBe("one:8080");
  });
});
