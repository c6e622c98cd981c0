// What every check of the link asks, why it matters and what to do, and the title it is shown with. The one place for all four.
import { laterCheckHelp } from "./check-help-later.ts";
import type { Source } from "./sources.ts";

export interface CheckHelp {
  readonly title: string;
  /** What is asked of which side. */
  readonly asks: string;
  /** What happens to one who goes on all the same. */
  readonly matters: string;
  readonly act: string;
  readonly source: Source;
}

const linkCheckHelp = {
  reachable: {
    title: "Server answers",
    asks: "Whether each server answered the last reading, and if not, at which layer it ended: name, port, TLS, login or right.",
    matters: "What is not read now is unknown, and nothing is decided from what was read before.",
    act: "Mend the layer that is named, connect again, and read both sides again.",
    source: "trouble",
  },
  roles: {
    title: "Link role consistency check",
    asks: "Whether one side is PRIMARY and the other SECONDARY, each told by itself.",
    matters:
      "Two primaries both take writes that never meet again; without a primary nobody can write.",
    act: "While a role changes, wait. With two primaries or none, open Link > Repair.",
    source: "failover",
  },
  samePair: {
    title: "Same link on both sides",
    asks: "Whether both servers name each other as the partner of this link.",
    matters: "Two links can have one name. A failover must not be asked of the wrong one.",
    act: "Connect to the pair that belongs together.",
    source: "scripts",
  },
  localNode: {
    title: "Primary node of the availability group",
    asks: "Whether this SQL Server is the node that is primary of its own availability group.",
    matters: "Another node tells the roles of the link the wrong way round.",
    act: "Connect to the node that is named, or to the listener.",
    source: "group",
  },
  otherLinksOfGroup: {
    title: "Other links of the availability group",
    asks: "Whether the same availability group carries another link.",
    matters:
      "Once this side is secondary, the other link may stop receiving or refuse its own failover.",
    act: "Read what is said of the other link before going on.",
    source: "failover",
  },
  oneDatabase: {
    title: "Databases of the link",
    asks: "Whether the link holds exactly one database.",
    matters: "The steps of a failover are known for one database per link alone.",
    act: "Use SSMS for a link with several databases.",
    source: "overview",
  },
  health: {
    title: "Link synchronization health check",
    asks: "synchronization_health_desc of the link on both sides.",
    matters: "A link that is not HEALTHY may lack log that the primary has.",
    act: "Look at connection, data movement and the log's use first; they name the cause.",
    source: "states",
  },
  connection: {
    title: "Link connection",
    asks: "connected_state_desc of the partner's row on the primary.",
    matters:
      "Without a connection the secondary receives nothing, and FAILOVER cannot be coordinated.",
    act: "Test the endpoint's port 5022 both ways, its certificates and the network in between.",
    source: "trouble",
  },
  suspension: {
    title: "Data movement",
    asks: "Whether data movement of the database is suspended on either side, and for what reason.",
    matters: "A suspended copy falls behind, and its primary's log cannot be truncated.",
    act: "Resume data movement on the server where it is suspended.",
    source: "states",
  },
  copyState: {
    title: "Copy that takes over",
    asks: "State of the database on the side that is to become primary.",
    matters: "A copy that is not ONLINE or RESTORING as it should be cannot take over.",
    act: "Wait until it has recovered; otherwise look into the server's error log.",
    source: "states",
  },
  version: {
    title: "Version",
    asks: "Build of SQL Server, and what a link of that build can do.",
    matters:
      "Below SQL Server 2022 CU13 a failover ends the link, and there is no way back online.",
    act: "Update SQL Server, or choose the one-way migration.",
    source: "preparation",
  },
  updatePolicy: {
    title: "Update policy and way back",
    asks: "Whether the instance's update policy keeps the database format that this SQL Server reads.",
    matters:
      "A database that has taken a newer format cannot come back, neither online nor by a restore.",
    act: "Know it before the failover; an instance that is always up to date is not set back.",
    source: "policy",
  },
  edition: {
    title: "Edition",
    asks: "Edition of SQL Server.",
    matters: "Standard edition lets nobody read its copy while it is secondary.",
    act: "Plan for it where reports read the old primary.",
    source: "preparation",
  },
  encryption: {
    title: "Encryption key",
    asks: "Whether the database is encrypted (TDE), and whether the other side has the key, by thumbprint.",
    matters: "Without the key the copy cannot be opened, and its backup cannot be restored.",
    act: "Bring the certificate or the key to the other side first.",
    source: "preparation",
  },
  failoverMode: {
    title: "Failover mode in Azure",
    asks: "failoverMode of the link, as Azure tells it.",
    matters: "A link in mode None is not failed over: its end is the move.",
    act: "Sign in to Azure to have it read.",
    source: "rest",
  },
  commitMode: {
    title: "Commit mode",
    asks: "Commit mode of both ends.",
    matters:
      "Before SQL Server 2022 CU13 the move needs synchronous commit, which the plan then sets and sets back.",
    act: "Nothing; the plan says each change.",
    source: "failover",
  },
  rights: {
    title: "Permissions",
    asks: "Whether the login may see and do what this needs, asked by HAS_PERMS_BY_NAME.",
    matters: "A missing right looks like an empty list; nothing is concluded from one.",
    act: "Have the named right granted with the statement that is shown.",
    source: "preparation",
  },
  linkRights: {
    title: "Permissions in Azure",
    asks: "Whether the account may read and delete the link, where the plan needs Azure.",
    matters: "A run that is refused in the middle leaves work half done.",
    act: "Have the named action added to a role of the account.",
    source: "rest",
  },
  seeding: {
    title: "Seeding",
    asks: "Whether the copy is still being built.",
    matters: "A copy that is not whole cannot take over.",
    act: "Wait until seeding has ended.",
    source: "trouble",
  },
  gate: {
    title: "Log positions",
    asks: "last_commit_lsn of both sides, read within 2 s of each other, again and again.",
    matters: "Only where both sides hold the same log does a planned failover lose nothing.",
    act: "Stop the applications. The run waits at this gate again before it fails over.",
    source: "states",
  },
  writingSessions: {
    title: "Sessions that write",
    asks: "Sessions with an open transaction that has written to the database on the primary.",
    matters:
      "What they have not committed is rolled back by the role change, and the gate does not open.",
    act: "Stop those applications and jobs at their source.",
    source: "failover",
  },
  logBackup: {
    title: "Last log backup",
    asks: "When the primary's log was last backed up.",
    matters: "A log that is never backed up grows until the disk is full, on a link too.",
    act: "Take a log backup, and see that its job runs on the new primary.",
    source: "practices",
  },
  certificates: {
    title: "Certificates",
    asks: "Until when the certificates of the endpoints and of the partner are valid.",
    matters: "A link whose certificate has expired does not connect again.",
    act: "Renew and exchange them before that day.",
    source: "practices",
  },
} as const satisfies Readonly<Record<string, CheckHelp>>;

/** By the name that a finding carries. */
export const checkHelp: Readonly<Record<string, CheckHelp>> = {
  ...linkCheckHelp,
  ...laterCheckHelp,
};

/** As it is shown; a check that nobody has explained keeps its name. */
export function checkTitle(check: string): string {
  return checkHelp[check]?.title ?? check;
}
