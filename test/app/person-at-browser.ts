// The person whom a sign-in sends to the system's browser: another real browser, that clicks through the directory's pages.
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { browserPath } from "../electron/host/chromium-page.ts";

/** An account of the directory, or leaving. */
export type Choice = "dana@adatum.example" | "sam@adatum.example" | "cancel";

export interface Person {
  /** Opens the page of a sign-in by browser and chooses; resolves with what the person reads in the end. */
  signIn(address: string, choice: Choice): Promise<string>;
  /** Opens the page for codes, types one and chooses; resolves with what the person reads in the end. */
  typeCode(address: string, code: string, choice: Choice): Promise<string>;
  leave(): Promise<void>;
}

/** Every visit is made in a browser that remembers nothing. The practice authority is reached as the product shows it. */
export async function personAtBrowser(): Promise<Person> {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  return {
    signIn: (address, choice) => visit(browser, address, (page) => choose(page, choice)),
    typeCode: (address, code, choice) =>
      visit(browser, address, async (page) => {
        await page.locator("input[name=user_code]").fill(code);
        return choose(page, choice);
      }),
    leave: () => browser.close(),
  };
}

async function visit(
  browser: Browser,
  address: string,
  act: (page: Page) => Promise<string>,
): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(address);
    return await act(page);
  } finally {
    await page.close();
  }
}

/** The page that carries the answer back posts itself, so what comes after it is waited for. */
async function choose(page: Page, choice: Choice): Promise<string> {
  const [name, value] = choice === "cancel" ? ["choice", "cancel"] : ["upn", choice];
  await page.locator(`button[name="${name}"][value="${value}"]`).click();
  await page.getByText(/Go back to|You can close this window|AADSTS|didn't work/).waitFor();
  return page.locator("body").innerText();
}
