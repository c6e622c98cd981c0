// What the provider refuses, and how it says so; the pages under hostile values; tokens that are not its own.
import { createPublicKey, createSign, generateKeyPairSync, verify } from "node:crypto";
import type { JsonWebKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { audiences, dana } from "../../../practice/entra/directory.ts";
import { authorization, codeFor, post, redeem, redirectUri } from "./authorization.ts";
import { claimsOf, practiceEntra, sqlScope } from "./msal.ts";
import { openPage, submit } from "./person.ts";

const practice = practiceEntra();
const hostile = `] ' " $(x) 🙂 <script>&amp;&#39;\n`.padEnd(128, "x");

async function accessToken(): Promise<string> {
  const { facts } = practice().entra;
  const { body } = await redeem(facts, await codeFor(facts, dana.upn));
  return String(body["access_token"]);
}

describe("the authorize page", () => {
  test.each([
    ["an unknown application", { client_id: "11111111-2222-3333-4444-555555555555" }, 700016],
    ["a redirect to another computer", { redirect_uri: "https://evil.example/" }, 50011],
    [
      "a redirect that only begins like this computer",
      { redirect_uri: "http://localhost.evil.example" },
      50011,
    ],
    [
      "a redirect with a user name in it",
      { redirect_uri: "http://localhost:1@evil.example/" },
      50011,
    ],
    ["an unknown tenant", { tenant: "nobody.example" }, 90002],
    ["an answer in the address", { response_mode: "query" }, 70007],
    ["an answer with a token", { response_type: "token" }, 70007],
    ["no PKCE", { code_challenge: "" }, 501491],
    ["PKCE in plain text", { code_challenge_method: "plain" }, 501491],
  ])("refuses %s and sends nobody anywhere", async (_, change, code) => {
    const page = await openPage(authorization(practice().entra.facts, change));
    expect(page).toMatchObject({ status: 400, action: "", fields: {} });
    expect(page.text).toContain(`AADSTS${code}`);
  });

  test("refuses them in the posted choice just the same", async () => {
    const { facts } = practice().entra;
    const page = await openPage(authorization(facts));
    const tampered = await submit(page, facts.address, {
      upn: dana.upn,
      redirect_uri: "http://evil.example",
    });
    expect(tampered).toMatchObject({ status: 400, fields: {} });
    expect(tampered.text).toContain("AADSTS50011");
  });

  test("answers prompt=none with login_required: nobody is signed in", async () => {
    const page = await openPage(authorization(practice().entra.facts, { prompt: "none" }));
    expect(page).toMatchObject({
      action: redirectUri,
      fields: { error: "login_required", state: "s" },
    });
  });

  test("gives a hostile state back letter by letter and lets nothing out of its quotes", async () => {
    const { facts } = practice().entra;
    const page = await openPage(authorization(facts, { state: hostile }));
    expect(page.text).not.toContain("<script>&amp;");
    const answer = await submit(page, facts.address, { upn: dana.upn });
    expect(answer.fields["state"]).toBe(hostile);
    expect(answer.text.match(/<script /g)).toHaveLength(1);
  });

  test("shows an unknown account's name as text, with the accounts to choose from", async () => {
    const { facts } = practice().entra;
    const page = await openPage(authorization(facts));
    const refused = await submit(page, facts.address, { upn: hostile });
    expect(refused.alert).toContain("AADSTS50034");
    expect(refused.alert).toContain(hostile);
    expect(refused.text).toContain(dana.upn);
  });
});

describe("the token endpoint", () => {
  test("redeems a code once", async () => {
    const { facts } = practice().entra;
    const code = await codeFor(facts, dana.upn);
    expect((await redeem(facts, code)).status).toBe(200);
    expect(await redeem(facts, code)).toMatchObject({
      status: 400,
      body: { error: "invalid_grant", error_codes: [54005] },
    });
  });

  test.each([
    ["another verifier", { code_verifier: "x".repeat(43) }, "invalid_grant", 501481],
    ["no verifier", { code_verifier: "" }, "invalid_grant", 501481],
    ["another redirect", { redirect_uri: "http://localhost:1" }, "invalid_grant", 500112],
    ["another application", { client_id: "x" }, "unauthorized_client", 700016],
    ["an unknown grant type", { grant_type: "password" }, "unsupported_grant_type", 70003],
    [
      "an unknown refresh token",
      { grant_type: "refresh_token", refresh_token: "x" },
      "invalid_grant",
      9002313,
    ],
    [
      "an unknown resource",
      { scope: "https://vault.azure.net/.default" },
      "invalid_resource",
      500011,
    ],
    [
      "two resources",
      { scope: `${sqlScope} https://management.azure.com/.default` },
      "invalid_request",
      28000,
    ],
    ["a scope that is none", { scope: hostile }, "invalid_scope", 70011],
  ])("refuses %s", async (_, change, error, code) => {
    const { facts } = practice().entra;
    const told = await redeem(facts, await codeFor(facts, dana.upn), change);
    expect(told).toMatchObject({ status: 400, body: { error, error_codes: [code] } });
    expect(told.body["error_description"]).toMatch(new RegExp(`^AADSTS${code}: .*Trace ID: `, "s"));
    expect(told.body).not.toHaveProperty("access_token");
  });

  test("refuses a code after ten minutes", async () => {
    const { entra, pass } = practice();
    const code = await codeFor(entra.facts, dana.upn);
    pass(10 * 60 * 1000);
    expect(await redeem(entra.facts, code)).toMatchObject({ body: { error_codes: [70008] } });
  });

  test("takes the resource with one slash or two, and names in the scope what was asked", async () => {
    const { facts } = practice().entra;
    const scope = "https://management.azure.com//.default openid";
    const { body } = await redeem(facts, await codeFor(facts, dana.upn), { scope });
    expect(claimsOf(String(body["access_token"]))["aud"]).toBe("https://management.azure.com/");
    expect(String(body["scope"]).split(" ")).toContain("https://management.azure.com//.default");
    expect(body).not.toHaveProperty("refresh_token");
  });

  test("echoes the client's correlation id", async () => {
    const id = "0a1b2c3d-0000-4000-8000-123456789abc";
    const told = await post(practice().entra.facts, "nobody.example/oauth2/v2.0/token", {
      "client-request-id": id,
    });
    expect(told.body).toMatchObject({ error: "invalid_tenant", correlation_id: id });
  });
});

describe("documents", () => {
  test("the keys verify a token by themselves", async () => {
    const { facts } = practice().entra;
    const response = await fetch(`${facts.address}/common/discovery/v2.0/keys`);
    // As the keys document is defined (RFC 7517).
    const { keys } = (await response.json()) as { readonly keys: readonly JsonWebKey[] };
    const [head = "", body = "", signature = ""] = (await accessToken()).split(".");
    const [key] = keys;
    if (key === undefined) throw new Error("no key");
    const publicKey = createPublicKey({ key, format: "jwk" });
    const isSigned = (text: string): boolean =>
      verify("RSA-SHA256", Buffer.from(text), publicKey, Buffer.from(signature, "base64url"));
    expect([isSigned(`${head}.${body}`), isSigned(`${head}.${body}x`)]).toEqual([true, false]);
  });

  test("discovery names the mapped authority alone; logout says good-bye; the rest is 404", async () => {
    const { facts } = practice().entra;
    const text = await (
      await fetch(`${facts.address}/adatum.example/v2.0/.well-known/openid-configuration`)
    ).text();
    expect(text).not.toContain("127.0.0.1");
    expect(
      text.match(/https:\/\/[^/"]+/g)?.every((one) => one === "https://login.practice.invalid"),
    ).toBe(true);
    expect(await openPage(`${facts.address}/common/oauth2/v2.0/logout`)).toMatchObject({
      status: 200,
      title: "You signed out",
    });
    expect((await fetch(`${facts.address}/common/oauth2/v2.0/nothing`)).status).toBe(404);
  });
});

describe("a token that comes back", () => {
  test("counts for its own audience and until it expires", async () => {
    const { entra, pass } = practice();
    const token = await accessToken();
    expect(entra.checkToken(token, audiences.arm)).toMatchObject({
      kind: "valid",
      claims: { upn: dana.upn },
    });
    expect(entra.checkToken(token, audiences.sql)).toEqual({
      kind: "wrongAudience",
      audience: audiences.arm,
    });
    pass(4200 * 1000);
    expect(entra.checkToken(token, audiences.arm).kind).toBe("expired");
  });

  test("with one letter changed, another key, no signature or no sense is forged", async () => {
    const { entra } = practice();
    const token = await accessToken();
    const [head = "", body = "", signature = ""] = token.split(".");
    const richer = Buffer.from(JSON.stringify({ ...claimsOf(token), upn: "root" })).toString(
      "base64url",
    );
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const foreign = createSign("RSA-SHA256")
      .update(`${head}.${body}`)
      .sign(privateKey, "base64url");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const kinds = [
      `${head}.${richer}.${signature}`,
      `${head}.${body}.${foreign}`,
      `${none}.${body}.`,
      `${head}.${body}.`,
      `${token}.x`,
      hostile,
      "",
    ].map((forged) => entra.checkToken(forged, audiences.arm).kind);
    expect(new Set(kinds)).toEqual(new Set(["forged"]));
  });
});
