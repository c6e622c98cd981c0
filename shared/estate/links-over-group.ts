// The other links over the local availability group of a link: several links of one database.
import type { AvailabilityGroup, Estate } from "./estate.ts";
import type { Link } from "./link.ts";

/** As SQL Server lists them; none where SQL Server does not tell. */
export function linksOverGroup(estate: Estate, link: Link): readonly AvailabilityGroup[] {
  const { box } = link;
  if (estate.box.kind !== "seen" || estate.box.facts.groups.kind !== "seen") return [];
  if (box.kind !== "seen" || box.own === undefined) return [];
  const { replicaServerName } = box.own;
  return estate.box.facts.groups.value.filter(
    (other) =>
      other.isDistributed &&
      other.groupId !== box.group.groupId &&
      other.replicas.some((replica) => replica.replicaServerName === replicaServerName),
  );
}
