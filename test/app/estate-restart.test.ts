// Servers that restart, cannot be reached or end for good under the open window: it says so, keeps what it knew, and recovers by itself.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { truth } from "../../practice/world/truth.ts";
import type { Fault } from "../../practice/world/world.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { patience } from "./patience.ts";
import {
  operationsPage,
  readinessPage,
  signInPage,
  summaryPage,
  typePage,
  wizardByMouse,
} from "./wizard-by-mouse.ts";
import { finish, heading, outcome } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const names = { box: "SQLBOX01", instance: "sqlmi1.a0b1c2d3e4f5.database.windows.net" } as const;
const both = ["box", "instance"] as const;

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = app.page;
    await page
      .getByText(/still writing on SQLBOX01|The link is healthy/)
      .first()
      .waitFor(patience);
  });
  afterAll(() => app.close());

  const fault = (given: Fault) => app.estate.control({ do: "fault", fault: given });
  const server = (name: string, state: RegExp): Locator =>
    page.getByRole("treeitem", { name: new RegExp(`^${name} \\(${state.source}`) });
  const cannotSay = () => page.getByText(/^Cannot say: /).first();

  /** They stay down until `comeBack`, since world time stands still. */
  function goDown(servers: readonly ("box" | "instance")[]): void {
    app.estate.control({ do: "clock", speed: 0 });
    for (const one of servers) fault({ kind: "restart", server: one });
    app.estate.world.advance(100);
  }
  const comeBack = () => app.estate.control({ do: "clock", speed: 4 });

  async function isWholeAgain(): Promise<void> {
    await cannotSay().waitFor({ state: "detached", ...patience });
    for (const name of Object.values(names)) {
      await server(name, /SQL/).waitFor(patience);
    }
    const link = (role: string) =>
      page.getByRole("treeitem", { name: new RegExp(`LINK_Adatum \\(Distributed\\).*${role}`) });
    await link("Primary").waitFor(patience);
    await link("Secondary").waitFor(patience);
    expect(truth(app.estate.world.state)).toMatchObject({ primaries: ["box"], changes: [] });
  }

  describe("at rest", () => {
    const reach = (on: boolean) => () => fault({ kind: "unreachable", server: "instance", on });
    test.each([
      [
        "SQL Server restarts",
        ["box"],
        () => {
          goDown(["box"]);
        },
        comeBack,
      ],
      [
        "both servers restart",
        both,
        () => {
          goDown(both);
        },
        comeBack,
      ],
      ["the managed instance cannot be reached", ["instance"], reach(true), reach(false)],
    ] as const)(
      "%s: since when and why, with the last known values, until it answers",
      async (_what, silent, begin, end) => {
        begin();
        const who = silent.map((one) => names[one]).join(" and ");
        const verb = silent.length === 1 ? "does" : "do";
        const sentence = page.getByText(`Cannot say: ${who} ${verb} not answer since `).first();
        await sentence.waitFor(patience);
        const said = await sentence.textContent();
        for (const one of silent) {
          await server(names[one], /not connected/).waitFor(patience);
          await page
            .getByRole("treeitem", { name: /closed the connection.* Since .* UTC\.$/ })
            .first()
            .waitFor(patience);
        }
        // Two more readings have failed by then.
        await page
          .getByText(/^1\d s ago$/)
          .first()
          .waitFor(patience);
        expect(await sentence.textContent()).toBe(said);
        expect(await page.getByText("16.0.4195.2 · Enterprise").count()).toBe(1);
        expect(await page.getByText(`SQLBOX01 PRIMARY, ${names.instance} SECONDARY.`).count()).toBe(
          1,
        );
        expect(await page.getByRole("treeitem", { name: /Databases as of .* UTC/ }).count()).toBe(
          silent.length,
        );
        end();
        await isWholeAgain();
      },
    );

    test("connections that are cut are made again without a word", async () => {
      const reads = () => app.estate.world.state.statements.length;
      fault({ kind: "dropConnections", server: "box" });
      fault({ kind: "dropConnections", server: "instance" });
      const before = reads();
      await expect.poll(reads, patience).toBeGreaterThan(before);
      await isWholeAgain();
    });
  });

  describe("in the wizard", () => {
    test("both servers restart at Readiness: Next is closed, then open again by itself", async () => {
      const wizard = wizardByMouse(page);
      await wizard.open("SQLBOX01");
      await wizard.to(typePage, signInPage, readinessPage);
      await page.getByText(/^Next is open/).waitFor(patience);
      goDown(both);
      await page
        .getByText(/^Next is closed: Whether there is such a link cannot be said/)
        .waitFor(patience);
      comeBack();
      await page.getByText(/^Next is open/).waitFor(patience);
      await wizard.to(operationsPage, summaryPage);
    });

    test("both servers restart under a run at its gate: it says so, locks again, and waits", async () => {
      await page.getByText(/^Plan .* Finish runs exactly these steps/).waitFor(patience);
      await finish(page);
      const messages = page.getByRole("region", { name: "Statement and messages" });
      await messages.getByText("Locked for this run.").nth(1).waitFor(patience);
      goDown(both);
      await messages.getByText("Cannot say: ").first().waitFor(patience);
      comeBack();
      await messages.getByText("Locked for this run.").nth(3).waitFor(patience);
      await messages
        .getByText(/still writing on SQLBOX01/)
        .last()
        .waitFor(patience);
      expect(outcome(app)).toMatchObject({ primaries: ["box"], sent: [] });
    });

    test("and ends well when the workload has stopped", async () => {
      app.estate.world.setWorkload(false);
      await heading(page, "Results").waitFor(patience);
      await page
        .getByText(/is primary and accepts writes/)
        .first()
        .waitFor(patience);
      expect(outcome(app)).toEqual({
        primaries: ["instance"],
        hasEveryRow: true,
        failovers: ["done to instance"],
        sent: ["1 x FAILOVER", expect.stringMatching(/^1 x MODIFY REPLICA/)],
      });
      await page.getByRole("button", { name: "Close", exact: true }).click();
    });
  });

  test("when the practice estate ends for good the window says which servers are silent, stays usable, and closes", async () => {
    await app.estate.stop();
    await page
      .getByText(/^Cannot say: SQLBOX01 and .* do not answer since/)
      .first()
      .waitFor(patience);
    await page
      .getByText(/^Nothing listens at 127\.0\.0\.1,\d+\. Since/)
      .first()
      .waitFor(patience);
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("menuitem", { name: /About/ }).click();
    await page.getByRole("dialog", { name: "About MI Link Failover" }).waitFor(patience);
    await app.closeWindow();
    expect(page.isClosed()).toBe(true);
  });
});
