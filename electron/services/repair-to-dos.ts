// What is still to be repaired, from the journals of this computer and from what was read of both sides; kept until both show one primary.
import type { Estate } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import { isSamePair } from "../../shared/estate/pair.ts";
import { pairedLinks, pairsBetween, pairsOf } from "../../shared/estate/paired-links.ts";
import { estateOf } from "../../shared/estate/servers.ts";
import type { ServersRead } from "../../shared/estate/servers.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { LinkLook } from "../../shared/estate/link-state.ts";
import type { ForcedRun, RepairNote, RepairToDo } from "../../shared/repair/to-do.ts";
import {
  forcedRunOf,
  looksBroken,
  notesAfter,
  openForced,
  repairToDos,
  waitingBetween,
  wasForced,
} from "../../shared/repair/to-do.ts";
import { sides } from "../run/link-look.ts";
import { readRepairNotes, writeRepairNotes } from "../store/repair-notes.ts";
import { readJournals } from "../store/run-folder.ts";

export interface RepairToDos {
  /** Both sides of these links were read. */
  seen(estates: readonly Estate[]): void;
  /** All connected servers were read. */
  seenServers(read: ServersRead): void;
  list(): readonly RepairToDo[];
  /** Whether a failover was forced, or may have been: journals that cannot be read rule nothing out. */
  wasForced(link: Link): boolean;
  /** A run has begun or ended: its journal is read again. */
  forget(): void;
}

export interface RepairToDosOptions {
  /** Throws AppError `noDataFolder`: then nothing is kept. */
  readonly dataFolder: () => string;
  /** A run of this process: two primaries are then a moment of it. */
  readonly isRunning: () => boolean;
}

interface Known {
  /** False where the journals could not be read: then nothing is known, which is not nothing. */
  readonly isRead: boolean;
  readonly forced: readonly ForcedRun[];
  readonly notes: readonly RepairNote[];
}

export function createRepairToDos({ dataFolder, isRunning }: RepairToDosOptions): RepairToDos {
  let known: Known | undefined;
  let broken: readonly LinkLook[] = [];
  const read = (): Known => (known ??= readKnown(dataFolder));
  const seen = (estates: readonly Estate[]): void => {
    if (isRunning()) return;
    const { isRead, forced, notes } = read();
    const earlierIn = (estate: Estate) => (name: string) =>
      broken.find((look) => look.link.name === name && areSameServers(look.estate, estate));
    const after = estates.reduce(
      (before, estate) =>
        notesAfter(before, openForced(forced, before), { estate, earlier: earlierIn(estate) }),
      notes,
    );
    broken = estates.flatMap((estate) =>
      findLinks(estate)
        .links.map((link) => ({ estate, link }))
        .filter(looksBroken)
        .map((look) => earlierIn(estate)(look.link.name) ?? look),
    );
    if (after === notes) return;
    known = { isRead, forced, notes: after };
    try {
      writeRepairNotes(dataFolder(), after);
    } catch {
      // Told in this window all the same; the next start has to see it anew.
    }
  };
  return {
    seen,
    seenServers(servers) {
      const { forced, notes } = read();
      const open = openForced(forced, notes);
      seen(estatesToTell(servers, (estate) => waitingBetween(estate, notes, open).length > 0));
    },
    list() {
      const { forced, notes } = read();
      return repairToDos(forced, notes);
    },
    wasForced(link) {
      const { isRead, forced, notes } = read();
      return !isRead || wasForced(link, forced, notes);
    },
    forget() {
      known = undefined;
      broken = [];
    },
  };
}

/** Of each two servers that share a link, and of those that shared one that waits and may be gone. */
function estatesToTell(
  read: ServersRead,
  isWaitedFor: (estate: Estate) => boolean,
): readonly Estate[] {
  const linked = pairsOf(pairedLinks(read.servers));
  const others = pairsBetween(read.servers)
    .filter((pair) => !linked.some((one) => isSamePair(one, pair)))
    .map((pair) => estateOf(read, pair))
    // Two ends that only have the same names are not one link.
    .filter((estate) => isWaitedFor(estate) && !findLinks(estate).links.some(areBothSeen));
  return [...linked.map((pair) => estateOf(read, pair)), ...others];
}

function areBothSeen({ box, instance }: Link): boolean {
  return box.kind === "seen" && instance.kind === "seen";
}

function areSameServers(one: Estate, other: Estate): boolean {
  return sides.every((side) => one[side].address === other[side].address);
}

function readKnown(dataFolder: () => string): Known {
  try {
    const folder = dataFolder();
    const forced = readJournals(folder).flatMap(({ events }) => forcedRunOf(events) ?? []);
    return { isRead: true, forced, notes: readRepairNotes(folder) };
  } catch {
    return { isRead: false, forced: [], notes: [] };
  }
}
