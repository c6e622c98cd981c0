// A line slower than what is written: the send queue grows while the application works and drains once it stops.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const lagging: Scenario = {
  ...healthy,
  name: "lagging",
  summary: "The line is slower than the workload: the send queue grows until the workload stops.",
  link: { ...healthy.link, sendRateKbPerSecond: 160 },
  workload: { ...healthy.workload, kbPerCommit: 48 },
  runningForMs: 45_000,
};
