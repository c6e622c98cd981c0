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
