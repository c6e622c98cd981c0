// The words of a run while it is watched. What Stop would do and what a step says stand where the run is known.

export const runText = {
  bothSides: {
    title: "What both sides say",
    before: "Before",
    now: "Now",
    expected: "Expected",
  },
  messages: "Statement and messages",
  now: "Now",
  reading: "Reading both sides",
  step: (number: number, count: string, title: string) =>
    `Step ${String(number)} of ${count}: ${title}`,
  clocks: { step: "this step", run: "whole run" },
  done: (done: number, count: string) => `${String(done)} of ${count} steps done`,
  between: "The run is between two steps.",
  takenBack: (title: string) => `It is taken back: ${title}.`,
  ifYouStop: "If you stop",
  stop: "Stop",
  stopAsked: "Stop was asked for",
  stopWasAsked: "Stop was asked for.",
  nothingToStop: "There is nothing left to stop.",
  steps: "Steps",
  columns: {
    status: "Status",
    task: "Task",
    where: "Runs on",
    began: "Started",
    took: "Time",
    details: "Details",
  },
  noReturn: {
    ahead: "Point of no return: after this line the run only goes forward",
    passed: (time: string) => `Point of no return, passed at ${time}: the run only goes forward`,
  },
  /** Of a step (concept, *State vocabulary*). */
  status: {
    notStarted: "Not started",
    running: "Running",
    waiting: "Waiting",
    success: "Success",
    warning: "Warning",
    failed: "Failed",
    unknown: "Unknown",
    stopped: "Stopped",
    skipped: "Skipped",
    takingBack: "Taking back",
    takenBack: "Taken back",
  },
} as const;
