// What counts as a proxy's address when it is typed, and the result of a test as text.
import { describe, expect, test } from "vitest";
import type { NeededAddress, WebLayerResult } from "../../../shared/network/contract.ts";
import { networkText } from "../../../renderer/network/network-text.ts";
import { proxyTyped } from "../../../renderer/network/proxy-typed.ts";

describe("a proxy that is typed", () => {
  test.each([
    ["http://proxy.adatum.example:8080", "http://proxy.adatum.example:8080"],
    [" proxy.adatum.example:8080/ ", "http://proxy.adatum.example:8080"],
    ["10.0.0.1:3128", "http://10.0.0.1:3128"],
    ["[fd00::1]:3128", "http://[fd00::1]:3128"],
  ])("as %s is kept as %s", (typed, kept) => {
    expect(proxyTyped(typed)).toBe(kept);
  });

  test.each([
    "",
    "proxy",
    "proxy:0",
    "proxy:65536",
    "https://proxy:8080",
    "socks5://proxy:1080",
    "gate:secret@proxy:8080",
    "http://proxy:8080/path",
  ])("as %j is none", (typed) => {
    expect(proxyTyped(typed)).toBeUndefined();
  });
});

test("the result as text has every address with its way and its layers", () => {
  const addresses: readonly NeededAddress[] = [
    { service: "signIn", address: "login.microsoftonline.com:443", way: { kind: "direct" } },
    {
      service: "arm",
      address: "management.azure.com:443",
      way: { kind: "proxy", proxy: "proxy:8080", setBy: "environment" },
    },
  ];
  const arm: readonly WebLayerResult[] = [
    { layer: "name", outcome: "passed", sentence: "Known." },
    {
      layer: "port",
      outcome: "failed",
      problems: [{ code: "c", class: "block", summary: "S.", detail: "D", remedy: "R." }],
    },
    { layer: "tls", outcome: "notReached" },
  ];
  expect(networkText(addresses, { arm }, "2026-11-22T08:00:00.000Z"))
    .toBe(`Network test, 2026-11-22T08:00:00.000Z

Sign-in: login.microsoftonline.com:443. Directly, by no proxy.

Azure Resource Manager: management.azure.com:443. Through the proxy proxy:8080, from the environment (HTTPS_PROXY).
  Name: passed. Known.
  Way: failed (c). S. D R.
  TLS: not reached.
`);
});
