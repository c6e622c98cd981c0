// The help inside, by keyboard: F1 explains the page that is shown, a finding and an error explain themselves, and everything can be found.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import { readinessPage, signInPage, typePage, wizardByMouse } from "./wizard-by-mouse.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let help: Locator;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    help = page.getByRole("dialog", { name: "Help", exact: true });
    await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  });
  afterAll(() => app.close());

  const explains = (title: string) =>
    help.getByRole("heading", { name: title, exact: true }).waitFor(patience);
  const closed = async () => {
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached", ...patience });
  };

  test("F1 explains the main window, without a finding of axe", async () => {
    await page.keyboard.press("F1");
    await explains("Object Explorer and the link");
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
  });

  test("a message number that is typed leads to its meaning", async () => {
    await help.getByLabel("Find").fill("47515");
    await help.getByRole("button", { name: /^Msg .*47515/u }).click(patience);
    await help.getByText("What it means").waitFor(patience);
    await closed();
  });

  test("F1 explains the window that is open, and Esc leads back to it", async () => {
    await page.getByRole("button", { name: "Link", exact: true }).click(patience);
    await page.getByRole("menuitem", { name: "Hybrid failover benefit…" }).click(patience);
    const benefit = page.getByRole("dialog", { name: /Hybrid failover benefit/u });
    await benefit.waitFor(patience);
    await page.keyboard.press("F1");
    await explains("Hybrid failover benefit");
    await help.getByText(/while an instance is created is out of this tool's scope/u).waitFor();
    await closed();
    await benefit.waitFor(patience);
    await page.keyboard.press("Escape");
    await benefit.waitFor({ state: "detached", ...patience });
  });

  test("F1 explains each page of the wizard, and a finding explains itself by its question mark", async () => {
    const wizard = wizardByMouse(page);
    await wizard.open("SQLBOX01");
    await page.keyboard.press("F1");
    await explains("Introduction");
    await closed();
    await wizard.to(typePage, signInPage, readinessPage);
    await page.keyboard.press("F1");
    await explains(readinessPage);
    await closed();
    await page.getByRole("button", { name: "Explain: Log positions" }).first().click(patience);
    await explains("Log positions");
    await closed();
    await wizard.at(readinessPage);
  });
});
