// Device code with the real client library, and the page where the code is typed.
import { describe, expect, test } from "vitest";
import { dana, fabrikam, sam } from "../../../practice/entra/directory.ts";
import { post } from "./authorization.ts";
import { armScope, claimsOf, clientOf, practiceEntra, refusalOf } from "./msal.ts";
import { openPage, typeDeviceCode, type Choice, type Page } from "./person.ts";

const practice = practiceEntra();

interface Answered {
  readonly refusal: string;
  readonly upn: unknown;
  readonly page: Page | undefined;
}

/** Asks for a code, lets a person type it in another spelling, and waits for the end. */
async function byDeviceCode(choice: Choice): Promise<Answered> {
  const { entra } = practice();
  entra.fault({ kind: "deviceCodes", lifetimeSeconds: 900, intervalSeconds: 0 });
  let page: Page | undefined;
  let upn: unknown;
  const refusal = await refusalOf(
    clientOf(entra.facts)
      .acquireTokenByDeviceCode({
        scopes: [armScope],
        deviceCodeCallback: ({ verificationUri, userCode }) => {
          const spelt = `${userCode.slice(0, 4).toLowerCase()}-${userCode.slice(4)} `;
          void typeDeviceCode(verificationUri, spelt, choice).then((shown) => (page = shown));
        },
      })
      .then((result) => {
        upn = claimsOf(result?.accessToken ?? "")["upn"];
      }),
  );
  return { refusal, upn, page };
}

describe("signing in by device code", () => {
  test("waits for the person and gives a token of the account that was chosen", async () => {
    expect(await byDeviceCode(sam)).toMatchObject({ refusal: "signedIn", upn: sam.upn });
  });

  test("cancelled at the page is authorization_declined", async () => {
    expect((await byDeviceCode({ choice: "cancel" })).refusal).toContain("authorization_declined");
  });

  test("while consent is declined is authorization_declined too", async () => {
    practice().entra.fault({ kind: "consentDeclined", on: true });
    const { refusal } = await byDeviceCode(dana);
    practice().entra.fault({ kind: "consentDeclined", on: false });
    expect(refusal).toContain("authorization_declined");
  });

  test("cancelled by the application ends without an answer of the person", async () => {
    const { entra } = practice();
    const request = {
      scopes: [armScope],
      cancel: false,
      deviceCodeCallback: () => {
        request.cancel = true;
      },
    };
    const refusal = await refusalOf(clientOf(entra.facts).acquireTokenByDeviceCode(request));
    expect(refusal).toContain("device_code_polling_cancelled");
  });
});

describe("a device code", () => {
  const ask = (tenant = "organizations") =>
    post(practice().entra.facts, `${tenant}/oauth2/v2.0/devicecode`, {
      scope: `${armScope} offline_access`,
    });
  const poll = (deviceCode: unknown) =>
    post(practice().entra.facts, "organizations/oauth2/v2.0/token", {
      grant_type: "device_code",
      device_code: String(deviceCode),
    });

  test("names a page on this computer that any browser can open, and Entra's sentence", async () => {
    const { facts } = practice().entra;
    const { body } = await ask();
    const uri = `${facts.address}/devicelogin`;
    expect(body).toMatchObject({ verification_uri: uri, expires_in: 900 });
    expect(body["user_code"]).toMatch(/^[A-Z2-9]{9}$/);
    expect(body["message"]).toBe(
      `To sign in, use a web browser to open the page ${uri} and enter the code ${String(body["user_code"])} to authenticate.`,
    );
    expect((await openPage(uri)).title).toBe("Enter code");
  });

  test("is pending until it is typed, redeemed once, and unknown afterwards", async () => {
    const { body } = await ask();
    expect((await poll(body["device_code"])).body).toMatchObject({
      error: "authorization_pending",
      error_codes: [70016],
    });
    await typeDeviceCode(String(body["verification_uri"]), String(body["user_code"]), dana);
    const first = await poll(body["device_code"]);
    expect([first.status, "refresh_token" in first.body]).toEqual([200, true]);
    expect((await poll(body["device_code"])).body).toMatchObject({
      error: "bad_verification_code",
    });
  });

  test("expires, for the client and at the page", async () => {
    const { pass } = practice();
    const { body } = await ask();
    pass(900 * 1000);
    const page = await typeDeviceCode(
      String(body["verification_uri"]),
      String(body["user_code"]),
      dana,
    );
    expect(page.alert).toContain("That code didn't work");
    expect((await poll(body["device_code"])).body).toMatchObject({ error: "expired_token" });
  });

  test("that nobody asked for does not work, whatever it is made of", async () => {
    const { facts } = practice().entra;
    for (const typed of ["AAAAAAAAA", "", `"><script>'&] 🙂`]) {
      const page = await typeDeviceCode(`${facts.address}/devicelogin`, typed, dana);
      expect(page).toMatchObject({ status: 400 });
      expect(page.alert).toContain("That code didn't work");
      expect(page.text).not.toContain("<script>");
    }
  });

  test("of a tenant the user is not in stays pending and says AADSTS50020", async () => {
    const { body } = await ask(fabrikam.domain);
    const page = await typeDeviceCode(
      String(body["verification_uri"]),
      String(body["user_code"]),
      sam,
    );
    expect(page.alert).toContain("AADSTS50020");
    expect((await poll(body["device_code"])).body).toMatchObject({
      error: "authorization_pending",
    });
  });
});
