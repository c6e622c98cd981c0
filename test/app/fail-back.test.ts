// Fail back in the window: the instance is primary, the wizard opens on either side and goes to SQL Server. The world is asked.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { healthy } from "../../practice/scenarios/healthy.ts";
import { truth } from "../../practice/world/truth.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ scenario: { ...healthy, primary: "instance" } });
    page = app.page;
  });
  afterAll(() => app.close());

  const heading = (name: string): Locator => page.getByRole("heading", { name, exact: true });

  async function toPage(name: string): Promise<void> {
    await page.getByRole("button", { name: "Next >" }).click(patience);
    await heading(name).waitFor(patience);
  }

  /** The link's node below either server; it says that server's own role. */
  async function openWizard(role: "Primary" | "Secondary"): Promise<void> {
    const link = page.getByRole("treeitem", { name: new RegExp(`LINK_Adatum.*${role}`) }).first();
    await link.waitFor(patience);
    await link.click();
    await page.getByRole("button", { name: "Failover…" }).click();
    await heading("Introduction").waitFor(patience);
    await toPage("Choose Failover Type");
  }

  test.each([
    ["Primary", "sqlmi1"],
    ["Secondary", "SQLBOX01"],
  ] as const)(
    "opened on the %s's node it goes from the instance to SQL Server",
    async (role, server) => {
      await openWizard(role);
      await page
        .getByRole("region", { name: "Local replica status" })
        .getByText(server)
        .first()
        .waitFor(patience);
      await page.getByText("Runs on sqlmi1, because it is primary.").waitFor(patience);
      await page.getByText(/Can you come back\? Yes, online\./).waitFor(patience);
      const picture = page.getByRole("complementary", { name: "Now and after the failover" });
      await picture.getByText("Applications must connect to SQLBOX01.").waitFor(patience);
      await page.getByRole("button", { name: "Cancel" }).click();
      await heading("Choose Failover Type").waitFor({ state: "detached", ...patience });
    },
  );

  test("shows the plan of this direction before anything is sent, without SSMS's last task", async () => {
    await openWizard("Secondary");
    await toPage("Sign in to Azure and Remote Instance");
    await toPage("Failover Readiness Assessment");
    await page.getByText("Copy that takes over").waitFor(patience);
    await toPage("Post-Failover Operations");
    await page.getByText(/its log backups must run again at once/).waitFor(patience);
    expect(await page.getByText(/allow connections for Secondary role/).count()).toBe(0);
    await toPage("Summary");
    await page.getByText("Perform planned failover to SQL Server").waitFor(patience);
    expect(truth(app.estate.world.state).changes).toEqual([]);
  });

  test("runs to Results when the workload on the instance has stopped, and loses nothing", async () => {
    await page.getByRole("button", { name: "Finish" }).click();
    await heading("Executing actions").waitFor(patience);
    await page
      .getByText(/still writing on sqlmi1/)
      .first()
      .waitFor(patience);
    app.estate.world.setWorkload(false);
    await heading("Results").waitFor(patience);
    const toDo = page.getByRole("region", { name: "Still to do" });
    await toDo.getByText(/Repoint the applications to SQLBOX01 \(/).waitFor(patience);
    await toDo.getByText(/Resume the log backups on SQLBOX01 at once/).waitFor(patience);
    const told = truth(app.estate.world.state);
    expect({
      primaries: told.primaries,
      updateability: told.box.updateability,
      hasEveryRow: told.box.rows.hasEveryAcknowledged,
      health: [told.box.health, told.instance.health],
      sent: told.changes.map(({ server, text, count }) => [server, text, count]),
    }).toEqual({
      primaries: ["box"],
      updateability: "READ_WRITE",
      hasEveryRow: true,
      health: ["HEALTHY", "HEALTHY"],
      sent: [["instance", "ALTER AVAILABILITY GROUP [LINK_Adatum] FAILOVER", 1]],
    });
  });
});
