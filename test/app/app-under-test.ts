// The whole application as its users meet it: real services, the built page in a real window, a practice estate behind it.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { describe, inject, test } from "vitest";
import type { Clock } from "../../electron/run/clock.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { startPracticeEstate } from "../../practice/estate.ts";
import type { Scenario } from "../../practice/scenarios/scenario.ts";
import { showInChromium } from "./in-chromium.ts";
import { showInElectron } from "./in-electron.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Electron's binary; null where it is not on this machine. */
    readonly electronBinary: string | null;
    /** The one reason for which the verdict lets a test be skipped where CI is set. */
    readonly noElectron: string;
  }
}

export interface AppOptions {
  readonly scenario?: string | Scenario;
  /** World seconds per real second; default 4. */
  readonly speed?: number;
  /** Of an earlier window; default a new folder. */
  readonly dataDir?: string;
  /** Whose time the application waits by; only in Chromium, Electron keeps its own. */
  readonly clock?: Clock;
}

/** A window that stands: what a spec may touch of it. */
export interface ShownWindow {
  /** The page that is shown now; another one after its process died. */
  readonly page: Page;
  /** Addresses that the application showed in the system's browser, in their order. */
  readonly shownAddresses: readonly string[];
  /** Closes the window and everything behind it. */
  close(): Promise<void>;
}

export interface AppUnderTest extends ShownWindow {
  readonly estate: PracticeEstate;
  readonly dataDir: string;
}

export type OpenApp = (options?: AppOptions) => Promise<AppUnderTest>;

/** How one host shows a window for an estate that runs in the test's own process. */
export type Show = (
  estate: PracticeEstate,
  given: { readonly dataDir: string; readonly clock: Clock | undefined },
) => Promise<ShownWindow>;

/** The same specs in a Chromium window and, where its binary is, in Electron. */
export function onEachHost(specs: (openApp: OpenApp) => void): void {
  describe("in a Chromium window", () => {
    specs(opener(showInChromium));
  });
  const binary = inject("electronBinary");
  describe("in Electron", () => {
    if (binary !== null) specs(opener(showInElectron(binary)));
    else
      test("the same", (context) => {
        context.skip(inject("noElectron"));
      });
  });
}

/** Both servers of the estate are connected, as `npm start` does. */
function opener(show: Show): OpenApp {
  return async ({ scenario = "healthy", speed = 4, dataDir, clock } = {}) => {
    const estate = await startPracticeEstate({ scenario, clock: { speed } });
    const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), "mi-link-app-"));
    const shown = await show(estate, { dataDir: folder, clock });
    return {
      get page() {
        return shown.page;
      },
      get shownAddresses() {
        return shown.shownAddresses;
      },
      estate,
      dataDir: folder,
      async close() {
        await shown.close();
        await estate.stop();
      },
    };
  };
}
