// What a button that copies has left on the clipboard.
import type { Page } from "playwright-core";
import { patience } from "./patience.ts";

/** A window that is modal keeps the focus inside. */
const focusNewField = `(() => {
  const field = document.createElement("textarea");
  (document.querySelector("[aria-modal='true']") ?? document.body).append(field);
  field.focus();
})()`;

/** The text on the clipboard, once the button that was pressed says that it has copied: pasted, since no page may read it. */
export async function copiedText(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Copied", exact: true }).waitFor(patience);
  const button = await page.locator(":focus").elementHandle();
  await page.evaluate(focusNewField);
  await page.keyboard.press("Control+V");
  const pasted = await page.locator("textarea:focus").inputValue();
  await page.evaluate("document.activeElement.remove()");
  await button.focus();
  return pasted;
}
