// The path window as a hand on the mouse knows it: what is saved through it, and where it says that it was saved.
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { patience } from "./patience.ts";

export interface PathWindow {
  readonly dialog: Locator;
  readonly button: (name: string) => Locator;
  /** Waits until that file is said to be saved, and closes the note. */
  readonly saved: (file: string) => Promise<void>;
  /** Saves the report of Results under the name that is proposed; answers with the file. */
  readonly saveReport: (format: "HTML…" | "Markdown…") => Promise<string>;
}

/** `home`: the folder in which it opens. */
export function pathWindow(page: Page, home: string): PathWindow {
  const dialog = page.getByRole("dialog", { name: "Save as" });
  const button = (name: string) => dialog.getByRole("button", { name, exact: true });
  const saved = async (file: string): Promise<void> => {
    const note = page.getByRole("dialog", { name: "Saved", exact: true });
    await note.getByText(file, { exact: true }).waitFor(patience);
    await note.getByRole("button", { name: "OK" }).click();
    await note.waitFor({ state: "detached", ...patience });
  };
  return {
    dialog,
    button,
    saved,
    async saveReport(format) {
      await page.getByRole("button", { name: "Save report" }).click(patience);
      await page.getByRole("menuitem", { name: format }).click();
      const name = await dialog.getByRole("textbox", { name: "File name" }).inputValue();
      await button("Save").click(patience);
      const file = path.join(home, name);
      await saved(file);
      return file;
    },
  };
}
