// A secondary that redoes slower than what arrives: its redo queue stands for a while after the log has ended.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const slowRedo: Scenario = {
  ...healthy,
  name: "slow-redo",
  summary:
    "The secondary redoes slower than log arrives: the redo queue grows until the workload stops.",
  link: { ...healthy.link, redoRateKbPerSecond: 64 },
  workload: { ...healthy.workload, kbPerCommit: 48 },
  runningForMs: 45_000,
};
