// One database, two links: SQL Server replicates it to a second instance in another distributed group over the same group.
import { healthy } from "./healthy.ts";
import type { Scenario } from "./scenario.ts";

export const twoLinks: Scenario = {
  ...healthy,
  name: "two-links",
  summary: "The database has two links: SQL Server replicates it to a second managed instance too.",
  otherLink: {
    name: "LINK_Adatum_2",
    groupId: "C4D8A1F6-90B3-4E27-8A5C-7F1E62D90B34",
    boxReplicaId: "B1E47A09-2C86-4D5F-93A8-E60F5D1C7B42",
    instance: {
      ...healthy.instance,
      name: "sqlmi2.b7c8d9e0f1a2.database.windows.net",
      machineName: "DB7F3",
      groupName: "AG_Adatum_MI2",
      groupId: "E8F05B27-4A91-4C6D-B73E-1D92A8C64F50",
      replicaId: "5A6E9D31-7B04-42F8-A1C9-83D5F0E26B17",
      linkReplicaId: "96C2F8E4-1D5A-4B70-8E3F-A47B09D6C258",
      localPrimaryReplica: "sqlmi2.b7c8d9e0f1a2.database.windows.net",
    },
  },
};
