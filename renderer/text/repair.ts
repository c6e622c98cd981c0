// The words of a repair: what both sides show, what is chosen, its plan, its foot.

const optional = " (optional)";
type Verb = "stays" | "becomes";

export const repairText = {
  title: (link: string) => `Repair ${link}`,
  page: "Repair",
  nothing: (state: string) => `Nothing is repaired now. ${state}`,
  /** Before a server's own name is known. */
  unnamed: { box: "SQL Server", instance: "the instance" },
  sides: { title: "What both sides show", role: "Role" },
  survivor: {
    title: (verb: Verb) => `Which side ${verb} primary`,
    field: (verb: Verb) => `Side that ${verb} primary`,
  },
  saving: {
    label: "Where it is saved",
    title: "Where what is given up is saved",
    box: {
      field: (name: string, isOptional: boolean) =>
        `Folder on ${name}${isOptional ? optional : ""}`,
      hint: "As that server sees it. It takes a log backup where its chain is whole, else a COPY_ONLY backup.",
    },
    instance: {
      field: (name: string, isOptional: boolean) =>
        `Container URL for ${name}${isOptional ? optional : ""}`,
      hint: "https://…, for which the instance has a credential. A COPY_ONLY backup is taken.",
    },
  },
  writers: {
    title: "Writers",
    field: (name: string, isOptional: boolean) =>
      `Why nobody can write to ${name} any more${isOptional ? optional : ""}`,
    hint: "It goes into the report. Only with it a log that a backup itself moves is not taken for a write.",
  },
  ending: {
    title: "What becomes of the link",
    field: "What becomes of the link afterwards",
    other: "the other side",
    kept: "the side that stays primary",
    stays: "It stays",
    staysMeans: (own: string, kept: string) =>
      `What only one side holds is saved, discarded there, and ${own} follows ${kept} again.`,
    removed: "It is removed, and both go on apart",
    removedMeans:
      "Azure deletes it, and it does not come back. Both copies stay and can be written. Nothing is saved and nothing is discarded: neither gets what only the other one has.",
    signIn: "Sign in to Azure…",
    notOffered: (sentence: string, remedy: string) => `Not offered: ${sentence} ${remedy}`,
  },
  demotion: {
    title: (name: string) => `How ${name} becomes secondary`,
    field: "It is made secondary",
    byTsql: (name: string) => `By T-SQL on ${name}`,
    byTsqlMeans:
      "Its log is compared with the backup once more in the very batch that gives up the role.",
    byAzure: "By Azure (POST setRole)",
    byAzureMeans:
      "Azure takes minutes, and what is written meanwhile is discarded: type below why nobody can write there. Where the account has no right to it (403), T-SQL does it.",
    roleChangeType: "roleChangeType",
    roleChangeTypes: { Forced: "Forced", Planned: "Planned" },
    whichIsRight:
      "Which of the two is right after a forced failover is not documented. Where Azure refuses one, nothing is given up: repair again with the other.",
    onlyInstances: {
      sentence: "Azure sets the role of a managed instance alone.",
      remedy: "SQL Server is asked by T-SQL.",
    },
  },
  plan: {
    reading: "Both sides are read twice, 5 s apart.",
    starting: "Both sides are locked and read again, twice.",
  },
  foot: {
    reading: "Both sides are being read.",
    typeName: "Type the name of the link first.",
    check: "Check and plan",
    checkAgain: "Check again",
  },
} as const;
