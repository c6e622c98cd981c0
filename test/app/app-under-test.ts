// The whole application as its users meet it: real services, the built page in a real window, a practice estate behind it.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { describe, inject, test } from "vitest";
import type { Clock } from "../../electron/run/clock.ts";
import type { PracticeEstate } from "../../practice/estate.ts";
import { startPracticeEstate } from "../../practice/estate.ts";
import { startTimedEstate } from "../fakes/timed-estate.ts";
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
  /** A name of the practice estate's list, or one of the spec's own. */
  readonly scenario?: string | Scenario;
  /** World seconds per real second; default 4. */
  readonly speed?: number;
  /** Of an earlier window; default a new folder. */
  readonly dataDir?: string;
  /** Opens empty, as `--connect` does; the estate then only stands beside it. Default false. */
  readonly connect?: boolean;
  /** As with --client-id. */
  readonly clientId?: string;
  /** Of an earlier window; default a new one. The last window's `close` stops it. */
  readonly estate?: PracticeEstate;
  /** Whose time the application waits by; only in Chromium, Electron keeps its own. */
  readonly clock?: Clock;
  /** Instead of `speed` and `clock`: one time for both, at most so many times real time (timed-estate.ts). */
  readonly pace?: number;
}

/** A window that stands: what a spec may touch of it. */
export interface ShownWindow {
  /** The page that is shown now; another one after its process died. */
  readonly page: Page;
  /** Addresses that the application showed in the system's browser, in their order. */
  readonly shownAddresses: readonly string[];
  /** Closes the window, where it is still open, and everything behind it: a run ends with its step. */
  closeWindow(): Promise<void>;
}

export interface AppUnderTest extends ShownWindow {
  readonly estate: PracticeEstate;
  readonly dataDir: string;
  /** The window and its estate. */
  close(): Promise<void>;
}

export type OpenApp = (options?: AppOptions) => Promise<AppUnderTest>;

export type ShowOptions = Pick<AppOptions, "clientId" | "clock"> &
  Required<Pick<AppOptions, "dataDir" | "connect">>;

/** How one host shows a window for an estate that runs in the test's own process. */
export type Show = (estate: PracticeEstate, given: ShowOptions) => Promise<ShownWindow>;

/**
 * The same specs in a Chromium window and, where its binary is, in Electron. `host` is for what only one of them can be
 * brought to do.
 */
export function onEachHost(specs: (openApp: OpenApp, host: "chromium" | "electron") => void): void {
  describe("in a Chromium window", () => {
    specs(opener(showInChromium), "chromium");
  });
  const binary = inject("electronBinary");
  describe("in Electron", () => {
    if (binary !== null) specs(opener(showInElectron(binary)), "electron");
    else
      test("the same", (context) => {
        context.skip(inject("noElectron"));
      });
  });
}

/** For a spec that owns the application's time, which Electron keeps for itself. */
export const openInChromium: OpenApp = opener(showInChromium);

/** Both servers of the estate are connected, as `npm start` does; with `connect` none is. */
function opener(show: Show): OpenApp {
  return async ({ scenario = "healthy", speed = 4, dataDir, connect = false, ...given } = {}) => {
    const timed =
      given.pace === undefined ? undefined : await startTimedEstate({ scenario }, given.pace);
    const estate =
      timed ?? given.estate ?? (await startPracticeEstate({ scenario, clock: { speed } }));
    const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), "mi-link-app-"));
    const shown = await show(estate, {
      dataDir: folder,
      connect,
      ...given,
      ...(timed && { clock: timed.clock }),
    });
    return {
      get page() {
        return shown.page;
      },
      get shownAddresses() {
        return shown.shownAddresses;
      },
      estate,
      dataDir: folder,
      closeWindow: () => shown.closeWindow(),
      async close() {
        await shown.closeWindow();
        await estate.stop();
      },
    };
  };
}
