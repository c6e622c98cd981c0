// The line between the two servers has been down for longer than SESSION_TIMEOUT.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const disconnected: Scenario = {
  ...healthy,
  name: "disconnected",
  summary:
    "SQL Server and the managed instance have lost each other; both still answer their clients.",
  runningForMs: 35_000,
  events: [{ atMs: -30_000, fault: { kind: "linkDisconnected", on: true } }],
};
