// Which check stands under which heading of a readiness assessment.

/** In the order in which they are shown. */
export const groupTitles = [
  "Link and roles",
  "Ready to fail over",
  "Versions, encryption and collation",
  "Rights",
  "Backups and certificates",
  "Log and disk space",
  "What the link does not carry",
] as const;

export type GroupTitle = (typeof groupTitles)[number];

const titles: Readonly<Record<string, GroupTitle>> = {
  gate: "Ready to fail over",
  writingSessions: "Ready to fail over",
  version: "Versions, encryption and collation",
  updatePolicy: "Versions, encryption and collation",
  edition: "Versions, encryption and collation",
  encryption: "Versions, encryption and collation",
  failoverMode: "Versions, encryption and collation",
  collation: "Versions, encryption and collation",
  rights: "Rights",
  linkRights: "Rights",
  azureRights: "Rights",
  logBackup: "Backups and certificates",
  certificates: "Backups and certificates",
  logUse: "Log and disk space",
  space: "Log and disk space",
  logins: "What the link does not carry",
  jobs: "What the link does not carry",
  linkedServers: "What the link does not carry",
  credentials: "What the link does not carry",
};

/** Every other check speaks of the link itself. */
export function groupOf(check: string): GroupTitle {
  return titles[check] ?? "Link and roles";
}
