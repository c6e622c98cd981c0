// The words of what comes after a run, and of what is saved: results, connection strings, rows, scripts, the path window.

export const reportText = {
  connected: {
    title: (server: string) => `Who still connects to ${server}`,
    read: "Read who connects",
    readAt: (time: string, note: string) => `Read at ${time} by its own clock. ${note}`,
  },
  strings: {
    title: "Connection strings",
    driver: "Driver",
    database: "Database",
    string: "Connection string",
    copyOf: (database: string, driver: string) =>
      `Copy the connection string of ${database} for ${driver}`,
  },
  dryRun: {
    title: "Dry run",
    asking:
      "Checks, gate and guards are asked on both servers. Nothing that changes anything is sent.",
    found: "What the dry run found",
  },
  results: {
    evidence: "Evidence",
    proved: "Proved, read back from the servers",
    unknown: "Unknown",
    takenBack: "Taken back",
    notTakenBack: "Not taken back",
    toDo: "Still to do",
    nothingToDo: "Nothing that this run knows of.",
    confirmed: (reason: string) => `What was confirmed: ${reason}`,
    givenUp: "What was given up",
    stated: {
      forced: "What was given up, as stated before",
      removal: "What the removal means, as stated before",
      repair: "What the repair gives up, as stated before",
    },
    reason: { repair: "Why nobody could write there:", forced: "Forced all the same, because:" },
    afterMigration: "After the migration",
    pause: (lasted: string, from: string, to: string) =>
      `No writes were possible for at most ${lasted}, from ${from} to ${to} UTC.`,
    noEnd: "no end on disk",
    ended: (utc: string) => `ended ${utc}`,
    doneBy: (operator: string, host: string, times: { started: string; until: string }) =>
      `Done by ${operator} on ${host}, started ${times.started}, ${times.until}.`,
  },
  rows: {
    title: "Rows on both sides",
    count: "Count rows on both sides",
    of: (database: string) => `Rows of ${database}`,
    table: "Table",
    notTold: "not told",
  },
  save: {
    title: "Save as",
    replace: "Replace",
    save: "Save",
    folderName: "Folder name",
    fileName: "File name",
    isThere: (name: string) => `${name} is there already. Replace overwrites it.`,
    folder: "Folder",
    inFolder: "In",
    up: "Up",
    saved: "Saved",
    notSaved: "Not saved",
  },
  report: {
    word: "Save report",
    html: "HTML…",
    markdown: "Markdown…",
    evidence: "Evidence folder…",
  },
  script: {
    word: "Script",
    saveWord: "Save script",
    otherLanguages: (word: string) => `${word}: other languages`,
    title: "Scripts",
    writing: "The script is being written.",
    toRunOn: (fileName: string, server: string) => `${fileName}, to run on ${server}`,
    save: "Save…",
    textOf: (fileName: string) => `Text of ${fileName}`,
  },
  copy: "Copy",
} as const;
