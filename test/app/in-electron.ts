// The application in Electron: its real host around a main script of the test's own, which takes the estate as an argument.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { _electron } from "playwright-core";
import { build } from "vite";
import type { Show } from "./app-under-test.ts";

/** What electron-entry.ts is given, as JSON. */
export interface EntryArgument {
  /** The estate's line; null: the window opens empty. */
  readonly estate: object | null;
  readonly dataDir: string;
  readonly clientId: string | undefined;
  /** Where Electron keeps its own files: apart for each test, since a second window of one folder only brings the first forward. */
  readonly userFolder: string;
}

let entry: Promise<string> | undefined;

const root = path.resolve(import.meta.dirname, "../..");

/** Beside the built bundles, since a bundle looks for the page beside itself. */
async function builtEntry(): Promise<string> {
  await build({
    configFile: path.join(root, "build", "vite.main.config.mjs"),
    logLevel: "warn",
    build: {
      outDir: "out/electron-spec",
      rolldownOptions: { input: { "electron-entry": "test/app/electron-entry.ts" } },
    },
  });
  return path.join(root, "out", "electron-spec", "electron-entry.js");
}

export const showInElectron =
  (executablePath: string): Show =>
  async ({ servers, caFile, arm, entra }, { dataDir, connect, clientId }) => {
    entry ??= builtEntry();
    const argument: EntryArgument = {
      estate: connect ? null : { ready: true, servers, caFile, arm, entra },
      dataDir,
      clientId,
      userFolder: mkdtempSync(path.join(tmpdir(), "mi-link-electron-")),
    };
    const app = await _electron.launch({
      executablePath,
      // Chromium's sandbox does not start for root.
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        await entry,
        JSON.stringify(argument),
      ],
    });
    const shownAddresses: string[] = [];
    const { stdout } = app.process();
    if (stdout === null) throw new Error("Electron has no output.");
    createInterface({ input: stdout }).on("line", (line) => {
      const [, address] = /^shown: (.*)$/.exec(line) ?? [];
      if (address !== undefined) shownAddresses.push(address);
    });
    const first = await app.firstWindow();
    return {
      get page() {
        return app.windows()[0] ?? first;
      },
      shownAddresses,
      closeWindow: () => app.close(),
    };
  };
