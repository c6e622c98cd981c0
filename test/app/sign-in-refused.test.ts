// Sign-ins that come to nothing: cancelled here or there, too late, refused; each with its sentence, and the next one works.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import type { AzureInWindow } from "./azure-in-window.ts";
import { askedOf, azureFault, azureInWindow, fabrikam, listens } from "./azure-in-window.ts";
import { patience } from "./patience.ts";
import type { Person } from "./person-at-browser.ts";
import { personAtBrowser } from "./person-at-browser.ts";

const dana = "dana@adatum.example";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let azure: AzureInWindow;
  let person: Person;
  beforeAll(async () => {
    [app, person] = await Promise.all([openApp(), personAtBrowser()]);
    azure = azureInWindow(app);
    await azure.open();
  });
  afterAll(async () => {
    await Promise.all([app.close(), person.leave()]);
  });
  // A sign-in is no step of a plan: whatever becomes of it, no server is changed.
  afterEach(() => {
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  const entra = (fault: Readonly<Record<string, unknown>>) => {
    azureFault(app, "entraFault", fault);
  };
  const tenantFails = (how: "mfaRequired" | "blocked", on: boolean) => {
    entra({ kind: "tenantFails", tenantId: fabrikam, how, on });
  };
  const says = (words: string | RegExp) => azure.problem.getByText(words).first().waitFor(patience);
  /** In Adatum, found by itself. */
  const instanceIsFound = () =>
    azure.dialog
      .getByText(/was found in Adatum Production of Adatum Corporation\.$/)
      .waitFor(patience);
  const signInByBrowser = async () => {
    await person.signIn(await azure.askBrowser(), dana);
    await azure.signedInAs(dana);
  };

  describe("by browser", () => {
    test("cancelled by the person there says so, with Entra's number", async () => {
      expect(await person.signIn(await azure.askBrowser(), "cancel")).toContain("did not succeed");
      await says("The sign-in was declined in the browser.");
      await says(/AADSTS65004/);
    });

    test("cancelled in the window ends at once, listens no more, and the next one works", async () => {
      const before = askedOf(app).entra.length;
      const address = await azure.askBrowser();
      const back = new URL(address).searchParams.get("redirect_uri") ?? "";
      const { port } = new URL(back);
      await azure.dialog.getByRole("button", { name: "Cancel sign-in" }).click();
      await says("The sign-in to Azure was cancelled.");
      await expect.poll(() => listens(port), patience).toBe(false);
      const asked = askedOf(app).entra.slice(before);
      expect(asked.filter(({ path }) => /\/(authorize|token)$/.test(path))).toEqual([]);
      await signInByBrowser();
      await azure.signOut();
    });

    test("a tenant that does not exist is told before any browser is shown", async () => {
      const shown = app.shownAddresses.length;
      await azure.dialog.getByLabel("Tenant (optional)").fill("nowhere.example");
      await azure.dialog.getByRole("button", { name: "Sign in with the browser" }).click();
      await says("There is no tenant nowhere.example in this cloud.");
      await azure.dialog.getByLabel("Tenant (optional)").fill("");
      expect(app.shownAddresses.length).toBe(shown);
    });

    test("an account of another tenant is told on the page, and may still leave it", async () => {
      await azure.dialog.getByLabel("Tenant (optional)").fill("fabrikam.example");
      const address = await azure.askBrowser();
      expect(await person.signIn(address, "sam@adatum.example")).toContain("AADSTS50020");
      await azure.dialog.getByRole("button", { name: "Cancel sign-in" }).click();
      await says("The sign-in to Azure was cancelled.");
    });
  });

  describe("by code", () => {
    test("declined says so where consent is not given", async () => {
      entra({ kind: "consentDeclined", on: true });
      const { address, code } = await azure.askCode();
      expect(await person.typeCode(address, code, dana)).toContain("Sign-in cancelled");
      await says("The sign-in was declined in the browser.");
      entra({ kind: "consentDeclined", on: false });
    });

    test("cancelled in the window takes no answer any more, and the next one works", async () => {
      const before = askedOf(app).entra.length;
      const first = await azure.askCode();
      await azure.dialog.getByRole("button", { name: "Cancel sign-in" }).click();
      await says("The sign-in to Azure was cancelled.");
      // Whoever still asked for the first code would now be given tokens for it.
      await person.typeCode(first.address, first.code, dana);
      const second = await azure.askCode();
      expect(second.code).not.toBe(first.code);
      await person.typeCode(second.address, second.code, dana);
      await azure.signedInAs(dana);
      const redeemed = askedOf(app)
        .entra.slice(before)
        .filter(({ grantType, status }) => grantType === "device_code" && status === 200);
      expect(redeemed).toHaveLength(1);
      await azure.signOut();
    });

    test("a code that nobody types in time has ended, and is asked about no more", async () => {
      entra({ kind: "deviceCodes", lifetimeSeconds: 2, intervalSeconds: 1 });
      const { address, code } = await azure.askCode();
      await says("The code was not used in time.");
      expect(await person.typeCode(address, code, dana)).toContain("didn't work");
      entra({ kind: "deviceCodes", lifetimeSeconds: 900, intervalSeconds: 1 });
    });
  });

  describe("once signed in", () => {
    test("a tenant that wants one more proof gets it by a sign-in from there", async () => {
      tenantFails("mfaRequired", true);
      await signInByBrowser();
      await says(`Microsoft Entra ID asks ${dana} for one more proof, which takes a browser.`);
      await instanceIsFound();
      const before = askedOf(app).entra.length;
      await azure.press("Sign in to this tenant", "Fabrikam");
      const address = await azure.askBrowser();
      expect(new URL(address).pathname).toContain(`/${fabrikam}/`);
      await person.signIn(address, dana);
      await azure.row("Fabrikam Shared").waitFor(patience);
      // By hand one token was given; the other is asked for without the person, and still refused.
      const grants = askedOf(app)
        .entra.slice(before)
        .filter(({ path }) => path.includes(`/${fabrikam}/`) && path.endsWith("/token"))
        .map(({ grantType, status }) => [grantType, status]);
      expect(grants.slice(0, 2)).toEqual([
        ["authorization_code", 200],
        ["refresh_token", 400],
      ]);
      // The tokens that are told are those of the tenant which holds the instance.
      await instanceIsFound();
      for (const audience of ["ARM", "SQL"] as const) {
        await expect
          .poll(() => azure.tokenLife(audience).innerText(), patience)
          .toMatch(/^\d+ min$/);
      }
      tenantFails("mfaRequired", false);
      await azure.signOut();
    });

    test("a tenant that Conditional Access closes says so and hides no other", async () => {
      tenantFails("blocked", true);
      await signInByBrowser();
      await says(/^A Conditional Access policy does not let dana@adatum\.example in/);
      await azure.row("Fabrikam").getByText("refused", { exact: true }).waitFor();
      await azure.row("Adatum Production").waitFor(patience);
      await instanceIsFound();
      expect(await azure.row("Fabrikam Shared").count()).toBe(0);
      tenantFails("blocked", false);
    });

    test("an Azure that cannot answer for a moment is asked again by the operator", async () => {
      await azure.close();
      // The window behind the dialog asks Azure too: as many as anybody may send.
      azureFault(app, "armFault", { kind: "unavailable", requests: 1000 });
      await azure.open();
      await says(/^Azure cannot answer about the account's tenants for a moment\.$/);
      azureFault(app, "armFault", { kind: "unavailable", requests: 0 });
      await azure.dialog.getByRole("button", { name: "Read again" }).click();
      await instanceIsFound();
      await azure.dialog.getByText(/managedInstances\/sqlmi1$/).waitFor(patience);
    });

    test("without a role in the subscription the right that is missing is named", async () => {
      azureFault(app, "armFault", { kind: "role", upn: dana, role: "none" });
      await azure.press("Look here", "Adatum Development");
      await says(/Microsoft\.Sql\/managedInstances\/read/);
      expect(askedOf(app).arm).toContainEqual(
        expect.objectContaining({ status: 403, code: "AuthorizationFailed" }),
      );
      azureFault(app, "armFault", { kind: "role", upn: dana, role: null });
      await azure.signOut();
    });

    test("a sign-in that was revoked is asked for again, and then goes on", async () => {
      // Tokens this short are renewed at each question.
      entra({ kind: "tokenLifetime", seconds: 60 });
      await signInByBrowser();
      await azure.close();
      entra({ kind: "refreshTokensRevoked" });
      await azure.open();
      await says(`The sign-in of ${dana} has ended or was revoked.`);
      await expect.poll(() => azure.tokenLife("ARM").innerText(), patience).toBe("none");
      entra({ kind: "tokenLifetime", seconds: 4200 });
      await signInByBrowser();
      expect(await azure.tokenLife("ARM").innerText()).toMatch(/^\d+ min$/);
      await azure.row("Adatum Production").waitFor(patience);
    });
  });
});
