// The instance's own backups once it writes: a first full one some minutes later, then log backups (domain.md 3.0).
import { recordBackup } from "./backup-record.ts";
import type { Engine } from "./engine.ts";
import { isWritable } from "./sides.ts";
import type { BackupRow } from "./backup-set.ts";

/** A backup that was due while it was held or while the database was closed is tried again this much later. */
const TRY_AGAIN_MS = 10_000;

/** Plans the first full backup of an instance that has just begun to write on its own; calls off what was planned before. */
export function scheduleFirstFullBackup(engine: Engine): void {
  const { automaticBackups, engine: limits } = engine.state;
  automaticBackups.term++;
  const { firstFullBackupAfterMs, fullBackupMs } = limits;
  after(engine, {
    ms: firstFullBackupAfterMs + fullBackupMs,
    type: "D",
    lastsMs: fullBackupMs,
  });
}

/** Goes on with the log backups of an instance that was primary long before the world began. */
export function scheduleLogBackups(engine: Engine): void {
  const { automaticLogBackupEveryMs, logBackupMs } = engine.state.engine;
  after(engine, { ms: automaticLogBackupEveryMs, type: "L", lastsMs: logBackupMs });
}

interface Planned {
  readonly ms: number;
  readonly type: BackupRow["type"];
  readonly lastsMs: number;
}

function after(engine: Engine, planned: Planned): void {
  const { state, timeline } = engine;
  const { automaticBackups, instance } = state;
  const { term } = automaticBackups;
  timeline.at(state.nowMs + planned.ms, () => {
    const isOver = instance.linkRole === "SECONDARY" && !instance.linkDropped;
    if (isOver || automaticBackups.term !== term) return;
    if (automaticBackups.isHeld || !isWritable(instance)) {
      after(engine, { ...planned, ms: TRY_AGAIN_MS });
      return;
    }
    recordBackup(state, "instance", {
      type: planned.type,
      isCopyOnly: false,
      startMs: state.nowMs - planned.lastsMs,
      paths: [
        `https://backups.invalid/${instance.machineName}/${term}-${instance.backups.length}.bak`,
      ],
    });
    const { automaticLogBackupEveryMs, logBackupMs } = state.engine;
    after(engine, { ms: automaticLogBackupEveryMs, type: "L", lastsMs: logBackupMs });
  });
}
