// The words for the status of a step (concept, *State vocabulary*).
import type { StepStatus } from "./step-rows.ts";

export const stepWords: Readonly<Record<StepStatus, string>> = {
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
};
