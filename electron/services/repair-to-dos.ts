// What is still to be repaired, from the journals of this computer and from what was read of both sides; kept until both show one primary.
import type { Estate } from "../../shared/estate/estate.ts";
import { findLinks } from "../../shared/estate/find-links.ts";
import type { Link } from "../../shared/estate/link.ts";
import type { LinkLook } from "../../shared/estate/link-state.ts";
import type { ForcedRun, RepairNote, RepairToDo } from "../../shared/repair/to-do.ts";
import {
  forcedRunOf,
  looksBroken,
  notesAfter,
  openForced,
  repairToDos,
  wasForced,
} from "../../shared/repair/to-do.ts";
import { readRepairNotes, writeRepairNotes } from "../store/repair-notes.ts";
import { readJournals } from "../store/run-folder.ts";

export interface RepairToDos {
  /** Both sides were read. */
  seen(estate: Estate): void;
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
  return {
    seen(estate) {
      if (isRunning()) return;
      const { isRead, forced, notes } = read();
      const earlier = (name: string) => broken.find(({ link }) => link.name === name);
      const after = notesAfter(notes, openForced(forced, notes), { estate, earlier });
      broken = findLinks(estate)
        .links.map((link) => ({ estate, link }))
        .filter(looksBroken)
        .map((look) => earlier(look.link.name) ?? look);
      if (after === notes) return;
      known = { isRead, forced, notes: after };
      try {
        writeRepairNotes(dataFolder(), after);
      } catch {
        // Told in this window all the same; the next start has to see it anew.
      }
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

function readKnown(dataFolder: () => string): Known {
  try {
    const folder = dataFolder();
    const forced = readJournals(folder).flatMap(({ events }) => forcedRunOf(events) ?? []);
    return { isRead: true, forced, notes: readRepairNotes(folder) };
  } catch {
    return { isRead: false, forced: [], notes: [] };
  }
}
