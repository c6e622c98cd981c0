// The main job in the window, by mouse: from the explorer through the wizard to Results. The world is asked, not the screen.
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { copiedText } from "./clipboard.ts";
import { expectFailedOver } from "./failed-over.ts";
import { patience } from "./patience.ts";

const screens = path.resolve(import.meta.dirname, "../../docs/screens");
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    // A picture in the middle of a transition shows a colour that no state has.
    await page.emulateMedia({ reducedMotion: "reduce" });
  });
  afterAll(() => app.close());

  const screenshot = (name: string) => page.screenshot({ path: path.join(screens, `${name}.png`) });
  const heading = (name: string): Locator => page.getByRole("heading", { name, exact: true });

  async function toPage(name: string): Promise<void> {
    await page.getByRole("button", { name: "Next >" }).click(patience);
    await heading(name).waitFor(patience);
  }

  test("starts at the link's own menu", async () => {
    const link = page.getByRole("treeitem", {
      name: "LINK_Adatum: SQLBOX01 → sqlmi1 Healthy",
    });
    await link.waitFor(patience);
    await screenshot("01-main");
    await link.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Azure SQL Managed Instance link" }).hover();
    await page.getByRole("menuitem", { name: "Failover…" }).last().click();
    await heading("Introduction").waitFor(patience);
    await screenshot("02-introduction");
  });

  test("offers planned, and forced only with the reason why not here", async () => {
    await toPage("Choose Failover Type");
    expect(await page.getByRole("radio", { name: /Planned manual failover/ }).isChecked()).toBe(
      true,
    );
    expect(await page.getByRole("radio", { name: /Forced failover/ }).isDisabled()).toBe(true);
    await page.getByText(/Not offered: SQLBOX01 is primary and answers/).waitFor(patience);
    await page.getByRole("checkbox", { name: /stopped the workload/ }).check();
    await screenshot("03-choose-failover-type");
  });

  test("shows both sides, every check and the plan before anything is sent", async () => {
    await toPage("Sign in to Azure and Remote Instance");
    await screenshot("04-sign-in");
    await toPage("Failover Readiness Assessment");
    await page.getByText("Link role consistency check").waitFor(patience);
    await screenshot("05-readiness");
    await toPage("Post-Failover Operations");
    await screenshot("06-post-failover-operations");
    await toPage("Summary");
    await page.getByText("Perform planned failover to SQL Managed Instance").waitFor(patience);
    await expect
      .poll(() => page.getByRole("button", { name: "Finish" }).isEnabled(), patience)
      .toBe(true);
    await screenshot("07-summary");
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  test("runs to Results when the workload has stopped, and loses nothing", async () => {
    await page.getByRole("button", { name: "Finish" }).dblclick();
    await heading("Executing actions").waitFor(patience);
    await page
      .getByText(/still writing on SQLBOX01/)
      .first()
      .waitFor(patience);
    await screenshot("08-executing");
    app.estate.world.setWorkload(false);
    await heading("Results").waitFor(patience);
    await screenshot("09-results");
    expectFailedOver(app.estate.world);
  });

  test("counts the rows of both sides on demand, as the world has them", async () => {
    await page.getByRole("button", { name: "Count rows on both sides" }).click();
    await page
      .getByText("Both catalogs count the same rows in 1 table of Adatum.")
      .waitFor(patience);
    const { box, instance } = truth(app.estate.world.state);
    const cells = page.getByRole("table", { name: "Rows of Adatum" }).getByRole("cell");
    expect(await cells.allInnerTexts()).toEqual([
      "dbo.Orders",
      String(box.rows.count),
      String(instance.rows.count),
    ]);
  });

  test("gives the connection strings to the instance, each to be copied, without a sign-in", async () => {
    const strings = page.getByRole("region", { name: "Connection strings" });
    const instance = app.estate.servers.find(({ kind }) => kind === "managedInstance");
    if (instance === undefined) throw new Error("The estate has no instance.");
    const { host, port, login } = instance;
    const texts = await strings.getByRole("row").locator("code").allInnerTexts();
    expect(texts).toEqual([
      `Server=tcp:${host},${String(port)};Initial Catalog=Adatum;Encrypt=True;TrustServerCertificate=False`,
      expect.stringContaining(`serverName=${host};portNumber=${String(port)};databaseName=Adatum;`),
      expect.stringContaining(`Server=tcp:${host},${String(port)};Database=Adatum;`),
    ]);
    expect(texts.join()).not.toContain(login);
    await strings
      .getByRole("button", { name: "Copy the connection string of Adatum for ADO.NET" })
      .click();
    expect(await copiedText(page)).toBe(texts[0]);
  });

  test("and the tree shows the roles swapped by itself", async () => {
    await page.getByRole("button", { name: "Close", exact: true }).click();
    const box = page.getByRole("treeitem", { name: /LINK_Adatum.*Secondary/ }).first();
    await box.waitFor(patience);
    await screenshot("10-after");
    expect(await page.getByRole("treeitem", { name: /Adatum \(Synchroni/ }).count()).toBe(2);
  });

  test("with the windows that connect and sign in beside it", async () => {
    const explorer = page.getByRole("navigation", { name: "Object Explorer" });
    await explorer.getByRole("button", { name: "Connect", exact: true }).click();
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.waitFor(patience);
    await screenshot("11-connect");
    await page.keyboard.press("Escape");
    await connect.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Azure", exact: true }).click();
    await page.getByRole("menuitem", { name: "Sign in and subscription…" }).click();
    await page
      .getByRole("dialog", { name: "Sign in to Azure" })
      .getByRole("textbox")
      .waitFor(patience);
    await screenshot("12-azure");
    expect(truth(app.estate.world.state).changes.length).toBe(2);
  });
});
