// What is remembered of a link's primary while both sides answer, for the day on which it is gone. Plain data, no secrets.
import { armLinkOf, azureOf } from "../estate/link-in-azure.ts";
import type { Estate, Side } from "../estate/estate.ts";
import type { Link } from "../estate/link.ts";
import { countedRows, highest, ownPosition } from "../gate/own-position.ts";
import { otherSide } from "../plan/actions/action-form.ts";

export interface LinkMemory {
  /** The side that was primary, and of which this is. */
  readonly primary: Side;
  /** When it was read, by this tool's clock: ISO 8601 UTC. */
  readonly readAt: string;
  /** Its SYSDATETIMEOFFSET() then: its clock with its zone. */
  readonly serverTime: string;
  readonly databases: readonly RememberedDatabase[];
  /** As Azure told it, then or before; null: never. It does not change while the link lives. */
  readonly failoverMode: string | null;
}

export interface RememberedDatabase {
  readonly name: string;
  /** Decimal digits. */
  readonly lastCommitLsn: string | null;
  /** datetime as text, in its own zone. */
  readonly lastCommitTime: string | null;
  /** KB of its log that had not been sent. */
  readonly logSendQueueKb: number | null;
}

export interface Remembered {
  /** group_id of the link on the other side: the one that will be asked then. */
  readonly groupId: string;
  readonly memory: LinkMemory;
}

/** Undefined unless both sides show the link, one as PRIMARY and one as SECONDARY: of anything else nothing is concluded later. */
export function memoryOf(estate: Estate, link: Link): Remembered | undefined {
  const primary = primaryOf(link);
  if (primary === undefined) return undefined;
  const [reading, end, other] = [estate[primary], link[primary], link[otherSide(primary)]];
  if (reading.kind !== "seen" || end.kind !== "seen" || other.kind !== "seen") return undefined;
  return {
    groupId: other.group.groupId,
    memory: {
      primary,
      readAt: reading.at,
      serverTime: reading.facts.server.serverTime,
      databases: link.databases.map((name) => {
        const rows = end.databases.filter((row) => row.databaseName === name);
        const own = ownPosition(rows, end.group.groupId, "primary");
        const times = countedRows(rows, end.group.groupId).map((row) => row.lastCommitTime);
        return {
          name,
          lastCommitLsn: own === "noRow" ? null : own.lastCommitLsn,
          lastCommitTime:
            times
              .filter((time) => time !== null)
              .sort()
              .at(-1) ?? null,
          logSendQueueKb: highest(rows.map((row) => row.logSendQueueKb)),
        };
      }),
      failoverMode: armLinkOf(azureOf(estate), link.name)?.failoverMode ?? null,
    },
  };
}

function primaryOf({ box, instance }: Link): Side | undefined {
  if (box.kind !== "seen" || instance.kind !== "seen") return undefined;
  const roles = [box.role, instance.role].join(" ");
  return roles === "PRIMARY SECONDARY"
    ? "box"
    : roles === "SECONDARY PRIMARY"
      ? "instance"
      : undefined;
}
