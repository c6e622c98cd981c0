// A migration from SQL Server 2019 in the window: the removal that cannot be declined, its run, and what is left to do afterwards.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { askedOf } from "./azure-in-window.ts";
import { signInInWizard } from "./azure-in-wizard.ts";
import { pathWindow } from "./path-window.ts";
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
onEachHost((openApp, host) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  beforeAll(async () => {
    app = await openApp({ scenario: "sql2019-cutover", pace: 10 });
    page = app.page;
    wizard = wizardByMouse(page);
  });
  afterAll(() => app.close());

  const tick = (name: string | RegExp) => page.getByRole("checkbox", { name });
  const treeItems = (name: string | RegExp) => page.getByRole("treeitem", { name, exact: true });

  test("signs in to Azure on the wizard's page, since Azure removes the link", async () => {
    await wizard.open("SQLBOX01");
    await wizard.to(typePage, signInPage);
    await wizard.says(
      "Next is closed: The link LINK_Adatum is removed by Azure. Nobody is signed in to Azure.",
      "closed",
    );
    await signInInWizard(app);
    await wizard.to(readinessPage, operationsPage);
  });

  test("ticks the removal and locks it, and turns no page until it is understood", async () => {
    const removal = tick(/^Remove the link after/);
    expect([await removal.isChecked(), await removal.isDisabled()]).toEqual([true, true]);
    await page
      .getByText(
        "Afterwards both copies, on SQLBOX01 and on sqlmi1, can be written and are independent.",
      )
      .waitFor(patience);
    expect(await tick(/^Keep the old copy from being written/).isChecked()).toBe(true);
    expect(await tick(/^Delete availability group 'AG_Adatum'/).isChecked()).toBe(false);
    await wizard.says(
      "Next is closed: the link is removed, and both copies are independent afterwards. Tick I understand.",
      "closed",
    );
    await tick("I understand").check();
    await wizard.to(summaryPage);
  });

  test("shows the DELETE as a step of Azure before anything is asked of it", async () => {
    const row = page.getByRole("row", { name: /End replication on SQL Managed Instance/ });
    await row.getByText("Azure", { exact: true }).waitFor(patience);
    const told = truth(app.estate.world.state);
    expect([told.changes, told.linkOperations]).toEqual([[], []]);
  });

  test("runs to Results once the workload has stopped: one PATCH, one DELETE, and every row on the instance", async () => {
    await finish(page);
    await page
      .getByText(/still writing on SQLBOX01/)
      .first()
      .waitFor(patience);
    app.estate.world.setWorkload(false);
    await heading(page, "Results").waitFor(patience);
    const { box, instance, changes, linkOperations } = truth(app.estate.world.state);
    expect({
      links: [box.linkDropped, instance.linkDropped],
      hasLocalGroup: !box.localGroupDropped,
      updateability: instance.updateability,
      hasEveryRow: instance.rows.hasEveryAcknowledged,
      asked: linkOperations.map(({ text, outcomes }) => [text, outcomes]),
      sent: changes.map(({ server, text, count }) => [server, text, count]),
    }).toEqual({
      links: [true, true],
      hasLocalGroup: true,
      updateability: "READ_WRITE",
      hasEveryRow: true,
      asked: [
        ["PATCH replicationMode Sync", ["done"]],
        ["DELETE", ["done"]],
      ],
      sent: [
        ["box", expect.stringContaining("SYNCHRONOUS_COMMIT"), 1],
        ["box", "DROP AVAILABILITY GROUP [LINK_Adatum]", 1],
      ],
    });
    // The link is gone, and the wizard still says whose it was.
    expect(await page.getByRole("dialog").locator("header").innerText()).toContain(
      "LINK_Adatum · Adatum",
    );
    const ofLink = askedOf(app).arm.filter(({ path: asked }) => asked.endsWith("/LINK_Adatum"));
    expect(ofLink.at(-1)).toMatchObject({ method: "GET", status: 404 });
  });

  // In Electron the system's own window is asked for the path; what is saved takes the same way.
  test.runIf(host === "chromium")(
    "saves a report with what is left to do on the instance",
    async () => {
      const home = mkdtempSync(path.join(tmpdir(), "mi-link-home-"));
      vi.stubEnv("HOME", home);
      vi.stubEnv("USERPROFILE", home);
      const file = await pathWindow(page, home).saveReport("Markdown…");
      vi.unstubAllEnvs();
      const report = readFileSync(file, "utf8");
      const checklist = report.slice(
        report.indexOf("## After the migration"),
        report.indexOf("## Who and where"),
      );
      expect(checklist).toMatch(/Adatum on sqlmi1\S* has compatibility level 150/);
      expect(checklist).toMatch(/adatum\\_report of Adatum has no login on sqlmi1/);
      expect(checklist).toContain("CREATE LOGIN [adatum_report]");
      expect(checklist).toContain("EXEC [Adatum].sys.sp_updatestats;");
      expect(checklist).toContain("Compare the rows of Adatum on both sides");
    },
  );

  test("offers to clean up after the link, whose name it knows, and ticks nothing", async () => {
    await page.getByRole("button", { name: "Clean up after a link…" }).click();
    const name = page.getByRole("textbox", { name: "Link that is gone" });
    expect(await name.inputValue(patience)).toBe("LINK_Adatum");
    await tick(/^The availability group AG_Adatum/).waitFor(patience);
    expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
  });

  test("and the tree shows the database on the instance, and no link any more", async () => {
    await treeItems(/LINK_Adatum/).waitFor({ state: "detached", ...patience });
    await treeItems("Adatum").waitFor(patience);
    await treeItems("No availability groups").waitFor(patience);
    expect(await treeItems(/^Adatum \(Synchronized\)/).count()).toBe(1);
    expect(await treeItems(/^AG_Adatum/).count()).toBe(1);
  });
});
