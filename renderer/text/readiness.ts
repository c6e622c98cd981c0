// The words of the window Readiness.

export const readinessText = {
  title: "Readiness",
  lead: (linkName: string) =>
    `Every check of a planned failover of ${linkName}, and of what the link does not carry. It only reads, and can be run as often as you like.`,
  to: "Failover to",
  sides: { primary: "the side that is secondary now", box: "SQL Server", instance: "the instance" },
  reading: "Both servers are being read.",
  again: "Run again",
  saveReport: "Save report…",
  saveScript: "Save logins script…",
  findings: "Findings",
  /** When it was asked, and in which direction. */
  asked: (from: string, to: string, at: string) => `From ${from} to ${to}, asked at ${at}.`,
  old: "The findings below are of the reading before.",
} as const;
