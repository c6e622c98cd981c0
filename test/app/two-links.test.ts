// A database with two links in the window: each group opens its own, the database asks which, and the other one stays as it is.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { expectFailedOver } from "./failed-over.ts";
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
    // sqlmi1 of LINK_Adatum is connected, sqlmi2 of LINK_Adatum_2 is not.
    app = await openApp({ scenario: "two-links", speed: 10 });
    page = app.page;
    wizard = wizardByMouse(page);
    await page.getByRole("treeitem", { name: /^sqlmi1/ }).waitFor(patience);
  });
  afterAll(() => app.close());

  async function failoverOf(name: RegExp): Promise<void> {
    await page.getByRole("treeitem", { name }).first().click(patience);
    await page.getByRole("button", { name: "Failover…" }).click(patience);
  }

  const title = (): Locator => page.getByRole("dialog").locator("header");
  const otherLink = () => {
    const { otherLink: other } = truth(app.estate.world.state);
    return (
      other && {
        name: other.name,
        roles: [other.box.role, other.instance.role],
        dropped: [other.box.linkDropped, other.instance.linkDropped],
        asked: other.linkOperations,
      }
    );
  };
  const untouched = {
    name: "LINK_Adatum_2",
    roles: ["PRIMARY", "SECONDARY"],
    dropped: [false, false],
    asked: [],
  };

  test.each([
    ["LINK_Adatum", /^LINK_Adatum \(Distributed/],
    ["LINK_Adatum_2", /^LINK_Adatum_2 \(Distributed/],
  ])("Failover… of the group %s opens its own link, and asks nothing", async (link, node) => {
    await failoverOf(node);
    await wizard.at("Introduction");
    await title().getByText(`${link} · Adatum`, { exact: true }).waitFor(patience);
    await page.getByRole("button", { name: "Cancel" }).click();
    await heading(page, "Introduction").waitFor({ state: "detached", ...patience });
  });

  test("the link whose instance is not connected says so and turns no page past the sign-in", async () => {
    await failoverOf(/^LINK_Adatum_2 \(Distributed/);
    await wizard.at("Introduction");
    await wizard.to(typePage, signInPage);
    await wizard.says(/^Next is closed: .*sqlmi2/, "closed");
    await page.getByRole("button", { name: "Cancel" }).click();
    await heading(page, signInPage).waitFor({ state: "detached", ...patience });
  });

  test("Failover… of the database asks which of its links, and presets none", async () => {
    await failoverOf(/^Adatum \(/);
    const question = page.getByRole("dialog", { name: "Which link is to be failed over?" });
    await question
      .getByRole("radio", { name: /^LINK_Adatum_2 To sqlmi2\. It is not connected/ })
      .waitFor();
    const first = question.getByRole("radio", { name: /^LINK_Adatum To sqlmi1\. It is connected/ });
    expect(await first.isChecked()).toBe(false);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    await first.check();
    await question.getByRole("button", { name: "Failover…" }).click();
    await wizard.at("Introduction");
    await title().getByText("LINK_Adatum · Adatum", { exact: true }).waitFor(patience);
    expect(otherLink()).toEqual(untouched);
  });

  test("the chosen link fails over and loses nothing; the other one stays as it is", async () => {
    await wizard.to(typePage, signInPage, readinessPage, operationsPage, summaryPage);
    await finish(page);
    app.estate.world.setWorkload(false);
    await heading(page, "Results").waitFor(patience);
    expectFailedOver(app.estate.world);
    expect(otherLink()).toEqual(untouched);
  });
});
