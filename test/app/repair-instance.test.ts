// The managed instance came back as a second primary: given up by Azure, then by T-SQL as a drill, saved to a URL first. The world is asked.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { splitBrainInstance } from "../../practice/scenarios/split-brain.ts";
import { truth } from "../../practice/world/truth.ts";
import { onInstance } from "../fakes/on-instance.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { openInChromium } from "./app-under-test.ts";
import { signInAt } from "./azure-in-wizard.ts";
import type { DrillByMenu } from "./drill-by-menu.ts";
import { drillByMenu, repairedLines } from "./drill-by-menu.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";
import type { RepairWindow } from "./repair-window.ts";
import { repairWindow } from "./repair-window.ts";

const speed = 4;
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const container = "https://store.blob.core.windows.net/save";
const url = /^https:\/\/store\.blob\.core\.windows\.net\/save\/Adatum-1-\w+-1\.bak$/u;

let app: AppUnderTest;
let page: Page;
let repair: RepairWindow;
let drill: DrillByMenu;
const told = () => truth(app.estate.world.state);
const setsRole = () => told().changes.filter(({ text }) => /ROLE = SECONDARY/u.test(text));
const radio = (name: string | RegExp) => page.getByRole("radio", { name });
/** How many rows only the instance has, before they are given up. */
let onlyThere = 0;

beforeAll(async () => {
  // Azure's reference does not say which type is right: here it is the one that is not chosen by itself.
  const settings = { ...splitBrainInstance.settings, demotionAfterForced: "planned" } as const;
  const scenario = { ...splitBrainInstance, settings };
  app = await openInChromium({ scenario, speed, clock: scaledClock(speed) });
  page = app.page;
  repair = repairWindow(page);
  drill = drillByMenu(page, "The managed instance comes back after a forced failover");
  await repair.banner.getByText("has two primaries").waitFor(patience);
});
afterAll(() => app.close());

/** One primary, nobody's rows lost, and those of the instance in our backup alone. */
function expectSaved(): void {
  const { primaries, gone, box, instance, failovers } = told();
  expect(failovers).toHaveLength(1);
  expect({
    primaries,
    lost: gone.lost,
    written: [box.takesWrites, instance.takesWrites],
    health: [box.health, instance.health],
  }).toEqual({
    primaries: ["box"],
    lost: [],
    written: [true, false],
    health: ["HEALTHY", "HEALTHY"],
  });
  expect(onlyThere).toBeGreaterThan(0);
  expect(gone.saved.map(({ server, type, rows }) => [server, type, rows.length])).toEqual([
    ["instance", "D", onlyThere],
  ]);
  expect(gone.saved[0]?.path).toMatch(url);
}

/** SQL Server stays, and the instance's copy is saved. */
async function chooseSqlServer(): Promise<void> {
  await repair.survivor(/^SQLBOX01/u).check(patience);
  await repair.place(/^Container URL for sqlmi1/u).fill(container);
}

describe("made secondary by Azure", () => {
  test("while nobody is signed in, neither way by Azure is offered, and each says why", async () => {
    await drill.choose("Stop the applications");
    await repair.open();
    await chooseSqlServer();
    expect(await radio(/^It is removed/u).isDisabled()).toBe(true);
    expect(await radio(/^By Azure/u).isDisabled()).toBe(true);
    await page
      .getByText(/^Not offered: The link LINK_Adatum is removed by Azure\. Nobody is signed in/u)
      .waitFor(patience);
    await page.getByText(/^Not offered: Nobody is signed in to Azure\. Sign in/u).waitFor(patience);
    await repair.survivor(/^sqlmi1/u).check();
    await page
      .getByText("Not offered: Azure sets the role of a managed instance alone.")
      .waitFor(patience);
    await repair.button("Sign in to Azure…").click();
    const azure = page.getByRole("dialog", { name: "Sign in to Azure" });
    await signInAt(app, azure);
    await azure.getByRole("button", { name: "Close" }).click();
  });

  test("it needs the reason why nobody can write there, and the plan shows the one request", async () => {
    await onInstance(
      app.estate,
      `CREATE CREDENTIAL [${container}] WITH IDENTITY = 'MANAGED IDENTITY';`,
    );
    await repair.open();
    await chooseSqlServer();
    await expect.poll(() => radio(/^By Azure/u).isEnabled(), patience).toBe(true);
    await radio(/^By Azure/u).check();
    await page.getByText(/^Type why nobody can write to sqlmi1/u).waitFor(patience);
    expect(await repair.button("Check and plan").isEnabled()).toBe(false);
    await page
      .getByRole("textbox", { name: /^Why nobody can write to sqlmi1/u })
      .fill("The applications are stopped.");
    await page.getByRole("combobox", { name: "roleChangeType" }).selectOption("Planned");
    expect(await graveFindings(page, ".repair")).toEqual([]);
    await repair.plan();
    await page.getByRole("button", { name: "Show all statements" }).click(patience);
    await page
      .getByText(/^POST \/subscriptions\/.*LINK_Adatum\/setRole\?/u)
      .first()
      .waitFor(patience);
    expect(await graveFindings(page, ".repair")).toEqual([]);
    expect(told()).toMatchObject({ primaries: ["box", "instance"], linkOperations: [] });
    onlyThere = told().instance.rows.onlyHere;
  });

  test("Azure sets the role once, and no T-SQL does", async () => {
    await repair.run("Make sqlmi1");
    expect(told().linkOperations).toEqual([
      { server: "instance", text: "POST setRole Secondary Planned", count: 1, outcomes: ["done"] },
    ]);
    expect(setsRole()).toEqual([]);
    expectSaved();
    await repair.close();
    await repair.banner.waitFor({ state: "detached", ...patience });
  });
});

describe("made secondary by T-SQL: a drill", () => {
  test("saved to a URL by the credential, it ends by itself, and what was given up is in our backup", async () => {
    await drill.start();
    await drill.choose("Stop the applications");
    await onInstance(
      app.estate,
      `CREATE CREDENTIAL [${container}] WITH IDENTITY = 'MANAGED IDENTITY';`,
    );
    await repair.banner.getByText("has two primaries").waitFor(patience);
    await repair.open();
    await chooseSqlServer();
    await repair.plan();
    onlyThere = told().instance.rows.onlyHere;
    await repair.run("Make sqlmi1");
    expect(setsRole()).toMatchObject([{ server: "instance", count: 1 }]);
    expect(told().linkOperations).toEqual([]);
    expectSaved();
  });

  test("the way back is offered: a planned failover from the side that is primary now", async () => {
    await page
      .getByRole("region", { name: "Offered now" })
      .getByRole("button", { name: "Planned failover back…" })
      .click(patience);
    await page.getByRole("heading", { name: "Introduction", exact: true }).waitFor(patience);
    await page.getByRole("button", { name: "Next >" }).click(patience);
    const local = page.getByRole("region", { name: "Local replica status" });
    await local.getByText("SQLBOX01").first().waitFor(patience);
    await local.getByText("PRIMARY", { exact: true }).waitFor(patience);
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  test("the figures of the drill are the world's own", async () => {
    await drill.ended.waitFor(patience);
    expect(await drill.ended.getByRole("listitem").allInnerTexts()).toEqual(
      repairedLines(told(), {
        primary: "SQLBOX01",
        savedBy: "sqlmi1",
        closed: /^A server took writing all that time\.$/u,
      }),
    );
  });
});
