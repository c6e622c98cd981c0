// The link is healthy, and what no link carries is missing on the instance: logins, a job, a linked server, a credential.
import { usualObjects } from "../world/own-objects.ts";
import { usualSurroundings } from "../world/surroundings.ts";
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const unprepared: Scenario = {
  ...healthy,
  name: "unprepared",
  summary: "The link is healthy; logins, jobs and a linked server are missing on the instance.",
  box: {
    ...healthy.box,
    credentials: [{ name: "Adatum file share", identity: "ADATUM\\svc_files", secret: null }],
    surroundings: {
      ...usualSurroundings.box,
      objects: {
        ...usualObjects,
        jobs: [
          { name: "Adatum nightly close", isEnabled: true, databases: ["Adatum"] },
          { name: "Adatum statistics", isEnabled: true, databases: ["Adatum", "Adatum"] },
          { name: "Cycle error log", isEnabled: true, databases: ["master"] },
        ],
        linkedServers: [
          {
            name: "ERP01",
            product: "SQL Server",
            dataSource: "erp01.adatum.example",
            hasDefaultMapping: true,
          },
        ],
        volume: { totalMb: 512_000, freeMb: 20_480 },
      },
    },
  },
  instance: {
    ...healthy.instance,
    surroundings: {
      ...usualSurroundings.instance,
      objects: {
        ...usualObjects,
        strangerLogins: ["adatum_batch"],
        jobs: [{ name: "Adatum statistics", isEnabled: false, databases: ["Adatum"] }],
      },
    },
  },
};
