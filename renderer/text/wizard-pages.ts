// The words of the wizard's pages, page by page. Their titles and what locks them stand with the wizard's own logic.

const understand = "I understand";

export const wizardPagesText = {
  introduction: {
    lead: (box: string, instance: string) =>
      `The wizard exchanges the roles of ${box} and ${instance}: the secondary becomes primary, the primary becomes secondary. The link stays, or it is removed and both become databases of their own.`,
    migration: {
      title: "From SQL Server to SQL Managed Instance, to stay there",
      body: "A migration. The applications go to the managed instance and stay. The link is removed once the failover is proved; before SQL Server 2022 CU13 its end is the failover. SQL Server 2016 and newer, with servicing updates.",
    },
    exchange: {
      title: "Between SQL Server and SQL Managed Instance",
      body: "Disaster recovery, maintenance. The roles are exchanged, the link stays, and the database can come back. SQL Server 2022 and newer, with an update policy that matches.",
    },
    happens: {
      title: "What happens",
      list: [
        "Both sides are read. Nothing is changed by reading.",
        "You approve a plan: every step, where it runs, and whether it can be undone.",
        "The run waits until both sides hold the same log and nobody writes.",
        "The failover is sent once. Both sides are read back, and a report is written.",
      ],
      stopApplications:
        "Stop the applications before the last step. Nothing redirects them afterwards.",
    },
    gone: {
      title: "When the primary is gone",
      body: "A forced failover. The secondary becomes primary with what it has, and data can be lost. Open this wizard at the secondary; the other side is not asked.",
    },
    hide: "Do not show this page again.",
  },
  failoverType: {
    local: "Local replica status",
    remote: "Remote replica status",
    linkName: "Link name",
    supported: "Supported failover types",
    serverName: "Server name",
    serverAt: (server: string, address: string) => `${server} at ${address}`,
    linkRole: "Link role",
    version: "Version",
    group: "Availability group",
    offlineLater: " Then: menu Link, Offline fail back…",
    planned: {
      word: "Planned manual failover",
      means: "No data is lost. Starts only when both sides hold the same log and nobody writes.",
      by: (sentence: string, removed: string) => ` ${sentence}${removed}`,
      removed: (why: string) => ` The link is removed with it. ${why}`,
    },
    select: "Select failover type",
    forced: { word: "Forced failover (data can be lost)", understand },
    workload: {
      stopped: "I have stopped the workload",
      canWait: "This can wait until the plan is approved: the run waits until nobody writes.",
    },
  },
  signIn: {
    title: "Sign in",
    azureNotNeeded:
      "Azure is not needed. Signed in, it also tells whether it still sees the link connected.",
    azure: (needed: string, instance: string) =>
      `${needed} Sign in so that ${instance} can be found in its subscription and an Entra account can open it.`,
    instance: "Sign in to Managed Instance",
    server: (kind: string) => `Sign in to ${kind}`,
    notNeeded: "Not needed: it is not asked. Signed in, it shows who still writes on it.",
    notConnected: (server: string) => `${server} is not connected.`,
    publicEndpoint:
      'The window that opens has "Use public endpoint (if enabled)" for a managed instance that is not reachable on its private address. Replication never uses it.',
    word: "Sign in…",
    changeUser: "Change user…",
    connected: (server: string, login: string, isEncrypted: boolean) =>
      `Connected to ${server} as ${login}, ${isEncrypted ? "encrypted" : "not encrypted"}.`,
  },
  readiness: {
    reading: "Both sides are being read.",
    runAgain: "Run all again",
    export: "Export",
    columns: {
      check: "Validation",
      where: "Where",
      result: "Result",
      seen: "Seen, and what to do",
      age: "Age",
    },
    both: "both",
    unproved:
      "The engine itself waits and refuses (47514–47516); our proof is missing. I approve the failover all the same, and the report says so.",
    tally: {
      passed: () => "ready",
      warning: (count: number) => (count === 1 ? "warning" : "warnings"),
      waits: (count: number) => (count === 1 ? "waits" : "wait"),
      unknown: () => "unknown",
      failed: () => "failed",
    },
  },
  postFailover: {
    understand,
    removal: {
      title: "Link removal",
      stays: "The link stays, and so do both availability groups.",
      remove: "Remove the link after successful failover completion.",
    },
    oldPrimary: {
      title: "Old primary",
      body: (server: string) =>
        `${server} still takes itself for the primary when it comes back. Keep applications off it, save what only it has, and demote it: the report holds the statement.`,
    },
    byAzure: {
      title: "Failover by Azure",
      ask: "Ask Azure to fail over (POST failover)",
      force: "Ask Azure to force it (POST failover ForcedAllowDataLoss)",
      inPlace: (server: string) =>
        `In place of T-SQL on ${server}. Where Azure refuses it, the statement is sent all the same.`,
    },
    noLink: (server: string) => `${server} does not show the link any more.`,
    cleanUp: {
      title: "Clean-up (SQL Server)",
      drop: (group: string) => `Delete availability group '${group}' on SQL Server`,
    },
    oldCopy: { title: "Old copy", keepClosed: "Keep the old copy from being written" },
    secondary: {
      title: "Secondary role (SQL Server)",
      allow: "Enable SQL Server to allow connections for Secondary role",
      leftOut: " The step is left out where connections are allowed already.",
    },
    logBackups: {
      title: "Log backups (SQL Server)",
      body: (server: string) =>
        `${server} becomes primary: its log backups must run again at once. Azure does not take them any more, and the log grows.`,
    },
    budget: {
      title: "Time budget",
      field: "Time budget for what can be taken back",
      hint: "Minutes from the start. Past it everything done so far is undone; FAILOVER or DELETE is never undone.",
      bounds: (least: number, most: number) => `${String(least)} to ${String(most)} minutes.`,
    },
  },
  summary: {
    planning: "The plan is being made from a fresh reading.",
    lookAgain: "Look at the new plan",
    steps: "Azure SQL Managed Instance link database failover steps",
    hideAll: "Hide all statements",
    showAll: "Show all statements",
    irreversible: "A step of this plan is irreversible: open it to read why.",
    noneIrreversible: "No step of this plan is irreversible.",
    dryRun: "Dry run",
  },
} as const;
