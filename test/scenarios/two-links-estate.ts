// The healthy link's estate with a second link over the same local group, to an instance that is not connected.
import type { AvailabilityGroup, Estate } from "../../shared/estate/estate.ts";
import { adatum, linkedEstate } from "./linked-estate.ts";

export const secondLink = "LINK_B";

const partnerUrl = "tcp://sqlmi2.zone.database.windows.net:5022;Server=[sqlmi2]";

/** `role`: of SQL Server in the second link. */
export function twoLinksEstate(role: "PRIMARY" | "SECONDARY" = "PRIMARY"): Estate {
  const estate = linkedEstate(adatum);
  const { box } = estate;
  if (box.kind !== "seen") throw new Error("The estate sees both sides.");
  const { groups, replicaDatabases } = box.facts;
  if (groups.kind !== "seen" || replicaDatabases.kind !== "seen") throw new Error("not seen");
  const groupId = "C4D8A1F6-90B3-4E27-8A5C-7F1E62D90B34";
  const second = groups.value
    .filter(({ name }) => name === adatum.link)
    .map((group): AvailabilityGroup => ({
      ...group,
      groupId,
      name: secondLink,
      replicas: group.replicas.map((replica) =>
        replica.isLocal === true
          ? { ...replica, role }
          : { ...replica, replicaServerName: "AG_MI2", endpointUrl: partnerUrl },
      ),
    }));
  const rows = replicaDatabases.value.map((row) => ({ ...row, groupId }));
  const facts = {
    ...box.facts,
    groups: { kind: "seen", value: [...groups.value, ...second] },
    replicaDatabases: { kind: "seen", value: [...replicaDatabases.value, ...rows] },
  } as const;
  return { ...estate, box: { ...box, facts } };
}
