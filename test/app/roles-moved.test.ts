// The one-way plan in the window: tried without its changes, and refused with nothing sent when the roles move before Finish.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { signInInWizard } from "./azure-in-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";
import { finishRightAfter } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ scenario: "sql2019-cutover", pace: 10 });
    page = app.page;
  });
  afterAll(() => app.close());

  const sent = () => {
    const { changes, linkOperations } = truth(app.estate.world.state);
    return { changes, linkOperations };
  };
  const nothing = { changes: [], linkOperations: [] };
  const finishButton = () => page.getByRole("button", { name: "Finish" });

  test("a dry run on Summary shows every statement and request, and sends none", async () => {
    const wizard = wizardByMouse(page);
    await wizard.open("SQLBOX01");
    await wizard.to(typePage, signInPage);
    await signInInWizard(app);
    await wizard.to(readinessPage, operationsPage);
    await page.getByRole("checkbox", { name: "I understand" }).check();
    await wizard.to(summaryPage);
    await expect.poll(() => finishButton().isEnabled(), patience).toBe(true);
    await page.getByRole("button", { name: "Dry run" }).click();
    const dialog = page.getByRole("dialog", { name: "Dry run" });
    const found = dialog.getByRole("region", { name: "What the dry run found" });
    await found.getByText(/^DRY RUN\. Nothing that changes anything was sent\./).waitFor(patience);
    const text = await found.innerText();
    for (const shown of [
      "A run would begin now.",
      "SYNCHRONOUS_COMMIT",
      "| DELETE /subscriptions",
    ]) {
      expect(text).toContain(shown);
    }
    expect(sent()).toEqual(nothing);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  test("Finish is refused when the roles have moved since Summary, and nothing is sent", async () => {
    await finishRightAfter(page, () => {
      app.estate.control({ do: "fault", fault: { kind: "rolesMoved" } });
      app.estate.world.advance(60_000);
    });
    await page
      .getByText(
        "The plan no longer fits: SQLBOX01 was PRIMARY when it was approved and is SECONDARY now. Nothing was sent.",
      )
      .first()
      .waitFor(patience);
    expect(await finishButton().isDisabled()).toBe(true);
    expect(sent()).toEqual(nothing);
    expect(truth(app.estate.world.state).primaries).toEqual(["instance"]);
  });
});
