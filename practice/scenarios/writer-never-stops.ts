// One session goes on writing when the application is stopped, and comes back when it is killed.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const writerNeverStops: Scenario = {
  ...healthy,
  name: "writer-never-stops",
  summary:
    "A batch job goes on writing after the application is stopped, and comes back after KILL.",
  workload: {
    ...healthy.workload,
    sessions: [
      ...healthy.workload.sessions,
      {
        login: "adatum_import",
        host: "ETL02",
        program: "Adatum Import",
        hostProcessId: 9120,
        openForMs: 600,
        whenStopped: "goesOn",
        returnsAfterMs: 2000,
      },
    ],
  },
};
