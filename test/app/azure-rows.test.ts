// Tenants and subscriptions in the window: each row tells its own state, is asked again alone, and hides or delays no other one.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import type { AzureInWindow } from "./azure-in-window.ts";
import { askedOf, azureFault, azureInWindow, fabrikam } from "./azure-in-window.ts";
import { graveFindings } from "./grave-findings.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";
import type { Person } from "./person-at-browser.ts";
import { personAtBrowser } from "./person-at-browser.ts";

const dana = "dana@adatum.example";
const found =
  "sqlmi1.a0b1c2d3e4f5.database.windows.net was found in Adatum Production of Adatum Corporation.";
const anHour = 3_600_000;
const development = "19e4c7a2-85d3-4fb0-96c8-0b7d2f54e831";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
let app: AppUnderTest;
let page: Page;
let azure: AzureInWindow;
let person: Person;

beforeAll(async () => {
  [app, person] = await Promise.all([openInChromium({ speed: 1 }), personAtBrowser()]);
  ({ page } = app);
  azure = azureInWindow(app);
  await azure.open();
});
afterAll(async () => {
  await Promise.all([app.close(), person.leave()]);
});

const signIn = async () => {
  await person.signIn(await azure.askBrowser(), dana);
  await azure.signedInAs(dana);
};
const tenantSlow = (ms: number) => {
  azureFault(app, "entraFault", { kind: "tenantSlow", tenantId: fabrikam, ms });
};
const tenantFails = (how: string, on: boolean) => {
  azureFault(app, "entraFault", { kind: "tenantFails", tenantId: fabrikam, how, on });
};
const inRow = (name: string, words: string) =>
  azure.row(name).getByText(words, { exact: true }).first().waitFor(patience);
const buttons = (name: string) =>
  azure.dialog.getByRole("button", { name: new RegExp(`: ${name}$`, "u") }).allInnerTexts();
/** What ARM was asked since then, readings of the instance by the window behind left out. */
const armSince = (from: number) =>
  askedOf(app)
    .arm.slice(from)
    .map(({ path }) => path)
    .filter((path) => !path.includes("/resourceGroups/"));

describe("a tenant that hangs", () => {
  test("is being read, while the other one's rows stand and the instance is found there", async () => {
    tenantSlow(anHour);
    await signIn();
    await azure.dialog.getByText(found).waitFor(patience);
    await inRow("Adatum Corporation", "3 subscriptions");
    await inRow("Adatum Production", "holds sqlmi1");
    await inRow("Fabrikam", "being read");
    expect(await azure.problem.count()).toBe(0);
  });

  test("tells its subscriptions as soon as it answers, and is not looked into for what was found", async () => {
    const before = askedOf(app).arm.length;
    tenantSlow(0);
    app.estate.control({ do: "advance", ms: anHour });
    await inRow("Fabrikam", "1 subscription");
    await azure.row("Fabrikam Shared").waitFor(patience);
    expect(armSince(before)).toEqual(["/subscriptions"]);
    await azure.signOut();
  });
});

describe("a tenant that refuses", () => {
  test("says so in its row, and the other ones are as they are", async () => {
    tenantFails("unavailable", true);
    await signIn();
    await azure.dialog.getByText(found).waitFor(patience);
    await inRow("Fabrikam", "refused");
    await azure.row("Fabrikam").getByRole("alert").waitFor();
    await inRow("Adatum Production", "holds sqlmi1");
    // For what may be over in a moment nobody has to sign in.
    expect(await buttons("Fabrikam")).toEqual(["Try again"]);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  });

  test("is asked again by the keyboard, alone, and the focus stays on its button", async () => {
    const before = askedOf(app).arm.length;
    tenantFails("unavailable", false);
    const keys = keyboardOf(page);
    await keys.tabTo(/^button "Try again: Fabrikam"/u);
    await page.keyboard.press("Enter");
    await inRow("Fabrikam", "has no instance sqlmi1");
    expect(await azure.problem.count()).toBe(0);
    expect(await keys.focus()).toMatch(/^button "Read again: Fabrikam"/u);
    expect(armSince(before)).toEqual([
      "/subscriptions",
      "/providers/Microsoft.ResourceGraph/resources",
    ]);
    await azure.dialog.getByText(found).waitFor();
  });

  test("by a policy is signed in to from its row", async () => {
    await azure.signOut();
    tenantFails("blocked", true);
    await signIn();
    await inRow("Fabrikam", "refused");
    expect(await buttons("Fabrikam")).toEqual(["Try again", "Sign in to this tenant"]);
    expect(await azure.dialog.getByRole("button", { name: "Sign in with a code" }).count()).toBe(0);
    await azure.press("Sign in to this tenant", "Fabrikam");
    await azure
      .row("Fabrikam")
      .getByRole("button", { name: "Sign in with a code" })
      .waitFor(patience);
    tenantFails("blocked", false);
  });
});

describe("a subscription", () => {
  const developmentIs = (how: "forbidden" | "works" | "disabled") => {
    azureFault(app, "armFault", { kind: "subscription", subscriptionId: development, how });
  };

  test("that may not be read says so in its own row once it is looked into, and then is asked again alone", async () => {
    developmentIs("forbidden");
    await azure.press("Look here", "Adatum Development");
    const row = azure.row("Adatum Development");
    await row
      .getByRole("alert")
      .getByText(/Microsoft\.Sql\/managedInstances\/read/u)
      .first()
      .waitFor(patience);
    await inRow("Adatum Development", "could not be looked into");
    await inRow("Adatum Production", "holds sqlmi1");
    const before = askedOf(app).arm.length;
    developmentIs("works");
    await azure.press("Try again", "Adatum Development");
    await inRow("Adatum Development", "has no instance sqlmi1");
    expect(armSince(before)).toEqual([
      "/providers/Microsoft.ResourceGraph/resources",
      `/subscriptions/${development}/providers/Microsoft.Sql/managedInstances`,
    ]);
    await azure.dialog.getByText(found).waitFor();
  });

  test("that is disabled says so once its tenant is read again", async () => {
    developmentIs("disabled");
    await azure.press("Read again", "Adatum Corporation");
    await inRow("Adatum Development", "Disabled");
    await inRow("Adatum Production", "holds sqlmi1");
    developmentIs("works");
    await azure.signOut();
  });
});

test("an instance that is not in the tenant that was signed in to is found in another one, by itself", async () => {
  await azure.dialog.getByLabel("Tenant (optional)").fill("fabrikam.example");
  await signIn();
  await azure.dialog.getByText(found).waitFor(patience);
  await inRow("Fabrikam", "has no instance sqlmi1");
});
