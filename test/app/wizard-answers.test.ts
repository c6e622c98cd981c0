// What is answered in the wizard is kept, once; what cannot be chosen says why; and leaving asks once something is done.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
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

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  const open = async (dataDir?: string) => {
    app = await openApp({ speed: 20, ...(dataDir === undefined ? {} : { dataDir }) });
    page = app.page;
    wizard = wizardByMouse(page);
  };
  beforeAll(() => open());
  afterAll(() => app.close());

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const tick = (name: RegExp) => page.getByRole("checkbox", { name });
  const stopped = () => tick(/stopped the workload/u);
  const readable = () => tick(/Enable SQL Server to allow connections/u);
  const question = () => page.getByRole("dialog", { name: "Leave the wizard?" });
  const isLeft = () => page.getByRole("dialog").waitFor({ state: "detached", ...patience });
  const leave = async () => {
    await button("Cancel").click(patience);
    if (await question().isVisible()) await button("Leave").click(patience);
    await isLeft();
  };

  test("two clicks on Next turn one page, and the first page has no Previous", async () => {
    await wizard.open("SQLBOX01");
    expect(await button("< Previous").isEnabled()).toBe(false);
    await wizard.forward.dblclick();
    await wizard.at(typePage);
  });

  test("Cancel asks nothing before anything is done", async () => {
    await button("Cancel").click();
    await isLeft();
  });

  test("an Introduction that is not to be shown again is not", async () => {
    await wizard.open("SQLBOX01");
    await tick(/Do not show this page again/u).check();
    await leave();
    await wizard.open("SQLBOX01", typePage);
    const settings = readFileSync(path.join(app.dataDir, "settings.json"), "utf8");
    expect(JSON.parse(settings)).toEqual({
      showIntroduction: false,
      azure: { cloud: "public", clientId: null },
      zoomPercent: 100,
      notify: true,
      network: { proxy: null, caFile: null },
    });
  });

  test("forced failover is closed with its reason on the primary, and offered on the secondary, where planned stays chosen", async () => {
    const forced = page.getByRole("radio", { name: /Forced failover/u });
    await page
      .getByText(
        /Not offered: SQLBOX01 is primary and answers, so nothing has to be given up\..*Migrating\? Choose planned/u,
      )
      .waitFor(patience);
    expect([await forced.isDisabled(), await tick(/I understand/u).isDisabled()]).toEqual([
      true,
      true,
    ]);
    await leave();
    await wizard.open("sqlmi1", typePage);
    await expect.poll(() => forced.isEnabled(), patience).toBe(true);
    expect(await forced.isChecked()).toBe(false);
    await leave();
    await wizard.open("sqlmi1", typePage);
  });

  test("removing the link and its clean-up are explained, and closed while nobody is signed in to Azure", async () => {
    await stopped().check();
    await wizard.to(signInPage, readinessPage, operationsPage);
    expect(await tick(/^Remove the link after/u).isDisabled()).toBe(true);
    expect(await tick(/^Delete availability group 'AG_Adatum'/u).isDisabled()).toBe(true);
    await page.getByText(/Nobody is signed in to Azure\. Sign in to Azure\./u).waitFor();
    await page.getByText("Opens only together with the removal of the link.").waitFor();
  });

  test("Previous keeps every answer, and two clicks on it turn one page", async () => {
    await readable().uncheck();
    await wizard.to(summaryPage);
    await button("< Previous").dblclick();
    await wizard.at(operationsPage);
    expect(await readable().isChecked()).toBe(false);
    await button(typePage).click();
    await wizard.at(typePage);
    expect(await stopped().isChecked()).toBe(true);
    await wizard.to(signInPage, readinessPage, operationsPage);
    expect(await readable().isChecked()).toBe(false);
  });

  test("Cancel asks once something is done: Stay keeps it, Leave forgets it", async () => {
    await button("Cancel").click();
    await question().waitFor(patience);
    await button("Stay").click();
    await question().waitFor({ state: "detached", ...patience });
    expect(await readable().isChecked()).toBe(false);
    await leave();
    await wizard.open("SQLBOX01", typePage);
    expect(await stopped().isChecked()).toBe(false);
  });

  test("no other window opens over the wizard", async () => {
    await stopped().check();
    // Its place is not covered, only closed.
    await page.locator(".command-bar").getByText("Connect").click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(1);
    expect(await stopped().isChecked()).toBe(true);
  });

  test("nothing was sent, and the Introduction stays away in the next window too", async () => {
    expect(truth(app.estate.world.state).changes).toEqual([]);
    await app.close();
    await open(app.dataDir);
    await wizard.open("SQLBOX01", typePage);
  });
});
