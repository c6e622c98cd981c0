// Signing in to Azure in the window, by code and by browser, up to a failover on an instance opened by Microsoft Entra.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import type { AzureInWindow } from "./azure-in-window.ts";
import { askedOf, azureInWindow } from "./azure-in-window.ts";
import { patience } from "./patience.ts";
import type { Person } from "./person-at-browser.ts";
import { personAtBrowser } from "./person-at-browser.ts";
import { whereverSecretsCouldBe } from "./secrets-left.ts";

const dana = "dana@adatum.example";
const instance = "sqlmi1.a0b1c2d3e4f5.database.windows.net";
const armScope = /^https:\/\/management\.azure\.com\/\.default/;
const sqlScope = /^https:\/\/database\.windows\.net\/\.default/;

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let azure: AzureInWindow;
  let person: Person;
  const said: string[] = [];
  beforeAll(async () => {
    for (const name of ["log", "info", "warn", "error", "debug"] as const) {
      vi.spyOn(console, name).mockImplementation((...words) => void said.push(words.join(" ")));
    }
    [app, person] = await Promise.all([openApp({ speed: 20 }), personAtBrowser()]);
    page = app.page;
    page.on("console", (message) => said.push(message.text()));
    azure = azureInWindow(app);
  });
  afterAll(async () => {
    await Promise.all([app.close(), person.leave()]);
    vi.restoreAllMocks();
  });

  /** The first two tokens that were given out since the record stood at `from`; the next ones are of other tenants. */
  const grantsSince = (from: number) =>
    askedOf(app)
      .entra.slice(from)
      .filter(({ path, status }) => path.endsWith("/token") && status === 200)
      .slice(0, 2);

  test("by code: the person types what the window shows, and both tokens are there", async () => {
    await azure.open();
    const { address, code } = await azure.askCode();
    expect(new URL(address).origin).toBe(app.estate.entra.address);
    expect(await person.typeCode(address, code, dana)).toContain("You have signed in");
    await azure.signedInAs(dana);
    for (const audience of ["ARM", "SQL"] as const) {
      expect(await azure.tokenLife(audience).innerText()).toMatch(/^\d+ min$/);
    }
    expect(app.shownAddresses).toEqual([]);
    expect(grantsSince(0)).toMatchObject([
      { grantType: "device_code", scope: expect.stringMatching(armScope) as unknown },
      { grantType: "refresh_token", scope: expect.stringMatching(sqlScope) as unknown },
    ]);
  });

  test("signed out, the window knows no account and no token any more", async () => {
    await azure.signOut();
    await page.getByText("Azure: not signed in").waitFor(patience);
  });

  test("by browser: the person chooses an account there, and comes back to the window", async () => {
    const before = askedOf(app).entra.length;
    const address = await azure.askBrowser();
    expect(new URL(address).searchParams.get("client_id")).toBe(app.estate.entra.clientId);
    expect(await person.signIn(address, dana)).toContain("Go back to MI Link Failover");
    await azure.signedInAs(dana);
    for (const audience of ["ARM", "SQL"] as const) {
      expect(await azure.tokenLife(audience).innerText()).toMatch(/^\d+ min$/);
    }
    expect(grantsSince(before)).toMatchObject([
      { grantType: "authorization_code", scope: expect.stringMatching(armScope) as unknown },
      { grantType: "refresh_token", scope: expect.stringMatching(sqlScope) as unknown },
    ]);
    await page.getByText(/^Azure: tokens valid \d+ min \(ARM\), \d+ min \(SQL\)$/).waitFor();
  });

  test("finds the connected instance by its address, in the subscription that holds it alone", async () => {
    const found = `${instance} was found in Adatum Production of Adatum Corporation.`;
    await azure.dialog.getByText(found).waitFor(patience);
    await azure.row("Fabrikam").getByText("1 subscription").waitFor(patience);
    await azure.row("Adatum Production").getByText("holds sqlmi1").waitFor();
    await azure.press("Look here", "Adatum Development");
    await azure.row("Adatum Development").getByText("has no instance sqlmi1").waitFor(patience);
    await azure.dialog.getByText(found).waitFor();
    const { subscriptionId, resourceGroup } = app.estate.arm;
    const resourceId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/managedInstances/sqlmi1`;
    await azure.dialog.getByText(resourceId).waitFor(patience);
    await azure.dialog.getByText("Manual", { exact: true }).waitFor();
    expect(askedOf(app).arm).toContainEqual(
      expect.objectContaining({ method: "GET", path: resourceId, status: 200 }),
    );
    await azure.close();
  });

  test("the wizard's page says who is signed in, what was found and that both servers are connected", async () => {
    await page
      .getByRole("treeitem", { name: /LINK_Adatum/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Failover…" }).click();
    for (const name of ["Choose Failover Type", "Sign in to Azure and Remote Instance"]) {
      await page.getByRole("button", { name: "Next >" }).click(patience);
      await page.getByRole("heading", { name, exact: true }).waitFor(patience);
    }
    const signIn = page.getByRole("region", { name: "Sign in", exact: true });
    await signIn.getByText(dana).waitFor();
    await signIn.getByText(/managedInstances\/sqlmi1$/).waitFor(patience);
    await page.getByText(/^Connected to SQLBOX01 as practice_dba, encrypted\.$/).waitFor();
    await page.getByText(`Connected to ${instance} as practice_dba, encrypted.`).waitFor();
  });

  test("from there Microsoft Entra opens the instance, under the account's name", async () => {
    const port = app.estate.servers.find(({ kind }) => kind === "managedInstance")?.port ?? 0;
    await page
      .getByRole("region", { name: "Sign in to Managed Instance" })
      .getByRole("button", { name: "Change user…" })
      .click();
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.getByLabel("Server name").fill(`127.0.0.1,${String(port)}`);
    await connect
      .getByRole("combobox", { name: "Authentication" })
      .selectOption({ label: "Microsoft Entra" });
    await connect.getByText(`As ${dana}.`).waitFor();
    await connect.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByText(`Connected to ${instance} as ${dana}, encrypted.`).waitFor(patience);
    const byToken = app.estate.world.state.statements.filter(({ login }) => login === dana);
    expect(new Set(byToken.map(({ server }) => server))).toEqual(new Set(["instance"]));
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  test("the failover runs with that account, once Azure has said that the link goes both ways", async () => {
    await page.getByRole("button", { name: "Next >" }).click(patience);
    await page
      .getByText("The failover mode of LINK_Adatum in Azure is Manual: the link may go both ways.")
      .waitFor(patience);
    app.estate.world.setWorkload(false);
    for (const name of ["Post-Failover Operations", "Summary"]) {
      await page.getByRole("button", { name: "Next >" }).click(patience);
      await page.getByRole("heading", { name, exact: true }).waitFor(patience);
    }
    await page.getByRole("button", { name: "Finish" }).click(patience);
    await page.getByRole("heading", { name: "Results", exact: true }).waitFor(patience);
    const { primaries, instance: there } = truth(app.estate.world.state);
    expect([primaries, there.rows.hasEveryAcknowledged]).toEqual([["instance"], true]);
  });

  test("no password, code or token is in the page, its storage, the data folder or the output", async () => {
    const secrets = app.estate.handedOut();
    // Two passwords, one code of the browser, one of the device, and the tokens of two sign-ins.
    expect(secrets.length).toBeGreaterThanOrEqual(14);
    const places = await whereverSecretsCouldBe(app, said);
    expect(Object.keys(places).filter((place) => place.startsWith("file ")).length).toBeGreaterThan(
      2,
    );
    for (const [place, text] of Object.entries(places)) {
      const found = secrets
        .flatMap((secret) => secret.split("."))
        .filter((part) => text.includes(part));
      // The number alone: a failing test must not print what it found.
      expect({ place, secrets: found.length }).toEqual({ place, secrets: 0 });
    }
  });
});
