// Signing in by browser with the real client library.
import { describe, expect, test } from "vitest";
import { adatum, dana, fabrikam, sam } from "../../../practice/entra/directory.ts";
import {
  accountOf,
  armScope,
  claimsOf,
  clientOf,
  practiceEntra,
  refusalOf,
  signIn,
  sqlScope,
} from "./msal.ts";
import { authorization } from "./authorization.ts";
import { choose, openPage } from "./person.ts";

const practice = practiceEntra();

describe("signing in by browser", () => {
  test("gives a token of the user's own tenant for the audience that was asked", async () => {
    const { entra } = practice();
    const result = await signIn(clientOf(entra.facts), entra.facts, dana);
    expect(claimsOf(result.accessToken)).toMatchObject({
      aud: "https://management.azure.com/",
      tid: adatum.tenantId,
      oid: dana.home.objectId,
      upn: dana.upn,
    });
    expect(accountOf(result)).toMatchObject({
      username: dana.upn,
      name: dana.name,
      tenantId: adatum.tenantId,
      homeAccountId: `${dana.home.objectId}.${adatum.tenantId}`,
    });
    expect(entra.checkToken(result.accessToken, "https://management.azure.com/").kind).toBe(
      "valid",
    );
  });

  test("cancelled at the page is access_denied", async () => {
    const { entra } = practice();
    const refusal = await refusalOf(
      signIn(clientOf(entra.facts), entra.facts, { choice: "cancel" }),
    );
    expect(refusal).toMatch(/^access_denied: .*AADSTS65004/);
  });

  test("while consent is declined nobody gets in, and afterwards everybody does", async () => {
    const { entra } = practice();
    entra.fault({ kind: "consentDeclined", on: true });
    const first = await refusalOf(signIn(clientOf(entra.facts), entra.facts, dana));
    entra.fault({ kind: "consentDeclined", on: false });
    const second = await refusalOf(signIn(clientOf(entra.facts), entra.facts, dana));
    expect([first.split(":", 1)[0], second]).toEqual(["access_denied", "signedIn"]);
  });

  test("in a tenant the user is not in ends at the page, with AADSTS50020 and the accounts to choose from", async () => {
    const { entra } = practice();
    const address = authorization(entra.facts, { tenant: fabrikam.domain });
    const page = await choose(await openPage(address), entra.facts.address, sam);
    expect(page).toMatchObject({ status: 400, title: "Sign in" });
    expect(page.alert).toContain("AADSTS50020");
    expect(page.alert).toContain(fabrikam.name);
    expect(page.text).toContain(dana.upn);
  });

  test("as a guest gives a token of the other tenant under the guest's object id and name", async () => {
    const { entra } = practice();
    const result = await signIn(clientOf(entra.facts), entra.facts, dana, {
      authority: `https://login.practice.invalid/${fabrikam.tenantId}`,
    });
    expect(claimsOf(result.accessToken)).toMatchObject({
      tid: fabrikam.tenantId,
      oid: dana.guest[0]?.objectId,
      upn: "dana_adatum.example#EXT#@fabrikam.example",
      unique_name: dana.upn,
    });
    expect(accountOf(result).homeAccountId).toBe(`${dana.home.objectId}.${adatum.tenantId}`);
  });
});

describe("silent tokens", () => {
  test("come from the cache for the same audience, and from the refresh token for the other one", async () => {
    const { entra } = practice();
    const client = clientOf(entra.facts);
    const first = await signIn(client, entra.facts, dana);
    const account = accountOf(first);
    const asked = entra.requests.length;
    const again = await client.acquireTokenSilent({ account, scopes: [armScope] });
    expect([again.accessToken, entra.requests.length]).toEqual([first.accessToken, asked]);
    const other = await client.acquireTokenSilent({ account, scopes: [sqlScope] });
    expect(claimsOf(other.accessToken)["aud"]).toBe("https://database.windows.net/");
    expect(entra.requests.slice(asked).map(({ grantType }) => grantType)).toContain(
      "refresh_token",
    );
  });

  test("for the second tenant need no second sign-in where the user is a guest, and are 50020 where not", async () => {
    const { entra } = practice();
    const authority = `https://login.practice.invalid/${fabrikam.tenantId}`;
    const tokenOf = async (user: { readonly upn: string }) => {
      const client = clientOf(entra.facts);
      const account = accountOf(await signIn(client, entra.facts, user));
      // MSAL looks into its cache by the account's tenant, not by the authority's.
      const { accessToken } = await client.acquireTokenSilent({
        account: { ...account, tenantId: fabrikam.tenantId },
        scopes: [armScope],
        authority,
      });
      return claimsOf(accessToken)["tid"];
    };
    expect(await tokenOf(dana)).toBe(fabrikam.tenantId);
    expect(await refusalOf(tokenOf(sam))).toMatch(/^invalid_grant: .*AADSTS50020/);
  });

  test("after revoking are refused with AADSTS50173, and a new sign-in mends it", async () => {
    const { entra } = practice();
    const client = clientOf(entra.facts);
    const account = accountOf(await signIn(client, entra.facts, dana));
    entra.fault({ kind: "refreshTokensRevoked" });
    const silent = () => refusalOf(client.acquireTokenSilent({ account, scopes: [sqlScope] }));
    expect(await silent()).toMatch(/^invalid_grant: .*AADSTS50173/);
    await signIn(client, entra.facts, dana);
    expect(await silent()).toBe("signedIn");
  });

  test.each([
    ["mfaRequired", 50076, "signedIn"],
    ["blocked", 53003, "AADSTS53003"],
    ["unavailable", 90033, "AADSTS90033"],
  ] as const)(
    "of a tenant that fails (%s) are AADSTS%i; the other tenant goes on",
    async (how, code, byHand) => {
      const { entra } = practice();
      const client = clientOf(entra.facts);
      const account = accountOf(await signIn(client, entra.facts, dana));
      const silent = (tenantId: string) =>
        refusalOf(
          client.acquireTokenSilent({
            account,
            scopes: [armScope],
            authority: `https://login.practice.invalid/${tenantId}`,
            forceRefresh: true,
          }),
        );
      entra.fault({ kind: "tenantFails", tenantId: fabrikam.tenantId, how, on: true });
      const inFabrikam = await silent(fabrikam.tenantId);
      const atHome = await silent(adatum.tenantId);
      const address = authorization(entra.facts, { tenant: fabrikam.tenantId });
      const page = await choose(await openPage(address), entra.facts.address, dana);
      entra.fault({ kind: "tenantFails", tenantId: fabrikam.tenantId, how, on: false });
      expect(inFabrikam).toContain(`AADSTS${code}`);
      expect(atHome).toBe("signedIn");
      expect("code" in page.fields ? "signedIn" : page.text).toContain(byHand);
    },
  );

  test("that live shortly are asked for again", async () => {
    const { entra } = practice();
    entra.fault({ kind: "tokenLifetime", seconds: 0 });
    const client = clientOf(entra.facts);
    const first = await signIn(client, entra.facts, dana);
    expect(entra.checkToken(first.accessToken, "https://management.azure.com/").kind).toBe(
      "expired",
    );
    entra.fault({ kind: "tokenLifetime", seconds: 3600 });
    const again = await client.acquireTokenSilent({
      account: accountOf(first),
      scopes: [armScope],
    });
    expect(entra.checkToken(again.accessToken, "https://management.azure.com/").kind).toBe("valid");
  });
});

describe("a slow provider", () => {
  test("answers nothing until the time has passed", async () => {
    const { entra, waits } = practice();
    entra.fault({ kind: "slow", ms: 4000 });
    const page = openPage(`${entra.facts.address}/devicelogin`);
    await expect.poll(() => waits.length).toBe(1);
    entra.fault({ kind: "slow", ms: 0 });
    expect((await openPage(`${entra.facts.address}/devicelogin`)).status).toBe(200);
    const [waiting] = waits;
    expect(waiting?.ms).toBe(4000);
    waiting?.release();
    expect((await page).status).toBe(200);
  });

  test("in one tenant holds back no other one", async () => {
    const { entra, waits } = practice();
    waits.length = 0;
    entra.fault({ kind: "tenantSlow", tenantId: fabrikam.tenantId, ms: 4000 });
    const discovery = (segment: string) =>
      fetch(`${entra.facts.address}/${segment}/v2.0/.well-known/openid-configuration`);
    const slow = discovery("fabrikam.example");
    await expect.poll(() => waits.map(({ ms }) => ms)).toEqual([4000]);
    expect((await discovery("adatum.example")).status).toBe(200);
    entra.fault({ kind: "tenantSlow", tenantId: fabrikam.tenantId, ms: 0 });
    waits[0]?.release();
    expect((await slow).status).toBe(200);
  });
});
