// How the browser is started: an app window with nothing around it, over a pipe, with a profile of its own.
import type { BrowserType } from "playwright-core";
import { firstSize, productName } from "./host.ts";

type LaunchOptions = NonNullable<Parameters<BrowserType["launchPersistentContext"]>[1]>;

export interface BrowserChoice {
  readonly executablePath: string;
  /** Without a window on a screen: for tests. */
  readonly headless: boolean;
}

/** `userId` is 0 for root, for whom Chromium's sandbox does not start; undefined on Windows. */
export function launchOptions(
  { executablePath, headless }: BrowserChoice,
  userId: number | undefined,
): LaunchOptions {
  const isRoot = userId === 0;
  return {
    executablePath,
    headless,
    chromiumSandbox: !isRoot,
    args: [
      // about:blank would open a window with tabs and an address bar.
      `--app=data:text/html,<title>${productName}</title>`,
      `--window-size=${String(firstSize.width)},${String(firstSize.height)}`,
      "--class=mi-link-failover",
      // Takes away the bar that warns of the missing sandbox.
      ...(isRoot ? ["--test-type"] : []),
    ],
    ignoreDefaultArgs: ["--enable-automation", "--disable-popup-blocking"],
    viewport: null,
    // Null: as the operator's system has them, not the driver's own idea.
    colorScheme: null,
    contrast: null,
    forcedColors: null,
    reducedMotion: null,
    acceptDownloads: false,
    serviceWorkers: "block",
    // Whoever started the host ends it.
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  };
}
