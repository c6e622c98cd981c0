// What comes after a failover, in the window: the hybrid benefit through Azure, and what a link that is gone has left behind.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import { healthyWith, removeLink } from "../practice/server/link-removed.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { signInAt } from "./azure-in-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";

const partner = "sqlmi1.a0b1c2d3e4f5.database.windows.net";
const scenario = healthyWith({
  traceFlags: [1800],
  agentJobs: ["TestMILinkConnection"],
  certificatePrincipals: [{ principal: "mi", kind: "login", certificate: partner }],
});
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ scenario, speed: 10 });
    page = app.page;
    await page
      .getByRole("treeitem", { name: /^LINK_Adatum/u })
      .first()
      .waitFor(patience);
  });
  afterAll(() => app.close());

  const dialog = (name: string) => page.getByRole("dialog", { name });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const told = () => truth(app.estate.world.state);
  const closeResults = async () => {
    await page.getByRole("region", { name: "Evidence" }).waitFor(patience);
    await button("Close").click();
    await page.getByRole("dialog").waitFor({ state: "detached", ...patience });
  };

  describe("the hybrid failover benefit", () => {
    const hybrid = dialog.bind(undefined, "Hybrid failover benefit");
    const confirm = () => hybrid().getByRole("checkbox", { name: /^I confirm that this replica/u });
    const open = async () => {
      await button("Link").click(patience);
      await page.getByRole("menuitem", { name: "Hybrid failover benefit…" }).click(patience);
      await hybrid().waitFor(patience);
    };

    const operations = () => told().linkOperations.map(({ text, count }) => [text, count]);
    const somebodyElses = ["PATCH hybridSecondaryUsage Active", 1];

    test("is locked while nobody is signed in to Azure, and leads to the sign-in", async () => {
      await open();
      await hybrid().getByText("Nobody is signed in to Azure. Sign in to Azure.").waitFor(patience);
      expect(await confirm().isDisabled()).toBe(true);
      expect(await button("Set to Passive").isEnabled()).toBe(false);
      await button("Sign in to Azure…").click();
      await signInAt(app, dialog("Sign in to Azure"));
      await button("Close").click();
    });

    test("is locked while the instance is Updating, and opens once it is Ready", async () => {
      const { estate } = app;
      estate.control({ do: "clock", speed: 0 });
      estate.world.changeLink({ kind: "setUsage", hybridSecondaryUsage: "Active" }, "dana", {
        isCarriedOut: true,
        ends: "asItWent",
      });
      await open();
      const updating = hybrid().getByText(
        "sqlmi1 is Updating, and is changed only while it is Ready.",
      );
      await updating.waitFor(patience);
      expect([await confirm().isDisabled(), await button("Set to Passive").isEnabled()]).toEqual([
        true,
        false,
      ]);
      estate.control({ do: "clock", speed: 10 });
      estate.world.advance(60_000);
      await updating.waitFor({ state: "detached", ...patience });
      expect(await confirm().isDisabled()).toBe(false);
    });

    test("shows what Azure holds, and is planned once it is confirmed that the replica is passive", async () => {
      await hybrid()
        .getByRole("definition")
        .filter({ hasText: /^Active$/u })
        .waitFor(patience);
      await confirm().check(patience);
      await hybrid()
        .getByRole("row", { name: /Set hybrid failover rights .* to Passive/u })
        .waitFor(patience);
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      expect(operations()).toEqual([somebodyElses]);
    });

    test("is set to Passive by one request", async () => {
      await button("Set to Passive").click();
      await closeResults();
      expect(operations()).toEqual([somebodyElses, ["PATCH hybridSecondaryUsage Passive", 1]]);
      const { surroundings } = app.estate.world.state.instance;
      expect(surroundings.hybridSecondaryUsage).toBe("Passive");
    });
  });

  describe("a link that is gone", () => {
    const cleanUp = dialog.bind(undefined, "Clean up after a link");
    const tick = (name: string | RegExp) => cleanUp().getByRole("checkbox", { name });
    const typeName = (name: string) =>
      cleanUp()
        .getByRole("textbox", { name: /^Type the name of the link/u })
        .fill(name);
    const group = () => tick(/^The availability group AG_Adatum on SQLBOX01/u);
    const endpoint = () => tick(/^The endpoint database_mirroring_endpoint/u);
    const trusted = () => tick(new RegExp(`^The certificate ${partner} on SQLBOX01`, "u"));
    let before: ReturnType<typeof told>["changes"];

    test("leaves what is listed at SQL Server's own node without a tick, and locked where it is used", async () => {
      await removeLink(app.estate);
      before = told().changes;
      await page
        .getByRole("treeitem", { name: /^SQLBOX01/u })
        .first()
        .click({ button: "right" });
      await page.getByRole("menuitem", { name: "Clean up after a link…" }).click(patience);
      await group().waitFor(patience);
      expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
      expect([
        await group().isEnabled(),
        await endpoint().isEnabled(),
        await trusted().isEnabled(),
      ]).toEqual([true, false, false]);
      await cleanUp().getByText("Locked: it is still used by the login mi.").waitFor();
      await cleanUp()
        .getByText(/^The job TestMILinkConnection/u)
        .waitFor();
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    });

    test("is planned of what is ticked alone, and what used only that opens with it", async () => {
      expect(await button("Next >").isEnabled()).toBe(false);
      await cleanUp().getByRole("textbox", { name: "Link that is gone" }).fill("LINK_Adatum");
      await group().check();
      expect(await endpoint().isEnabled()).toBe(true);
      await button("Next >").click();
      await cleanUp()
        .getByText(/^What the link LINK_Adatum left behind is removed/u)
        .waitFor(patience);
      const rows = cleanUp().getByRole("treegrid").getByRole("row", { level: 1 });
      expect(await rows.count()).toBe(1);
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    });

    test("is removed once its name was typed exactly, and never by Enter", async () => {
      await typeName("link_adatum");
      expect(await button("Remove").isEnabled()).toBe(false);
      await typeName("LINK_Adatum");
      await page.keyboard.press("Enter");
      await button("Remove").press("Enter");
      expect(told().changes).toEqual(before);
      await button("Remove").click();
      await cleanUp()
        .getByText("The availability group AG_Adatum is gone from SQLBOX01.")
        .first()
        .waitFor(patience);
      await closeResults();
      const { box, changes } = told();
      expect(
        changes.slice(before.length).map(({ server, text, count }) => [server, text, count]),
      ).toEqual([["box", "DROP AVAILABILITY GROUP [AG_Adatum]", 1]]);
      expect([box.localGroupDropped, box.databaseState, box.updateability]).toEqual([
        true,
        "ONLINE",
        "READ_WRITE",
      ]);
      const { surroundings } = app.estate.world.state.box;
      expect([surroundings.endpointDropped, surroundings.droppedCertificates]).toEqual([false, []]);
    });
  });
});
