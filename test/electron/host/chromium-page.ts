// A Chromium host without a screen around a page of the test's own.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { ChromiumHost } from "../../../electron/host/chromium-host.ts";
import { openChromiumHost } from "../../../electron/host/chromium-host.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** An installed browser, or the sentence that says what to install. */
    readonly browser: { readonly path: string } | { readonly missing: string };
  }
}

/** Throws the sentence to act on where no browser is installed: without one nothing about the window is proved. */
export function browserPath(): string {
  const browser = inject("browser");
  if ("missing" in browser) throw new Error(browser.missing);
  return browser.path;
}

export function openTestHost(script = ""): Promise<ChromiumHost> {
  const pageFolder = mkdtempSync(join(tmpdir(), "mi-link-page-"));
  writeFileSync(
    join(pageFolder, "index.html"),
    '<!doctype html><title>Test page</title><script src="./page.js"></script><button>Button</button>',
  );
  writeFileSync(join(pageFolder, "page.js"), script);
  return openChromiumHost({ executablePath: browserPath(), headless: true, pageFolder });
}
