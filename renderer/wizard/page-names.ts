// The wizard's pages by name, in SSMS 22's order; Executing actions is ours.

export const pageNames = [
  "introduction",
  "failoverType",
  "signIn",
  "readiness",
  "postFailover",
  "summary",
  "executing",
  "results",
] as const;

export type PageName = (typeof pageNames)[number];

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
