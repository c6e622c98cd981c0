// The end of the link on one side, and what its copy of the database is from then on.
import { scheduleFirstFullBackup } from "./automatic-backups.ts";
import type { Engine } from "./engine.ts";
import { blockAt, rememberCommits, truncateLog } from "./log.ts";
import type { ServerState, WorldState } from "./state.ts";

/**
 * Removes the link from the instance: the platform takes the inner group with it and leaves the database writable
 * (domain.md 3.h). Whatever a secondary has not hardened is lost to it. The other side keeps its own group and hears no
 * more of its partner.
 */
export function removeFromInstance(engine: Engine): void {
  const { instance } = engine.state;
  const wasPrimary = instance.linkRole === "PRIMARY";
  instance.linkDropped = true;
  instance.localGroupDropped = true;
  openAlone(engine.state, instance);
  // A primary's backups have been under way since it became one.
  if (!wasPrimary) scheduleFirstFullBackup(engine);
}

/** Makes a copy writable on its own, with the log it has hardened; on a copy that receives none any more, nothing is on its way. */
export function openAlone(state: WorldState, { copy, linkRole }: ServerState): void {
  copy.state = "ONLINE";
  copy.updateability = "READ_WRITE";
  copy.isSuspended = false;
  copy.suspendReason = null;
  if (linkRole === "PRIMARY") return;
  Object.assign(state.replication, { arriving: [], hardening: [], redoing: [] });
  truncateLog(copy, copy.hardened, state.settings);
  while (copy.redone < copy.log.length) {
    copy.redone++;
    rememberCommits(copy, blockAt(copy.log, copy.redone), state.settings, "secondary");
  }
}
