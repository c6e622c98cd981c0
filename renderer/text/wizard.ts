// The words of the wizard's frame and of what several of its pages share; each page's own stand in wizard-pages.ts.

export const wizardText = {
  pages: "Pages",
  done: "Done:",
  previous: "< Previous",
  stopHere: { yes: "Safe to stop", no: "Not here" },
  leave: {
    word: "Leave the wizard",
    title: "Leave the wizard?",
    stay: "Stay",
    leave: "Leave",
    notKept: "Your answers and the plan are not kept.",
  },
  chooseLink: {
    title: "Which link is to be failed over?",
    lead: "The database has several links. Each fails over by itself.",
    failover: "Failover…",
  },
  pulse: { label: "Both sides now", seen: (age: string) => `seen ${age} ago` },
  flow: {
    flows: (from: string, to: string) => `Data flows from ${from} to ${to}`,
    notSeen: (one: string, other: string) => `No data flow is seen between ${one} and ${other}`,
    nothing: (one: string, other: string) => `Nothing flows between ${one} and ${other}`,
    watchedLater: (own: string) => `Whether anything still flows to ${own} is watched later`,
  },
  nowAfter: {
    label: "Now and after the failover",
    now: "Now",
    after: "After",
    removed: "The link is removed; nothing flows any more.",
    flowsBack: (to: string) => `The link stays; data flows back to ${to}.`,
    mayFlowBack: (to: string) =>
      `The link stays, but whether data flows back to ${to} depends on its version.`,
    readOnly: (databases: string, server: string) => `${databases} on ${server} becomes read-only.`,
    connectTo: (server: string) =>
      `Applications must connect to ${server}. Nothing redirects them.`,
    lost: (other: string, own: string) =>
      `What ${other} committed and ${own} does not have is lost.`,
    demote: (other: string) =>
      `${other} still takes itself for the primary when it comes back: it has to be demoted.`,
  },
  loss: {
    willBeLost: "What will be lost",
    cannotBeUndone: "What cannot be undone",
    linkIsRemoved: "The link is removed for good.",
    givenUp: (server: string) => `What only ${server} holds is given up.`,
    reason: {
      repair: "Why nobody can write there:",
      forced: "It is forced all the same, because:",
    },
  },
  reason: {
    hint: "It goes into the report.",
    accept: "Accept with this reason",
    takeBack: "Take back",
  },
  gate: {
    label: "Log positions",
    notRead: "The log positions are read once both sides are connected.",
    age: (age: string) => `${age} ago`,
    queue: "queue",
    queueKb: (kilobytes: number) => `${String(kilobytes)} KB`,
    held: (held: number, needed: number) =>
      `Equal and unchanged, ${String(held)} of ${String(needed)} seconds`,
    again: "The run waits at this gate again before it fails over.",
    relations: { level: "level", behind: "behind", notKnown: "not known" },
  },
  target: {
    label: (other: string) => `Is ${other} really gone?`,
    choosePlanned: "Choose planned failover",
    alive: (other: string) => `Why it is forced although ${other} is alive`,
    suspended: "Why it is forced although data movement is suspended",
    goOn: (own: string) =>
      `Go on before ${own} has worked through what arrived. The report says so.`,
    seenOn: (own: string) => `Seen on ${own}`,
    atFirst: "At first",
    now: "Now",
    moved: { title: "Moved", yes: "yes", no: "no" },
  },
  writing: {
    title: (server: string) => `Sessions that write on ${server}`,
    stopFirst: (server: string) =>
      `Stop them first: what they commit on ${server} from now on is lost.`,
    none: "None is seen with an open writing transaction.",
  },
  plan: {
    columns: ["Step", "Runs on", "Why there", "Undo", "Stop after it"],
    statement: "Statement",
    readsOnly: "Reads only.",
    request: "Request",
    instead: "Where Azure refuses it",
    of: (word: string, title: string) => `${word} of ${title}`,
    before: "Before",
    doneWhen: "Done when",
    toUndo: "To undo",
    nothingToUndo: "There is nothing to undo.",
    roles: (box: string, boxRole: string, instance: string, instanceRole: string) =>
      `${box} ${boxRole}, ${instance} ${instanceRole}.`,
    role: {
      absent: "has this link no more",
      unasked: "is not asked",
      any: "may have any role",
      known: (role: string) => `is ${role}`,
    },
  },
} as const;
