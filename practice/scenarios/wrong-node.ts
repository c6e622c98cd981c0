// SQL Server's group has two nodes, and the address given is the one that is secondary there.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const wrongNode: Scenario = {
  ...healthy,
  name: "wrong-node",
  summary: "The address of SQL Server is a node that is secondary in its own availability group.",
  box: {
    ...healthy.box,
    name: "SQLBOX02",
    machineName: "SQLBOX02",
    replicaId: "7A4E0C92-D561-4B3F-9E08-2F6B1D7C35A8",
    localRole: "SECONDARY",
    localPrimaryReplica: "SQLBOX01",
    otherNodes: [
      {
        name: "SQLBOX01",
        replicaId: healthy.box.replicaId,
        secondaryAllowConnections: "ALL",
      },
    ],
    secondaryAllowConnections: "ALL",
  },
};
