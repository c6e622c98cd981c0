// Every availability group, distributed or not, and which replica it names as its primary.
import { z } from "zod";
import type { AvailabilityGroup } from "../../../shared/estate/estate.ts";
import type { Query } from "./query.ts";
import { bit } from "./query.ts";

/** primary_replica is empty while no primary is known. Needs VIEW ANY DEFINITION and VIEW SERVER STATE. */
export const groupsQuery: Query<Omit<AvailabilityGroup, "replicas">> = {
  name: "availability groups",
  text: `
SELECT
  ag.group_id AS groupId,
  ag.name AS name,
  ag.is_distributed AS isDistributed,
  ags.primary_replica AS primaryReplica
FROM sys.availability_groups AS ag
LEFT JOIN sys.dm_hadr_availability_group_states AS ags ON ags.group_id = ag.group_id
ORDER BY ag.name, ag.group_id;`,
  row: z.object({
    groupId: z.string(),
    name: z.string(),
    isDistributed: bit,
    primaryReplica: z
      .string()
      .nullable()
      .transform((name) => (name === "" ? null : name)),
  }),
};
