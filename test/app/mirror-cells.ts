// The table of both sides in the link's document as a spec reads it.
import type { Page } from "playwright-core";

/** Every cell of the row with that head: the age of each side's fact stands at its outer end. */
export function mirrorCells(page: Page, head: string): Promise<string[]> {
  return cellsOf(page, "Both sides of LINK_Adatum", head);
}

export function cellsOf(page: Page, table: string, head: string): Promise<string[]> {
  return page
    .getByRole("table", { name: table })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: head, exact: true }) })
    .getByRole("cell")
    .allInnerTexts();
}

/** "12 s" and "0.0 s" as seconds. */
export function ageIn(words: string | undefined): number {
  return Number(/^([\d.]+) s$/u.exec(words ?? "")?.[1]);
}
