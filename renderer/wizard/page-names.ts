// Which wizard page comes before and after another.
import type { PageName } from "../../shared/ways/pages.ts";
import { pageNames } from "../../shared/ways/pages.ts";

/** The page itself where there is none before it. */
export function pageBefore(page: PageName): PageName {
  return pageNames[pageNames.indexOf(page) - 1] ?? page;
}

/** The page itself where there is none after it. */
export function pageAfter(page: PageName): PageName {
  return pageNames[pageNames.indexOf(page) + 1] ?? page;
}

export function isBefore(one: PageName, other: PageName): boolean {
  return pageNames.indexOf(one) < pageNames.indexOf(other);
}
