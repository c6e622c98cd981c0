// One SQL Server and both of its instances in one window: each link once, one failed over, the other left as it was.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import type { WizardByMouse } from "./wizard-by-mouse.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";
import { finish, heading } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  beforeAll(async () => {
    app = await openApp({ scenario: "two-links", speed: 10 });
    page = app.page;
    wizard = wizardByMouse(page);
    await row(/^sqlmi1/u).waitFor(patience);
  });
  afterAll(() => app.close());

  const row = (name: RegExp | string) => page.getByRole("treeitem", { name });
  const status = (words: string) => page.getByRole("contentinfo").getByText(words);
  /** Both links as the world has them: SQL Server's role and the instance's. */
  const roles = () => {
    const { box, instance, otherLink } = truth(app.estate.world.state);
    return {
      LINK_Adatum: [box.role, instance.role],
      LINK_Adatum_2: [otherLink?.box.role, otherLink?.instance.role],
    };
  };
  /** In the window Connect to server, which is open. */
  const connectSecond = async () => {
    const [, second] = app.estate.servers.filter(({ kind }) => kind === "managedInstance");
    if (second === undefined) throw new Error("The estate has one instance.");
    const connect = page.getByRole("dialog", { name: "Connect to server" });
    await connect.getByLabel("Server name").fill(`127.0.0.1,${String(second.port)}`);
    await connect.getByLabel("Login").fill(second.login);
    await connect.getByLabel("Password", { exact: true }).fill(second.password);
    await connect.getByRole("button", { name: "Connect", exact: true }).click();
    await connect.waitFor({ state: "detached", ...patience });
  };

  test("a link whose instance is not connected stands under Links all the same, and says so", async () => {
    await row("LINK_Adatum_2: SQLBOX01 → sqlmi2 sqlmi2 is not connected").waitFor(patience);
    await row("LINK_Adatum: SQLBOX01 → sqlmi1 Healthy").waitFor(patience);
  });

  test("its wizard goes on with that instance once it is connected there", async () => {
    await row(/^LINK_Adatum_2: /u).click(patience);
    await page.getByRole("button", { name: "Failover…" }).click(patience);
    await wizard.at("Introduction");
    await wizard.to(typePage, signInPage);
    await wizard.says("Next is closed: sqlmi2 is not connected. Connect to it.", "closed");
    await page.getByRole("button", { name: "Sign in…" }).click();
    await connectSecond();
    await page
      .getByText(/^Connected to sqlmi2\..* as practice_dba, encrypted\.$/u)
      .waitFor(patience);
    await wizard.says(/./u, "open");
    await page.getByRole("button", { name: "Cancel" }).click();
    await heading(page, signInPage).waitFor({ state: "detached", ...patience });
  });

  test("it stands beside the first, and each link is there once with its own", async () => {
    await row("LINK_Adatum_2: SQLBOX01 → sqlmi2 Healthy").waitFor(patience);
    await row("LINK_Adatum: SQLBOX01 → sqlmi1 Healthy").waitFor(patience);
    expect(await row(/^LINK_Adatum.* → /u).count()).toBe(2);
    const roots = await page.locator("[role=treeitem][aria-level='1']").allTextContents();
    expect(roots.map((text) => /^(Links|SQLBOX01|sqlmi\d)/u.exec(text)?.[1])).toEqual([
      "Links",
      "SQLBOX01",
      "sqlmi1",
      "sqlmi2",
    ]);
    for (const name of ["SQLBOX01", "sqlmi1", "sqlmi2"]) {
      await status(`${name} connected`).waitFor(patience);
    }
    expect(await graveFindings(page)).toEqual([]);
  });

  test.each([
    ["LINK_Adatum", "sqlmi1"],
    ["LINK_Adatum_2", "sqlmi2"],
  ])("the row of %s shows the document of SQLBOX01 and %s", async (link, instance) => {
    await row(new RegExp(`^${link}: `, "u")).click(patience);
    const document = page.getByRole("main");
    await document.getByRole("tab", { name: link, exact: true }).waitFor(patience);
    await document
      .getByText(new RegExp(`^${instance}`, "u"))
      .first()
      .waitFor(patience);
    const other = instance === "sqlmi1" ? "sqlmi2" : "sqlmi1";
    expect(await document.textContent()).not.toContain(other);
  });

  test("an instance that does not answer any more keeps its link, and the other one is read on", async () => {
    app.estate.world.fault({ kind: "unreachable", server: "instance", on: true });
    await row("LINK_Adatum: SQLBOX01 → sqlmi1 sqlmi1 does not answer").waitFor(patience);
    await row(/^Databases as of .* UTC/u).waitFor(patience);
    await status("sqlmi1 does not answer").waitFor(patience);
    await row("LINK_Adatum_2: SQLBOX01 → sqlmi2 Healthy").waitFor(patience);
    expect(await row(/^Databases as of /u).count()).toBe(1);
    app.estate.world.fault({ kind: "unreachable", server: "instance", on: false });
    await row("LINK_Adatum: SQLBOX01 → sqlmi1 Healthy").waitFor(patience);
  });

  test("Failover… of the row of LINK_Adatum_2 is planned between SQLBOX01 and sqlmi2", async () => {
    await row(/^LINK_Adatum_2: /u).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Azure SQL Managed Instance link" }).click(patience);
    await page.getByRole("menuitem", { name: "Failover…" }).click(patience);
    await wizard.at("Introduction");
    await wizard.to(typePage, signInPage);
    await page
      .getByText(/^Connected to sqlmi2\..* as practice_dba, encrypted\.$/u)
      .waitFor(patience);
    expect(await page.getByText(/^Connected to sqlmi1/u).count()).toBe(0);
    await wizard.to(readinessPage, operationsPage, summaryPage);
    expect(roles()).toEqual({
      LINK_Adatum: ["PRIMARY", "SECONDARY"],
      LINK_Adatum_2: ["PRIMARY", "SECONDARY"],
    });
  });

  test("it fails over alone and loses nothing; LINK_Adatum stays as it was", async () => {
    await finish(page);
    app.estate.world.setWorkload(false);
    await heading(page, "Results").waitFor(patience);
    expect(roles()).toEqual({
      LINK_Adatum: ["PRIMARY", "SECONDARY"],
      LINK_Adatum_2: ["SECONDARY", "PRIMARY"],
    });
    const { changes, otherLink, instance, linkOperations } = truth(app.estate.world.state);
    expect(otherLink?.instance.rows.hasEveryAcknowledged).toBe(true);
    expect([instance.updateability, linkOperations]).toEqual(["READ_ONLY", []]);
    expect(
      changes
        .filter(({ text }) => text.includes("FAILOVER"))
        .map(({ text, count }) => [text, count]),
    ).toEqual([["ALTER AVAILABILITY GROUP [LINK_Adatum_2] FAILOVER", 1]]);
  });

  test("the rows of both servers are counted by the connections of that run", async () => {
    await page.getByRole("button", { name: "Count rows on both sides" }).click(patience);
    const table = page.getByRole("table", { name: "Rows of Adatum" });
    await table.getByRole("columnheader", { name: "sqlmi2" }).waitFor(patience);
    expect(await table.getByText("not told").count()).toBe(0);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await row(/^LINK_Adatum_2: sqlmi2 → SQLBOX01/u).waitFor(patience);
    await row(/^LINK_Adatum: SQLBOX01 → sqlmi1/u).waitFor(patience);
  });

  test("Disconnect closes the one server, and who connects to it again finds its rows as they were left", async () => {
    const second = row(/^sqlmi2/u);
    await second.dblclick();
    await expect.poll(() => second.getAttribute("aria-expanded"), patience).toBe("false");
    await second.click({ button: "right" });
    await page.getByRole("menuitem", { name: /^Disconnect/u }).click(patience);
    await second.waitFor({ state: "detached", ...patience });
    await row(/^LINK_Adatum_2: .*sqlmi2 is not connected$/u).waitFor(patience);
    expect([await row(/^SQLBOX01/u).count(), await row(/^sqlmi1/u).count()]).toEqual([1, 1]);
    await page.getByRole("button", { name: "Connect", exact: true }).first().click(patience);
    await connectSecond();
    await row(/^LINK_Adatum_2: sqlmi2 → SQLBOX01/u).waitFor(patience);
    expect(await second.getAttribute("aria-expanded")).toBe("false");
  });
});
