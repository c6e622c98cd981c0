import { describe, expect, test } from "vitest";
import { clouds } from "../../../electron/azure/clouds.ts";
import { createNetwork } from "../../../electron/azure/network.ts";

const url = "https://login.microsoftonline.com/organizations/oauth2/v2.0/token";

function networkTo(fetch: typeof globalThis.fetch, signal = new AbortController().signal) {
  return createNetwork(clouds.public, { kind: "fetch", fetch }, signal);
}

function post(network: ReturnType<typeof networkTo>) {
  return network.module.sendPostRequestAsync(url, {
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "3" },
    body: "a=b",
  });
}

describe("the sign-in's network over the host's fetch", () => {
  test("hands on address, body and headers, but for those a fetch sets itself", async () => {
    const asked: unknown[] = [];
    const network = networkTo((input, init) => {
      const headers = new Headers(init?.headers);
      const names = ["content-type", "content-length"].map((name) => headers.get(name));
      asked.push([input, init?.method, init?.body, ...names]);
      return Promise.resolve(Response.json({ token_type: "Bearer" }));
    });
    expect(await post(network)).toMatchObject({ status: 200, body: { token_type: "Bearer" } });
    expect(asked).toEqual([[url, "POST", "a=b", "application/x-www-form-urlencoded", null]]);
    expect(network.lastFailure()).toBeUndefined();
  });

  test("remembers number and words of a refusal, until a request goes well", async () => {
    const answers = [
      Response.json({ error: "invalid_grant", error_codes: [50173], error_description: "ended" }),
      Response.json({}),
    ];
    const network = networkTo(() => Promise.resolve(answers.shift() ?? Response.error()));
    await post(network);
    expect(network.lastFailure()).toEqual({
      kind: "refused",
      refusal: { error: "invalid_grant", number: 50173, text: "ended", correlationId: undefined },
    });
    await post(network);
    expect(network.lastFailure()).toBeUndefined();
  });

  test.each([
    ["a page of the proxy instead of the authority's answer", new Response("<html>"), "NO_JSON"],
    ["a proxy that asks for a login", new Response("{}", { status: 407 }), "PROXY_407"],
  ])("tells %s by the host", async (_, answer, code) => {
    const network = networkTo(() => Promise.resolve(answer));
    await expect(post(network)).rejects.toThrow();
    expect(network.lastFailure()).toMatchObject({
      kind: "unreachable",
      host: "login.microsoftonline.com",
      code,
    });
  });

  test("finds Node's code behind a fetch that failed", async () => {
    const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const network = networkTo(() => Promise.reject(new TypeError("fetch failed", { cause })));
    await expect(post(network)).rejects.toThrow();
    expect(network.lastFailure()).toMatchObject({ kind: "unreachable", code: "ENOTFOUND" });
  });

  test("ends what is under way when its sign-in is given up", async () => {
    const ended = new AbortController();
    const network = networkTo(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => {
            reject(new DOMException("aborted", "AbortError"));
          });
          ended.abort();
        }),
      ended.signal,
    );
    await expect(post(network)).rejects.toThrow();
  });
});
