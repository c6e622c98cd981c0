// Script and report saved from the window: by its own path window where the host has none; the files are what the engine makes.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readJournal } from "../../electron/run/read-journal.ts";
import type { Api } from "../../shared/ipc.ts";
import { buildReport } from "../../shared/report/build.ts";
import { reportToHtml } from "../../shared/report/to-html.ts";
import { foldEvents } from "../../shared/run/state.ts";
import { browserPath } from "../electron/host/chromium-page.ts";
import type { AppUnderTest } from "./app-under-test.ts";
import { onEachHost } from "./app-under-test.ts";
import { pathWindow } from "./path-window.ts";
import { patience } from "./patience.ts";
import { finish, heading, toSummary } from "./wizard-steps.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const home = mkdtempSync(path.join(tmpdir(), "mi-link-home-"));
const inHome = (...names: readonly string[]) => path.join(home, ...names);

onEachHost((openApp, host) => {
  let app: AppUnderTest;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ speed: 10 });
    page = app.page;
    // Where the path window begins; the browser keeps its own.
    vi.stubEnv("HOME", home);
    vi.stubEnv("USERPROFILE", home);
    app.estate.world.setWorkload(false);
    await toSummary(page);
  });
  afterAll(async () => {
    await app.close();
    vi.unstubAllEnvs();
  });

  // The system's own window cannot be driven from here; what is saved through it takes the same way afterwards.
  if (host === "electron") {
    test("the system's own window is there to be asked", async () => {
      const facts = await page.evaluate(() => {
        const { api } = globalThis as unknown as { readonly api: Api };
        return api.invoke("app.facts", {});
      });
      expect(facts).toMatchObject({ ok: true, value: { canPickSavePath: true } });
    });
    return;
  }

  const saveAs = () => pathWindow(page, home).dialog;
  const button = (name: string) => pathWindow(page, home).button(name);
  const saved = (file: string) => pathWindow(page, home).saved(file);

  async function askToSaveScript(fileName: string): Promise<void> {
    await page
      .getByRole("region", { name: fileName, exact: true })
      .getByRole("button", { name: "Save…" })
      .click(patience);
    await saveAs().getByText(`In ${home}`).waitFor(patience);
  }

  /** The folder in which the engine keeps the run. */
  function runFolder(): string {
    const runs = path.join(app.dataDir, "runs");
    const [only, ...others] = readdirSync(runs);
    if (only === undefined || others.length > 0) throw new Error("There is not one run.");
    return path.join(runs, only);
  }

  describe("the path window", () => {
    test("saves a script to the folder that is chosen in it", async () => {
      mkdirSync(inHome("night"));
      await page.getByRole("button", { name: "Script", exact: true }).click();
      await askToSaveScript("1-sql-server.sql");
      await button("night").click();
      await saveAs()
        .getByText(`In ${inHome("night")}`)
        .waitFor(patience);
      await button("Save").click();
      await saved(inHome("night", "1-sql-server.sql"));
      expect(readdirSync(home)).toEqual(["night"]);
    });

    test("asks before a file that is there is overwritten", async () => {
      const file = inHome("2-managed-instance.sql");
      writeFileSync(file, "kept");
      await askToSaveScript("2-managed-instance.sql");
      await saveAs()
        .getByText("2-managed-instance.sql is there already. Replace overwrites it.")
        .waitFor(patience);
      expect(await button("Save").count()).toBe(0);
      await button("Cancel").click();
      expect(readFileSync(file, "utf8")).toBe("kept");
      await askToSaveScript("2-managed-instance.sql");
      await button("Replace").click(patience);
      await saved(file);
      expect(readFileSync(file, "utf8")).not.toBe("kept");
    });

    test("asks about a file that came while it was open, and leaves it as it is until then", async () => {
      const file = inHome("1-sql-server.sql");
      await askToSaveScript("1-sql-server.sql");
      writeFileSync(file, "kept");
      await button("Save").click();
      await saveAs().getByText(`${file} exists already. It was left as it is.`).waitFor(patience);
      await button("Replace").waitFor(patience);
      expect(readFileSync(file, "utf8")).toBe("kept");
      await button("Cancel").click();
    });

    test("says which path cannot be written, stays open, and saves elsewhere", async () => {
      mkdirSync(inHome("gone"));
      await askToSaveScript("1-sql-server.sql");
      await button("gone").click();
      await saveAs()
        .getByText(`In ${inHome("gone")}`)
        .waitFor(patience);
      rmSync(inHome("gone"), { recursive: true });
      await button("Save").click();
      await saveAs()
        .getByText(`${inHome("gone", "1-sql-server.sql")} cannot be written.`)
        .waitFor(patience);
      expect(existsSync(inHome("gone"))).toBe(false);
      await button("Up").click();
      await button("Replace").click(patience);
      await saved(inHome("1-sql-server.sql"));
      await page.getByRole("button", { name: "Close", exact: true }).click();
    });
  });

  describe("what is saved", () => {
    beforeAll(async () => {
      await finish(page);
      await heading(page, "Results").waitFor(patience);
    });

    test.each(["1-sql-server.sql", "2-managed-instance.sql"])(
      "of the script is, byte for byte, what the run kept: %s",
      (name) => {
        const bytes = readFileSync(inHome(name));
        expect(bytes.equals(readFileSync(path.join(runFolder(), "scripts", name)))).toBe(true);
        expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
        expect(bytes.toString("utf8").split("\n")[0]).toContain(
          "PRACTICE. MI Link Failover: planned failover of the link LINK_Adatum.",
        );
      },
    );

    test("of the report as Markdown is what the run kept", async () => {
      // Written when the run has given its locks back, a moment after its end is shown.
      await expect.poll(() => existsSync(path.join(runFolder(), "report.md")), patience).toBe(true);
      const file = await pathWindow(page, home).saveReport("Markdown…");
      expect(readFileSync(file, "utf8")).toBe(
        readFileSync(path.join(runFolder(), "report.md"), "utf8"),
      );
    });

    test("of the report as HTML is the journal's, and opens in a browser that finds nothing to complain about", async () => {
      const file = await pathWindow(page, home).saveReport("HTML…");
      const report = buildReport(
        foldEvents(readJournal(path.join(runFolder(), "journal.jsonl")).events),
      );
      if (report === undefined) throw new Error("The journal began no run.");
      expect(readFileSync(file, "utf8")).toBe(reportToHtml(report));
      const browser = await openBrowser();
      try {
        expect(await complaintsOf(browser, file)).toEqual({
          atOpening: [],
          heading: true,
          isStyled: true,
          ranScript: false,
        });
      } finally {
        await browser.close();
      }
    });
  });
});

function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

/** How a browser shows the file; a script put into it afterwards is refused by the file's own policy. */
async function complaintsOf(browser: Browser, file: string) {
  const report = await browser.newPage();
  const said: string[] = [];
  report.on("console", (message) => said.push(message.text()));
  report.on("pageerror", (error) => said.push(error.message));
  await report.goto(`file://${file}`);
  const shown = {
    atOpening: [...said],
    heading: await report
      .getByText(/^PRACTICE: this run was made on the practice estate/)
      .isVisible(),
    isStyled: await report.evaluate(
      "getComputedStyle(document.querySelector('.environment')).borderTopWidth === '2px'",
    ),
  };
  const ranScript = await report.evaluate(`(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.body.append(script);
    return globalThis.ran === true;
  })()`);
  return { ...shown, ranScript };
}
