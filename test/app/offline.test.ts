// A database brought back from the instance by backup and restore, in the window: offered, refused, chosen, typed, run. The world is asked.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { linkOf } from "../../practice/scenarios/link-of.ts";
import type { LinkRecipe } from "../../practice/scenarios/link-of.ts";
import type { Fault } from "../../practice/world/world.ts";
import { truth } from "../../practice/world/truth.ts";
import { container, createCredentials, send } from "../fakes/offline-run.ts";
import { scaledClock } from "../fakes/scaled-clock.ts";
import { removeLink } from "../practice/server/link-removed.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { linkNameField } from "./forced-wizard.ts";
import { graveFindings } from "./grave-findings.ts";
import { keyboardOf } from "./keyboard.ts";
import { patience } from "./patience.ts";

// Faster, and a busy machine looks like a server that does not answer.
const speed = 4;
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  const opened = async (recipe: Partial<LinkRecipe>) => {
    const scenario = linkOf({ name: "back", summary: "", ...recipe });
    app = await openApp({ scenario, speed, clock: scaledClock(speed) });
    page = app.page;
    await page
      .getByRole("treeitem", { name: /^LINK_Adatum/u })
      .nth(2)
      .waitFor(patience);
  };
  const told = () => truth(app.estate.world.state);
  const fault = (one: Fault) => {
    app.estate.world.fault(one);
  };
  const dialog = () => page.getByRole("dialog", { name: "Offline fail back" });
  const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
  const field = (name: string | RegExp) => dialog().getByRole("textbox", { name });
  const next = () => button("Next >");
  const deed = () => button("Back up and restore");
  const instanceRow = (name: RegExp) => page.getByRole("treeitem", { name }).last();
  const openFrom = async (row: Locator, ...items: readonly string[]) => {
    await row.click({ button: "right", ...patience });
    for (const name of items) await page.getByRole("menuitem", { name }).click(patience);
    await dialog().waitFor(patience);
  };
  const openFromLink = () =>
    openFrom(instanceRow(/^LINK_Adatum/u), "Azure SQL Managed Instance link", "Offline fail back…");
  const places = async () => {
    await field("Container URL").fill(container);
    await field("Folder on SQLBOX01").fill("D:\\Data");
  };
  const planned = async () => {
    await next().click(patience);
    await dialog().getByRole("treegrid").waitFor(patience);
  };
  const refused = async (sentence: RegExp) => {
    await next().click(patience);
    await dialog()
      .getByRole("status", { name: "Nothing was planned" })
      .getByText(sentence)
      .waitFor(patience);
  };
  const resultsStand = () => page.getByRole("region", { name: "Evidence" }).waitFor(patience);
  const verdict = () => dialog().getByRole("status").first().textContent();
  const closed = async (name: string) => {
    await button(name).click();
    await dialog().waitFor({ state: "detached", ...patience });
  };
  const untouched = () => {
    const { restored, instance, changes, primaries } = told();
    // The credentials are made by hand, as an operator does it.
    const sent = changes.filter(({ text }) => !text.startsWith("CREATE CREDENTIAL "));
    return { restored, saved: instance.backups.copyOnly, sent, primaries };
  };
  const nothingDone = { restored: [], saved: 0, sent: [], primaries: ["instance"] };

  describe("the instance is primary and the link is cut", () => {
    beforeAll(async () => {
      await opened({ primary: "instance" });
      fault({ kind: "linkDisconnected", on: true });
      app.estate.world.advance(60_000);
    });
    afterAll(() => app.close());

    test("offered on the link, it shows both sides and is closed before both places are named", async () => {
      await openFromLink();
      await dialog()
        .getByRole("row", { name: /^Version SQL Server 2022 .* Update policy SQL Server 2022$/u })
        .waitFor(patience);
      await dialog()
        .getByRole("row", { name: /^Role in LINK_Adatum SECONDARY PRIMARY$/u })
        .waitFor(patience);
      expect(await field("New name").inputValue()).toBe("Adatum_failback");
      expect(await next().isEnabled()).toBe(false);
      await field("Container URL").fill("D:\\Backup");
      await field("Folder on SQLBOX01").fill("D:\\Data");
      expect(await next().isEnabled()).toBe(false);
      await field("Container URL").fill(container);
      await expect.poll(() => next().isEnabled(), patience).toBe(true);
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    });

    test("without credentials nothing is planned, and it says what to send on which server", async () => {
      await refused(/^sqlmi1\S* has no credential for .*IDENTITY = 'MANAGED IDENTITY'/u);
      await dialog()
        .getByText(/^SQLBOX01 has no credential for .*IDENTITY = 'SHARED ACCESS SIGNATURE'/u)
        .waitFor();
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      expect(untouched()).toEqual(nothingDone);
    });

    test("the old name shows its copy, is locked until it is typed, and has to be free", async () => {
      await createCredentials(app.estate);
      await dialog().getByRole("radio", { name: "The old name, Adatum" }).check(patience);
      await dialog()
        .getByText(
          /^The old copy on SQLBOX01 is ONLINE, in the availability group AG_Adatum; last write \d{4}-.+, last backup \d{4}-/u,
        )
        .waitFor(patience);
      expect(await next().isEnabled()).toBe(false);
      const name = field(/^Type the name of the database/u);
      await name.fill("adatum");
      expect(await next().isEnabled()).toBe(false);
      await name.fill("Adatum");
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      await refused(
        /^The name Adatum is taken on SQLBOX01\..*REMOVE DATABASE \[Adatum\].*MODIFY NAME/u,
      );
      expect(untouched()).toEqual(nothingDone);
    });

    test("Enter confirms nothing, and only the link's exact name opens the button", async () => {
      await dialog().getByRole("radio", { name: "A new name" }).check(patience);
      await planned();
      await button("Script").click();
      const script = page.getByRole("dialog", { name: "Scripts" });
      await script
        .getByText(/RESTORE DATABASE/u)
        .first()
        .waitFor(patience);
      expect(await script.innerText()).not.toMatch(/\bREPLACE\b/u);
      await script.getByRole("button", { name: "Close" }).click();
      await linkNameField(page).fill("link_adatum");
      expect(await deed().isEnabled()).toBe(false);
      await linkNameField(page).fill("LINK_Adatum");
      await expect.poll(() => deed().isEnabled(), patience).toBe(true);
      for (const place of [linkNameField(page), deed()]) {
        await place.press("Enter");
        // A run that begins closes the button at once.
        expect(await deed().isEnabled()).toBe(true);
      }
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      expect(untouched()).toEqual(nothingDone);
    });

    test("as long as applications write it waits, and stopped then it has saved nothing", async () => {
      expect(told().instance.takesWrites).toBe(true);
      await deed().click(patience);
      await dialog()
        .getByRole("row", {
          name: /^Waiting 1 Wait until nobody writes .* Still writing on sqlmi1/u,
        })
        .waitFor(patience);
      await dialog().getByRole("button", { name: /^Stop/u }).click(patience);
      await resultsStand();
      expect(untouched()).toEqual(nothingDone);
      await closed("Close");
    });

    test("a commit directly after the backup: the log has moved, and nothing is restored", async () => {
      app.estate.world.setWorkload(false);
      fault({ kind: "commitAfterBackup", server: "instance", times: "each", afterMs: 200 });
      await openFromLink();
      await places();
      await planned();
      await linkNameField(page).fill("LINK_Adatum");
      await deed().click(patience);
      await resultsStand();
      expect(await verdict()).toMatch(/moved|writes/u);
      expect(told()).toMatchObject({ restored: [], primaries: ["instance"] });
      expect(told().instance.backups.copyOnly).toBeGreaterThan(0);
      await dialog()
        .getByText(/^The applications stay with sqlmi1/u)
        .waitFor(patience);
      await closed("Close");
      fault({ kind: "commitAfterBackup", server: "instance", times: "never", afterMs: 0 });
    });

    test("a commit after the restore: the restored copy lacks it, and the run says that it must not be used", async () => {
      await openFromLink();
      await places();
      await planned();
      await linkNameField(page).fill("LINK_Adatum");
      await deed().click(patience);
      await vi.waitFor(
        () => {
          expect(told().restored).toHaveLength(1);
        },
        { ...patience, interval: 5 },
      );
      fault({ kind: "userCommits", server: "instance", rows: 1 });
      await resultsStand();
      expect(await verdict()).toMatch(/^Adatum_failback on SQLBOX01 must not be used: /u);
      const { restored, instance } = told();
      expect(restored.map(({ rows }) => rows)).toEqual([instance.rows.count - 1]);
      await closed("Close");
      // As its remedy says.
      await send(app.estate, "box", "DROP DATABASE [Adatum_failback];");
    });

    test("by keyboard: every row is in the restored database, both copies stay, and nothing was replaced", async () => {
      const keys = keyboardOf(page);
      await instanceRow(/^LINK_Adatum/u).focus();
      await keys.press("Shift+F10", /^menuitem "Azure SQL Managed Instance link"/u);
      await keys.press("ArrowRight", /^menuitem "Failover…"/u);
      await keys.press("ArrowDown", /^menuitem "Readiness…"/u);
      await keys.press("ArrowDown", /^menuitem "Offline fail back…"/u);
      await page.keyboard.press("Enter");
      await dialog().waitFor(patience);
      await keys.tabTo(/^textbox "Container URL"/u);
      await page.keyboard.type(container);
      await keys.press("Tab", /^textbox "Folder on SQLBOX01"/u);
      await page.keyboard.type("D:\\Data");
      await keys.press("Tab", /^radio "A new name" \[checked\]/u);
      await keys.tabTo(/^button "Next >"/u);
      await page.keyboard.press("Enter");
      await dialog().getByRole("treegrid").waitFor(patience);
      await keys.tabTo(/^textbox "Type the name of the link/u);
      await page.keyboard.type("LINK_Adatum");
      await keys.tabTo(/^button "Back up and restore"/u);
      const before = told();
      const sentBefore = app.estate.world.state.changes.length;
      await page.keyboard.press("Space");
      await resultsStand();
      const { restored, instance, box, gone, primaries } = told();
      expect({
        restored,
        instance: instance.rows,
        box: box.rows,
        lost: gone.lost,
        primaries,
      }).toEqual({
        restored: [{ server: "box", name: "Adatum_failback", rows: instance.rows.count }],
        instance: before.instance.rows,
        box: before.box.rows,
        lost: [],
        primaries: ["instance"],
      });
      expect(instance).toMatchObject({ updateability: "READ_WRITE" });
      expect(instance.rows.hasEveryAcknowledged).toBe(true);
      expect(app.estate.world.state.changes.slice(sentBefore).map(({ text }) => text)).toEqual([
        "BACKUP DATABASE [Adatum]",
        "RESTORE VERIFYONLY",
        "RESTORE DATABASE [Adatum_failback]",
      ]);
      const batches = app.estate.world.state.statements.filter(({ text }) => /RESTORE/u.test(text));
      expect(batches.filter(({ text }) => /\bREPLACE\b/u.test(text))).toEqual([]);
    });

    test("its results say where the database is and what is left, also to a page that is loaded anew", async () => {
      for (const look of ["first", "again"]) {
        if (look === "again") await page.reload();
        await resultsStand();
        expect(await verdict()).toMatch(
          /^Adatum_failback is ONLINE and can be written on SQLBOX01/u,
        );
        await page
          .getByRole("region", { name: "Still to do" })
          .getByText(/^Take a full backup of Adatum_failback/u)
          .waitFor(patience);
      }
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      await closed("Close");
    });

    test("without a link it needs to be said why nobody can write, and the database's name is typed", async () => {
      fault({ kind: "linkDisconnected", on: false });
      await removeLink(app.estate);
      await openFrom(instanceRow(/^Adatum$/u), "Offline fail back…");
      await places();
      await refused(/^SQLBOX01 has a database Adatum_failback already, and nothing is restored/u);
      await field("New name").fill("Adatum_again");
      await refused(/log_end_lsn alone, which every backup moves itself\./u);
      await field(/^Why nobody can write/u).fill("The web servers are switched off");
      await planned();
      await field("Type the name of the database, Adatum").fill("Adatum");
      await deed().click(patience);
      await resultsStand();
      await dialog()
        .getByText("What was confirmed: The web servers are switched off")
        .waitFor(patience);
      const { restored, instance } = told();
      expect(restored.map(({ name, rows }) => [name, rows])).toEqual([
        ["Adatum_failback", instance.rows.count],
        ["Adatum_again", instance.rows.count],
      ]);
      await closed("Close");
    });
  });

  describe("SQL Server 2019, after a move that removed the link", () => {
    beforeAll(async () => {
      await opened({ build: "2019 CU20" });
      await removeLink(app.estate);
    });
    afterAll(() => app.close());

    test("says what is possible instead, and offers no run", async () => {
      await openFrom(instanceRow(/^Adatum$/u), "Offline fail back…");
      await dialog()
        .getByText(
          /^SQL Server 2019 restores no backup of a managed instance\. Instead: transactional replication .*BACPAC/u,
        )
        .waitFor(patience);
      expect(await next().count()).toBe(0);
      expect(await dialog().getByRole("textbox").count()).toBe(0);
      expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
      await closed("Cancel");
      expect(told()).toMatchObject({ restored: [], instance: { backups: { copyOnly: 0 } } });
    });
  });
});
