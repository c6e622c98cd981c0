// The instance's own backups after it became primary: a first full one some minutes later, then log backups (domain.md 3.0).
import { recordBackup } from "./backups.ts";
import type { Engine } from "./engine.ts";
import type { BackupRow } from "./state.ts";

/** Plans the first full backup of the primaryship that began with role change `number`; a later role change calls it off. */
export function scheduleFirstFullBackup(engine: Engine, number: number): void {
  const { firstFullBackupAfterMs, fullBackupMs } = engine.state.engine;
  after(engine, number, {
    ms: firstFullBackupAfterMs + fullBackupMs,
    type: "D",
    lastsMs: fullBackupMs,
  });
}

/** Goes on with the log backups of an instance that was primary long before the world began. */
export function scheduleLogBackups(engine: Engine): void {
  const { automaticLogBackupEveryMs, logBackupMs } = engine.state.engine;
  after(engine, 0, { ms: automaticLogBackupEveryMs, type: "L", lastsMs: logBackupMs });
}

interface Planned {
  readonly ms: number;
  readonly type: BackupRow["type"];
  readonly lastsMs: number;
}

function after(engine: Engine, number: number, planned: Planned): void {
  const { state, timeline } = engine;
  timeline.at(state.nowMs + planned.ms, () => {
    const last = state.failoverEnds.findLast(({ outcome }) => outcome === "done");
    if ((last?.number ?? 0) !== number || state.instance.linkRole !== "PRIMARY") return;
    recordBackup(state, "instance", {
      type: planned.type,
      isCopyOnly: false,
      startMs: state.nowMs - planned.lastsMs,
      path: `https://backups.invalid/${state.instance.machineName}/${state.failoverEnds.length}-${state.instance.backups.length}.bak`,
    });
    const { automaticLogBackupEveryMs, logBackupMs } = state.engine;
    after(engine, number, { ms: automaticLogBackupEveryMs, type: "L", lastsMs: logBackupMs });
  });
}
