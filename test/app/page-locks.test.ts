// What keeps Next and Finish closed on each page of the wizard, and that nothing else does: faults come and go beneath it.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { healthy } from "../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../practice/scenarios/scenario.ts";
import { truth } from "../../practice/world/truth.ts";
import type { Fault } from "../../practice/world/world.ts";
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

const day = 24 * 60 * 60 * 1000;
/** A certificate that ends soon: a warning at every assessment. */
const warned: Scenario = { ...healthy, box: { ...healthy.box, certificateValidMs: 10 * day } };

const openNotes = {
  unchanged: /^Nothing has been changed\.$/u,
  readiness: /^Next is open: warnings do not block\./u,
  summary: /^Plan [0-9A-F]{4}-[0-9A-F]{4}\. Finish runs exactly these steps/u,
};
const noAnswer = /closed: 127\.0\.0\.1,\d+ closed the connection while it was being made/u;
const noLink =
  /closed: Whether there is such a link cannot be said\..*Make both servers reachable/u;

const permission = (server: "box" | "instance", name: string) =>
  ({ kind: "permissionTaken", server, permission: name }) as const;

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  let wizard: WizardByMouse;
  const opened = (scenario: string | Scenario, server: "SQLBOX01" | "sqlmi1") => async () => {
    app = await openApp({ scenario, speed: 20 });
    page = app.page;
    wizard = wizardByMouse(page);
    await wizard.open(server);
    await wizard.to(typePage);
  };
  const closed = () => app.close();

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const positions = () => page.getByRole("region", { name: "Log positions" });
  const fault = (...faults: readonly Fault[]) => {
    for (const one of faults) app.estate.world.fault(one);
  };
  const onBoth = (kind: "blackhole" | "unreachable", on: boolean) => {
    fault({ kind, server: "box", on }, { kind, server: "instance", on });
  };
  const lineIsBack = () => {
    onBoth("unreachable", false);
    onBoth("blackhole", false);
  };
  const instanceIs = (health: string) =>
    expect.poll(() => truth(app.estate.world.state).instance.health, patience).toBe(health);
  const readAgain = () => page.keyboard.press("F5");
  // No page but Summary sends anything, and Summary only what Finish approves.
  afterEach(() => {
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  describe("on a healthy link", () => {
    beforeAll(opened(warned, "SQLBOX01"));
    afterAll(closed);

    test.each<[string, RegExp, (on: boolean) => Fault]>([
      ["does not answer", noAnswer, (on) => ({ kind: "unreachable", server: "box", on })],
      [
        "may not be read",
        /closed: The login has no VIEW SERVER PERFORMANCE STATE on SQLBOX01/u,
        (on) => ({ ...permission("box", "VIEW SERVER PERFORMANCE STATE"), on }),
      ],
    ])("the type is closed while the local side %s", async (_how, note, switched) => {
      fault(switched(true));
      await readAgain();
      await wizard.says(note, "closed");
      fault(switched(false));
      await readAgain();
      await wizard.says(openNotes.unchanged, "open");
    });

    test("the type is closed while roles change, and turns round when the instance has become primary", async () => {
      fault({ kind: "roleChangeStalls", ms: 600_000 }, { kind: "rolesMoved" });
      await expect.poll(() => truth(app.estate.world.state).primaries, patience).toEqual([]);
      await readAgain();
      await wizard.says(
        /closed: Exactly one side must be PRIMARY, and SQLBOX01 is RESOLVING, sqlmi1 is RESOLVING/u,
        "closed",
      );
      fault({ kind: "unreachable", server: "instance", on: true });
      await readAgain();
      await wizard.says(/closed: the role of SQLBOX01 is changing/u, "closed");
      fault({ kind: "unreachable", server: "instance", on: false });
      app.estate.world.advance(700_000);
      await readAgain();
      await wizard.says(openNotes.unchanged, "open");
      await page.getByText("Runs on sqlmi1, because it is primary.").waitFor(patience);
      fault({ kind: "rolesMoved" });
      await expect.poll(() => truth(app.estate.world.state).primaries, patience).toEqual(["box"]);
      await readAgain();
      await page.getByText("Runs on SQLBOX01, because it is primary.").waitFor(patience);
      await wizard.says(openNotes.unchanged, "open");
    });

    test("signing in is closed while the other side does not answer, which the type before it is not", async () => {
      fault({ kind: "unreachable", server: "instance", on: true });
      await readAgain();
      await wizard.to(signInPage);
      await wizard.says(noAnswer, "closed");
      fault({ kind: "unreachable", server: "instance", on: false });
      await readAgain();
      await wizard.says(openNotes.unchanged, "open");
    });

    test("readiness is closed while both sides are read, and when they could not be", async () => {
      onBoth("blackhole", true);
      await wizard.to(readinessPage);
      await wizard.says(/closed: both sides are being read/u, "closed");
      onBoth("unreachable", true);
      await wizard.says(noLink, "closed");
      lineIsBack();
      await button("Run all again").click();
      await wizard.says(openNotes.readiness, "open");
    });

    test.each<{
      readonly cause: string;
      readonly health: string;
      readonly note: RegExp;
      readonly row: RegExp;
      readonly switched: (on: boolean) => Fault;
    }>([
      {
        cause: "suspended data movement",
        health: "NOT_HEALTHY",
        note: /closed: Link synchronization health check failed on SQLBOX01/u,
        row: /^Data movement Explain: Data movement sqlmi1.* Failed .*Resume data movement of Adatum on sqlmi1/u,
        switched: (on) => ({ kind: "suspended", server: "instance", on }),
      },
      {
        cause: "a link that is not connected",
        health: "NOT_HEALTHY",
        note: /closed: Link synchronization health check failed on/u,
        row: /^Link connection Explain: Link connection .* Failed .*is not connected to its partner.*Check the network/u,
        switched: (on) => ({ kind: "linkDisconnected", on }),
      },
      {
        cause: "a missing right",
        health: "HEALTHY",
        note: /closed: Permissions failed on SQLBOX01\. Ask for: GRANT ALTER ANY AVAILABILITY/u,
        row: /^Permissions Explain: Permissions SQLBOX01 Failed .*Needed to change the availability groups/u,
        switched: (on) => ({ ...permission("box", "ALTER ANY AVAILABILITY GROUP"), on }),
      },
      {
        cause: "what may not be read",
        health: "HEALTHY",
        note: /closed: Link role consistency check is not known on sqlmi1/u,
        row: /^Permissions Explain: Permissions sqlmi1.* Failed .*GRANT VIEW ANY DEFINITION/u,
        switched: (on) => ({ ...permission("instance", "VIEW ANY DEFINITION"), on }),
      },
    ])(
      "readiness is closed by $cause, not by a warning",
      async ({ health, note, row, switched }) => {
        fault(switched(true));
        await instanceIs(health);
        await button("Run all again").click();
        await wizard.says(note, "closed");
        await page.getByRole("row", { name: row }).first().waitFor(patience);
        fault(switched(false));
        await instanceIs("HEALTHY");
        // The gate is read every second, and the checks take its newest reading.
        await expect.poll(() => positions().innerText(), patience).not.toContain("Cannot say");
        await button("Run all again").click();
        await wizard.says(openNotes.readiness, "open");
      },
    );

    test("Finish and Script are closed while the plan is made, and Finish when it could not be", async () => {
      await wizard.to(operationsPage);
      onBoth("blackhole", true);
      await wizard.to(summaryPage);
      await wizard.says(/closed: the plan is being made from a fresh reading/u, "closed");
      expect(await button("Script").isEnabled()).toBe(false);
      onBoth("unreachable", true);
      await wizard.says(noLink, "closed");
      lineIsBack();
      await readAgain();
      await wizard.says(openNotes.summary, "open");
      expect(await button("Script").isEnabled()).toBe(true);
    });

    test("Finish is closed by a failed check", async () => {
      fault({ kind: "suspended", server: "instance", on: true });
      await instanceIs("NOT_HEALTHY");
      await readAgain();
      await wizard.says(/^Finish is closed: Link synchronization health check failed/u, "closed");
      fault({ kind: "suspended", server: "instance", on: false });
      await instanceIs("HEALTHY");
      await readAgain();
      await wizard.says(openNotes.summary, "open");
    });

    test("Finish is closed while both sides are locked, and after a refusal until the new plan is looked at", async () => {
      onBoth("blackhole", true);
      await wizard.forward.click();
      await wizard.says(/^Both sides are locked and read again/u, "closed");
      onBoth("unreachable", true);
      await wizard.says(/^Finish is closed: look at the new plan first/u, "closed");
      lineIsBack();
      await button("Look at the new plan").click();
      await wizard.says(openNotes.summary, "open");
      // Its button is gone with the refusal; keys still reach the page.
      await page.locator("#wizard-heading:focus").waitFor(patience);
    });

    test("a run is left by Stop alone, and two clicks on it stop once", async () => {
      await wizard.forward.click();
      await wizard.at("Executing actions");
      await page
        .getByText(/still writing on SQLBOX01/u)
        .first()
        .waitFor(patience);
      expect(await button("Leave the wizard").isEnabled()).toBe(false);
      expect(await page.getByRole("list", { name: "Pages" }).getByRole("button").count()).toBe(0);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Stop/u }).dblclick();
      await wizard.at("Results");
      await button("Close").click();
      await page.getByRole("dialog").waitFor({ state: "detached", ...patience });
    });
  });

  describe("on SQL Server 2022 below CU13", () => {
    beforeAll(opened("below-cu13", "SQLBOX01"));
    afterAll(closed);

    test("keeping the link needs an update, and signing in is closed until Azure can remove it", async () => {
      await page.getByText(/keeping the link needs CU13, build 16\.0\.4125\.3/u).waitFor(patience);
      await wizard.to(signInPage);
      await wizard.says(
        /closed: The link LINK_Adatum is removed by Azure\. Nobody is signed in to Azure\. Sign in/u,
        "closed",
      );
    });
  });

  describe("with a login that may not see SQL Server's state", () => {
    beforeAll(opened("missing-permission", "sqlmi1"));
    afterAll(closed);

    test("signing in is closed until its state may be seen, and readiness until it may be changed", async () => {
      await wizard.to(signInPage);
      await wizard.says(
        /closed: The login has no VIEW SERVER PERFORMANCE STATE on SQLBOX01/u,
        "closed",
      );
      for (const name of ["VIEW SERVER STATE", "VIEW SERVER PERFORMANCE STATE"]) {
        fault({ ...permission("box", name), on: false });
      }
      await readAgain();
      await wizard.says(openNotes.unchanged, "open");
      await wizard.to(readinessPage);
      await wizard.says(/closed: Permissions failed on SQLBOX01/u, "closed");
    });
  });

  describe("on a node that is secondary in its own group", () => {
    beforeAll(opened("wrong-node", "SQLBOX01"));
    afterAll(closed);

    test("the type is closed, and says which node to connect to", async () => {
      await wizard.says(
        /closed: SQLBOX02 is not the primary node of its availability group\. Connect to SQLBOX01/u,
        "closed",
      );
    });
  });
});
