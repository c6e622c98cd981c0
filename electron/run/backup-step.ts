// Waits for the service's first full backup on the new primary instance; only reads, and can be stopped.
import { AppError } from "../../shared/errors/app-error.ts";
import { listOf } from "../../shared/plan/actions/action-form.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import type { Seen } from "../../shared/run/events.ts";
import type { FullBackups } from "../estate/read-full-backups.ts";
import { notAsPlanned } from "./as-planned.ts";
import type { LinkLook } from "./link-look.ts";
import { roleSeen } from "./link-look.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type WaitForFullBackup = Extract<Action, { readonly kind: "waitForFullBackup" }>;

export interface BackupWatch {
  /** Every look of the run: from the first in which the instance is primary on, backups count by its own clock. */
  readonly seen: (look: LinkLook) => void;
  readonly wait: (tools: RunTools, step: Step, action: WaitForFullBackup) => Promise<StepResult>;
  /** Why the link may not be removed yet; undefined: every database has its backup. */
  readonly missing: (tools: RunTools) => Promise<StepResult | undefined>;
}

/** How often msdb is asked, ms: the service's first full backup takes minutes to hours. */
const askEveryMs = 5_000;

/** One per run: it carries the time of the role change, in the instance's own clock, from the proof to the removal. */
export function createBackupWatch(): BackupWatch {
  let since: string | undefined;
  const lacking = (backups: FullBackups, databases: readonly string[]) =>
    databases.filter((name) => {
      const finishedAt = backups.finishedAt[name];
      // Both are the same server's datetime as ISO 8601 text: they sort as they follow each other.
      return since === undefined || finishedAt === undefined || finishedAt <= since;
    });
  return {
    seen({ instance }) {
      if (roleSeen(instance) !== "PRIMARY" || instance.kind !== "seen") return;
      since ??= localTime(instance.facts.server.serverTime);
    },
    async wait(tools, step, { databases }) {
      const { clock, settings, recorder, stop } = tools;
      const beganMs = clock.nowMs();
      recorder.begin({ kind: "stepBegan", stepId: step.id });
      const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
      for (;;) {
        if (stop.aborted) return stopped(tools, databases);
        const problem = notAsPlanned(tools.plan, step.rolesBefore, await tools.look());
        if (problem?.code === "planNoLongerFits") return nothingSent(problem);
        const asked = await askBackups(tools, lacking, databases);
        if (asked.lacking?.length === 0) return done(tools, databases, asked.seen);
        if (isWorthNoting(JSON.stringify(asked.seen))) {
          const elapsedMs = clock.nowMs() - beganMs;
          recorder.note({ kind: "stepProgress", stepId: step.id, seen: asked.seen, elapsedMs });
        }
        await waitUnless(clock, askEveryMs, stop);
      }
    },
    async missing(tools) {
      const { databases } = tools.plan.link;
      const asked = await askBackups(tools, lacking, databases);
      if (asked.lacking?.length === 0) return undefined;
      return nothingSent(notSeen(tools, asked.lacking ?? databases), asked.seen);
    },
  };
}

/** SYSDATETIMEOFFSET() as GETDATE() tells the same moment: without zone, to the millisecond. */
function localTime(serverTime: string): string {
  return serverTime.replace(" ", "T").slice(0, "2026-11-21T00:00:00.000".length);
}

interface Asked {
  /** Undefined: msdb could not be read. That is not proved, and the link stays. */
  readonly lacking: readonly string[] | undefined;
  readonly seen: readonly Seen[];
}

async function askBackups(
  tools: RunTools,
  lacking: (backups: FullBackups, databases: readonly string[]) => readonly string[],
  databases: readonly string[],
): Promise<Asked> {
  try {
    const backups = await tools.readFullBackups();
    const without = lacking(backups, databases);
    const { serverName } = tools.plan.instance;
    const what =
      without.length === 0
        ? `${serverName} shows a full backup of ${listOf(databases)}`
        : `${serverName} shows no full backup of ${listOf(without)} since the role change`;
    return { lacking: without, seen: [{ where: "instance", what }] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { summary, remedy } = error.problem;
    const seen = [{ where: "instance", what: `${summary} ${remedy}` } as const];
    return { lacking: undefined, seen };
  }
}

function done({ plan }: RunTools, databases: readonly string[], seen: readonly Seen[]): StepResult {
  const summary = `The first full backup of ${listOf(databases)} on ${plan.instance.serverName} was seen.`;
  return { outcome: "succeeded", summary, seen };
}

function stopped({ plan }: RunTools, databases: readonly string[]): StepResult {
  const summary = `The first full backup of ${listOf(databases)} on ${plan.instance.serverName} was not waited for. The failover is done, and the link stays.`;
  return { outcome: "stopped", summary, seen: [] };
}

function notSeen({ plan }: RunTools, databases: readonly string[]) {
  return {
    code: "noFullBackup",
    class: "wait",
    summary: `No full backup of ${listOf(databases)} on ${plan.instance.serverName} has been seen since the role change. The link stays.`,
    remedy: "Wait until Azure has taken it, and remove the link then.",
  } as const;
}
