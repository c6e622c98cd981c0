// Data movement is suspended on the instance: the log waits on SQL Server.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const suspended: Scenario = {
  ...healthy,
  name: "suspended",
  summary: "Data movement of the database is suspended on the managed instance.",
  events: [{ atMs: -5000, fault: { kind: "suspended", server: "instance", on: true } }],
};
