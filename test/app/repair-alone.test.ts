// Forced in the window, closed, opened again: what is to be repaired still stands there, until Azure has removed the link. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { Fault } from "../../practice/world/world.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { azureInWindow } from "./azure-in-window.ts";
import { signInAt } from "./azure-in-wizard.ts";
import { chooseForced, forcingButton, linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import type { RepairWindow } from "./repair-window.ts";
import { repairWindow } from "./repair-window.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";

const speed = 4;
// One clock for each window: a scaled one begins anew, and the second window would be before the first.
const clock = scaledClock(speed);
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let app: AppUnderTest;
let page: Page;
let repair: RepairWindow;
const told = () => truth(app.estate.world.state);
const fault = (given: Fault) => {
  app.estate.world.fault(given);
};
const shown = (opened: AppUnderTest) => {
  app = opened;
  page = app.page;
  repair = repairWindow(page);
};
const again = async () => {
  await app.closeWindow();
  const { estate, dataDir } = app;
  shown(await openInChromium({ estate, dataDir, speed, clock }));
};

beforeAll(async () => {
  shown(await openInChromium({ speed, clock }));
  await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
});
afterAll(() => app.close());

test("a forced failover leaves it to be repaired", async () => {
  fault({ kind: "linkDisconnected", on: true });
  fault({ kind: "userCommits", server: "box", rows: 5 });
  fault({ kind: "unreachable", server: "box", on: true, how: "refused" });
  app.estate.world.advance(30_000);
  const wizard = wizardByMouse(page);
  await chooseForced(page, "sqlmi1");
  await wizard.to(signInPage, readinessPage);
  await wizard.says("Next is open.", "open");
  await wizard.to(operationsPage, summaryPage);
  await linkNameField(page).fill("LINK_Adatum");
  await expect.poll(() => forcingButton(page).isEnabled(), patience).toBe(true);
  await forcingButton(page).click();
  await wizard.at("Results");
  await page.getByRole("button", { name: "Close", exact: true }).last().click(patience);
  await repair.banner.getByText(/^LINK_Adatum was forced at /u).waitFor(patience);
});

test("that stands there after a restart of the window, and cannot be begun while SQL Server is away", async () => {
  await again();
  await repair.banner
    .getByText(
      /^LINK_Adatum was forced at .+ still takes itself for the primary when it comes back/u,
    )
    .waitFor(patience);
  expect(await repair.button("Repair LINK_Adatum…").isEnabled()).toBe(false);
  app.estate.world.setWorkload(false);
  fault({ kind: "unreachable", server: "box", on: false });
  fault({ kind: "linkDisconnected", on: false });
  // What could not be connected to at the start of a window is not tried again by itself.
  await again();
  await expect.poll(() => repair.button("Repair LINK_Adatum…").isEnabled(), patience).toBe(true);
  expect(told().primaries).toEqual(["box", "instance"]);
});

test("signed in to Azure the link can be removed: what that means is said, and the link's name is asked for", async () => {
  const azure = azureInWindow(app);
  await azure.open();
  await signInAt(app, azure.dialog);
  await azure.close();
  await repair.open();
  await repair.survivor(/^sqlmi1/u).check(patience);
  const removed = page.getByRole("radio", { name: "It is removed, and both go on apart" });
  await expect.poll(() => removed.isEnabled(), patience).toBe(true);
  await removed.check();
  await page
    .getByText(/^Azure deletes it, and it does not come back\. Both copies stay/u)
    .waitFor();
  expect(await repair.place(/^Folder on/u).count()).toBe(0);
  expect(await graveFindings(page, ".repair")).toEqual([]);
  await repair.plan("What cannot be undone");
  const band = page.getByRole("alert", { name: "What cannot be undone" });
  await band.getByText(/^Nothing is discarded: /u).waitFor(patience);
  expect(await repair.button("Remove the link").isEnabled()).toBe(false);
  expect(await graveFindings(page, ".repair")).toEqual([]);
  expect(told().linkOperations).toEqual([]);
});

test("the link is gone in Azure and on both servers, and each keeps every row it had", async () => {
  const before = told();
  await repair.run("Remove the link");
  const { box, instance, gone, linkOperations } = told();
  expect(linkOperations).toEqual([
    { server: "instance", text: "DELETE", count: 1, outcomes: ["done"] },
  ]);
  expect(gone).toEqual({ lost: [], saved: [] });
  expect(before.box.rows.onlyHere).toBeGreaterThan(0);
  for (const [side, was] of [
    [box, before.box],
    [instance, before.instance],
  ] as const) {
    expect(side).toMatchObject({ linkDropped: true, updateability: "READ_WRITE", rows: was.rows });
  }
  await page
    .getByRole("region", { name: "Offered now" })
    .getByRole("button", { name: "Clean up after a link…" })
    .waitFor(patience);
  await repair.close();
});

test("nothing is left to be repaired, after a restart neither", async () => {
  await repair.banner.waitFor({ state: "detached", ...patience });
  await again();
  await page.getByRole("treeitem", { name: /^sqlmi1/u }).waitFor(patience);
  expect(await repair.banner.count()).toBe(0);
});
