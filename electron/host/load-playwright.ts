// Loads the browser driver, after everything in the environment that could change what it does or what it opens is gone.
import type { BrowserType } from "playwright-core";

/**
 * DEBUG and its kind write protocol logs, which hold what is typed; PWDEBUG opens an inspector; SELENIUM_REMOTE_URL connects
 * to another machine. PWD is the shell's working folder and stays.
 */
const meddling = /^(DEBUG(_.*)?|PW(?!D$).*|PLAYWRIGHT_.*|SELENIUM_REMOTE_.*)$/i;

/** Removes them from `environment` itself. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (meddling.test(name)) Reflect.deleteProperty(environment, name);
  }
}

export async function loadPlaywright(): Promise<BrowserType> {
  cleanEnvironment(process.env);
  const { chromium } = await import("playwright-core");
  return chromium;
}
