// The words of what stands in many rooms: results, roles, undo, the name typed by hand.

export const uiText = {
  unknown: "unknown",
  notKnown: "not known",
  checks: "Checks",
  readAgain: "Read again",
  /** For screen readers, after a role's own word. */
  seenAgo: (age: string) => `, seen ${age} ago`,
  /** SSMS's word for a passed check is kept. */
  results: {
    passed: "Ready",
    warning: "Warning",
    failed: "Failed",
    unknown: "Unknown",
    waits: "Waits",
  },
  undo: {
    changesNothing: "Changes nothing",
    undoable: "Undoable",
    undoableAtCost: "Undoable at a cost",
    irreversible: "Irreversible",
  },
  /** In the tree a word, in main panes as the server spells it, where it is narrow a letter. */
  roles: {
    PRIMARY: { pane: "PRIMARY", tree: "Primary", short: "P" },
    SECONDARY: { pane: "SECONDARY", tree: "Secondary", short: "S" },
    RESOLVING: { pane: "RESOLVING", tree: "Resolving", short: "R" },
    unknown: { pane: "Role unknown", tree: "unknown", short: "" },
    notReported: { pane: "not reported here", tree: "not reported here", short: "" },
    unreachable: { pane: "Unreachable", tree: "Unreachable", short: "" },
    absent: { pane: "No link", tree: "no link", short: "" },
    splitBrain: { pane: "Split brain", tree: "Split brain", short: "" },
  },
  /** What a button that copies says of it. */
  copy: { copied: "Copied", refused: "Not copied: select it, then Ctrl+C" },
  byHand: {
    title: "Confirm by hand",
    field: (of: "link" | "database", name: string) => `Type the name of the ${of}, ${name}`,
    caseCounts: "Upper and lower case count.",
  },
} as const;
