// axe on every window and menu over the main window, and on a run from Finish to Results, in light, dark, more contrast and forced colors.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PracticeEstate } from "../../practice/estate.ts";
import { startPracticeEstate } from "../../practice/estate.ts";
import { mapped, typeDeviceCode } from "../practice/entra/person.ts";
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

const menu = "[role='menu']";
const upn = "dana@adatum.example";
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  /** Another practice estate, whose authority this window does not trust. */
  let stranger: PracticeEstate;
  beforeAll(async () => {
    [app, stranger] = await Promise.all([
      openApp(),
      startPracticeEstate({ scenario: "healthy", clock: { speed: 1 } }),
    ]);
    page = app.page;
    wizard = wizardByMouse(page);
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  });
  afterAll(async () => {
    await Promise.all([app.close(), stranger.stop()]);
  });

  const dialog = (name: string) => page.getByRole("dialog", { name });
  const button = (name: string, within: Page | Locator = page) =>
    within.getByRole("button", { name, exact: true });
  /** What lies behind is looked at by itself. */
  const nothingGraveWith = async (seen: Locator, within = "[aria-modal='true']") => {
    await seen.first().waitFor(patience);
    expect(await graveFindings(page, within)).toEqual([]);
  };
  const closed = async (window: Locator) => {
    await page.keyboard.press("Escape");
    await window.waitFor({ state: "detached", ...patience });
  };
  const fromMenu = async (menu: string, item: string) => {
    await button(menu).click(patience);
    await page.getByRole("menuitem", { name: item }).click(patience);
  };

  describe("nothing serious or critical in the menus:", () => {
    test.each(["View", "Link"])("%s", async (name) => {
      await button(name).click(patience);
      await nothingGraveWith(page.getByRole("menuitem"), menu);
      await closed(page.getByRole("menu"));
    });

    test("the link's own, with its submenu", async () => {
      const link = page.getByRole("treeitem", { name: /^LINK_Adatum/u }).first();
      await link.click({ button: "right" });
      await page.getByRole("menuitem", { name: "Azure SQL Managed Instance link" }).hover();
      await nothingGraveWith(page.getByRole("menuitem", { name: "Failover…" }), menu);
      await page.keyboard.press("Escape");
      await closed(page.getByRole("menu"));
    });
  });

  describe("nothing serious or critical in Connect to server:", () => {
    const connect = dialog.bind(undefined, "Connect to server");
    const fields = {
      server: () => connect().getByLabel("Server name"),
      authentication: () => connect().getByLabel("Authentication"),
    };
    const submit = () => button("Connect", connect()).click();
    const type = async (server: string, login: string, password: string) => {
      await fields.server().fill(server);
      await connect().getByLabel("Login").fill(login);
      await connect().getByLabel("Password", { exact: true }).fill(password);
    };

    test("before anything is typed, for either kind of server", async () => {
      await fromMenu("File", "Connect…");
      await nothingGraveWith(connect().getByLabel("Use public endpoint"));
      await connect().getByLabel("Server type").selectOption("SQL Server");
      await nothingGraveWith(fields.server());
    });

    test("with what is missing, for a login and for Entra", async () => {
      await submit();
      await nothingGraveWith(connect().getByText("Type the server's name."));
      await fields.authentication().selectOption("Microsoft Entra");
      await nothingGraveWith(connect().getByText("Sign in to Azure first: menu Azure."));
      await fields.authentication().selectOption("SQL Server Authentication");
    });

    test("while the server is silent, and when it did not answer", async () => {
      stranger.world.fault({ kind: "blackhole", server: "box", on: true });
      await type(addressOf(stranger), "practice_dba", "not the password");
      await submit();
      await nothingGraveWith(connect().getByText("Looking at the server's certificate."));
      await nothingGraveWith(connect().getByRole("alert"));
      stranger.world.fault({ kind: "blackhole", server: "box", on: false });
    });

    test("with a certificate that is not trusted, and when the login is refused", async () => {
      await submit();
      const trust = connect().getByLabel("Trust this certificate for this server");
      await nothingGraveWith(trust);
      await closed(connect());
      await fromMenu("File", "Connect…");
      await connect().getByLabel("Server type").selectOption("SQL Server");
      await type(addressOf(app.estate), "practice_dba", "not the password");
      await submit();
      await nothingGraveWith(connect().getByText(/Login failed|18456/u));
      await closed(connect());
    });
  });

  describe("nothing serious or critical in Sign in to Azure:", () => {
    const azure = dialog.bind(undefined, "Sign in to Azure");

    test("while the browser is waited for, and when it was cancelled", async () => {
      await fromMenu("Azure", "Sign in and subscription…");
      await nothingGraveWith(azure().getByLabel("Tenant (optional)"));
      await button("Sign in with the browser", azure()).click();
      await nothingGraveWith(
        azure().getByText("Waiting for the browser. Finish signing in there."),
      );
      await button("Cancel sign-in", azure()).click();
      await nothingGraveWith(azure().getByRole("alert"));
    });

    test("with a code, and signed in", async () => {
      await button("Sign in with a code", azure()).click();
      await nothingGraveWith(azure().getByRole("status"));
      const [, address = ""] =
        /open (\S+) and/u.exec(
          await azure()
            .getByText(/^On any device/u)
            .innerText(),
        ) ?? [];
      const code = await azure().locator("output").innerText();
      await typeDeviceCode(mapped(address, app.estate.entra.address), code, { upn });
      await azure().getByText("Signed in as").waitFor(patience);
      await nothingGraveWith(azure().getByText("holds sqlmi1").last());
      await closed(azure());
    });
  });

  test("nothing serious or critical in About", async () => {
    await fromMenu("Help", "About");
    await nothingGraveWith(dialog("About MI Link Failover").getByText(/^Version/u));
    await closed(dialog("About MI Link Failover"));
  });

  describe("nothing serious or critical in the wizard:", () => {
    test("the question before leaving", async () => {
      await wizard.open("SQLBOX01");
      await wizard.to(typePage);
      await page.getByRole("checkbox", { name: /stopped the workload/u }).check();
      await button("Cancel").click();
      await nothingGraveWith(dialog("Leave the wizard?"));
      await button("Stay").click();
    });

    test("the path window, or where the system's own has saved", async () => {
      await wizard.to(signInPage, readinessPage);
      await button("Export").click(patience);
      await nothingGraveWith(dialog("Save as").or(dialog("Saved")));
      await closed(dialog("Save as").or(dialog("Saved")));
    });

    test("the menu of Script, and the script", async () => {
      await wizard.to(operationsPage, summaryPage);
      await page.getByRole("row", { name: /Perform planned failover/u }).waitFor(patience);
      await button("Script: other languages").click();
      await nothingGraveWith(page.getByRole("menuitem", { name: "T-SQL" }), menu);
      await page.getByRole("menuitem", { name: "T-SQL" }).click();
      await nothingGraveWith(dialog("Scripts").getByText(/to run on SQLBOX01/u));
      await closed(dialog("Scripts"));
    });

    test("Summary with its steps opened", async () => {
      await button("Show all statements").click();
      await nothingGraveWith(page.getByRole("region", { name: /^Statement of/u }));
    });

    test("Executing actions, and the question before closing", async () => {
      await wizard.forward.click(patience);
      await nothingGraveWith(page.getByText(/still writing on SQLBOX01/u));
      const question = page.getByRole("alertdialog", { name: "A run is going on" });
      await page.close({ runBeforeUnload: true });
      await nothingGraveWith(question);
      await button("Keep running").click();
      await question.waitFor({ state: "detached", ...patience });
    });

    test("Results, with the menu of its report", async () => {
      app.estate.world.setWorkload(false);
      await wizard.at("Results");
      await nothingGraveWith(page.getByRole("region", { name: "Evidence" }));
      await button("Save report").click();
      await nothingGraveWith(page.getByRole("menuitem", { name: "HTML…" }), menu);
    });
  });
});

/** As it is typed into Connect. */
function addressOf({ servers }: PracticeEstate): string {
  const server = servers.find(({ kind }) => kind === "sqlServer");
  return `${server?.host ?? ""},${String(server?.port)}`;
}
