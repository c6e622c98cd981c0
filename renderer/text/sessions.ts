// The words of the sessions that write: their grid, the end of one, and the scripts that keep logins out.

const columns = {
  session: "Session",
  login: "Login",
  host: "Host",
  program: "Program",
  database: "Database",
} as const;

export const sessionsText = {
  columns: { ...columns, since: "Open since", log: "Log used" },
  stopIt: "Stop it",
  /** On who still connects after a failover. */
  connectedColumns: [...Object.values(columns), "Last request"],
  end: {
    word: "End…",
    label: (session: string) => `End session ${session}…`,
    title: (session: string, server: string) => `End session ${session} on ${server}`,
    rollsBack: (log: string, since: string, server: string) =>
      `What it has not committed is rolled back: ${log} of log, open since ${since} by the clock of ${server}. That can take as long as the work did, and the locks stay until then.`,
    keepsNobodyOut: (program: string) =>
      `Ending it keeps nobody out: ${program} may connect again at once. The scripts disable its login before, and undo that afterwards.`,
    application: "the application",
    hideScripts: "Hide the scripts",
    showScripts: "Show the scripts",
    asking: (session: string) => `${session} is being asked after.`,
    deed: "End this session",
    look: "Look again",
    process: "Process",
    loggedIn: "Logged in",
  },
  without: { distributed: "distributed, no session", unseen: "no session seen" },
  keepOut: {
    word: "Keep their logins out…",
    title: "Keep logins out",
    lead: (server: string, logins: string) =>
      `Run the first on ${server} to disable ${logins}; the second undoes exactly that. Sessions that are open stay open. Nothing is sent from here.`,
  },
} as const;
