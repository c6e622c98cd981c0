// A session that still writes is seen, kept out by the scripts, ended by hand, and let in again: the world tells each.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writerNeverStops } from "../../practice/scenarios/writer-never-stops.ts";
import { truth } from "../../practice/world/truth.ts";
import { freeTds } from "../practice/server/practice-estate.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { graveFindings } from "./grave-findings.ts";
import { patience } from "./patience.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Its transactions stay open for so long that the list stands still. */
const longImport = {
  ...writerNeverStops,
  workload: {
    ...writerNeverStops.workload,
    sessions: writerNeverStops.workload.sessions.map((one) =>
      one.login === "adatum_import" ? { ...one, openForMs: 600_000 } : one,
    ),
  },
};

onEachHost((openApp) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ scenario: longImport });
    page = app.page;
    app.estate.world.setWorkload(false);
  });
  afterAll(() => app.close());

  const told = () => truth(app.estate.world.state);
  const kills = () => told().changes.filter(({ text }) => text.startsWith("KILL"));
  const importer = () =>
    app.estate.world.state.box.sessions.find(({ login }) => login === "adatum_import");
  const list = () => page.getByRole("region", { name: "Still writing on SQLBOX01" });
  const dialog = () => page.getByRole("dialog", { name: /^End session \d+ on SQLBOX01$/u });
  const run = async (file: string) => {
    const text = await dialog()
      .getByRole("region", { name: `Text of ${file}` })
      .innerText();
    return await freeTds(app.estate, "sqlServer", text);
  };
  let ended = 0;

  test("the monitor lists who writes, with login, host, program, since when and how much log", async () => {
    await list()
      .getByRole("row", { name: /adatum_import/u })
      .waitFor(patience);
    // The others commit what they have begun and leave.
    await expect.poll(() => list().getByRole("row").count(), patience).toBe(2);
    const row = list().getByRole("row", { name: /adatum_import/u });
    const cells = await row.getByRole("cell").allTextContents();
    ended = importer()?.sessionId ?? 0;
    // Beside the chart the list is narrow: the session's number stands in the window of End….
    expect(cells).toEqual([
      "adatum_import",
      "ETL02",
      "Adatum Import",
      "Adatum",
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u),
      "4 KB",
      "End…",
    ]);
  });

  test("the dialog says what rolls back and that nobody is kept out; Enter and Esc end nothing", async () => {
    await list()
      .getByRole("button", { name: `End session ${ended}…` })
      .click();
    await dialog()
      .getByText(/^What it has not committed is rolled back: 4 KB of log/u)
      .waitFor(patience);
    await dialog()
      .getByText(/^Ending it keeps nobody out: Adatum Import may connect again/u)
      .waitFor();
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached", ...patience });
    expect(importer()?.sessionId).toBe(ended);
    expect(kills()).toEqual([]);
  });

  test("the scripts that keep the logins of all of them out stand in a window of their own", async () => {
    await list().getByRole("button", { name: "Keep their logins out…" }).click();
    const keepOut = page.getByRole("dialog", { name: "Keep logins out" });
    await keepOut
      .getByText(/adatum_import/u)
      .first()
      .waitFor(patience);
    expect(await graveFindings(page, "[aria-modal='true']")).toEqual([]);
    await page.keyboard.press("Escape");
    await keepOut.waitFor({ state: "detached", ...patience });
    expect(told().changes).toEqual([]);
  });

  test("its script disables the login, and the open session stays", async () => {
    await list()
      .getByRole("button", { name: `End session ${ended}…` })
      .click();
    await dialog().getByRole("button", { name: "Show the scripts" }).click();
    await run("keep-logins-out.sql");
    expect(told().box.disabledLogins).toEqual(["adatum_import"]);
    expect(importer()?.sessionId).toBe(ended);
  });

  test("the session is ended once, is read back as gone, and does not come back while it is kept out", async () => {
    const acknowledged = told().acknowledgedRows;
    await dialog().getByRole("button", { name: "End this session" }).click();
    await dialog()
      .getByText(`Session ${ended} (adatum_import) is gone from SQLBOX01, read back.`)
      .waitFor(patience);
    app.estate.world.advance(10_000);
    expect(importer()).toBeUndefined();
    expect(told().acknowledgedRows).toBe(acknowledged);
    expect(kills()).toEqual([
      { server: "box", text: `KILL ${ended}`, count: 1, outcomes: ["done"] },
    ]);
  });

  test("the undo lets it in again, and it comes back under another number", async () => {
    await run("let-logins-in.sql");
    expect(told().box.disabledLogins).toEqual([]);
    await expect.poll(() => importer()?.sessionId ?? ended, patience).toBeGreaterThan(ended);
    // By hand the same guard holds: the number is somebody else's or nobody's by now.
    const { stdout } = await run("end-session.sql");
    expect(stdout).toContain("gone");
    expect(kills()).toHaveLength(1);
    await dialog().getByRole("button", { name: "Close" }).click();
  });
});
