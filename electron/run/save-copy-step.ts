// Saves a copy before it is given up, and judges whether its backups hold everything: what they are, and what moved meanwhile.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import type { LogPosition } from "../../shared/repair/copy-to-save.ts";
import { isSamePosition, positionOf } from "../../shared/repair/copy-to-save.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { BackedUp } from "./back-up.ts";
import { backUp, cannotSee } from "./back-up.ts";
import { asPlannedAndHeld } from "./change-steps.ts";
import { writersNow } from "./quiet-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type SaveCopy = Extract<Action, { readonly kind: "saveCopy" }>;

/** What is known of one copy's backup: where the log stood when it held everything, or that it has moved since. */
interface Saved {
  readonly position: LogPosition | undefined;
  readonly isWhole: boolean;
  /** How often the log moved while a backup of ours ran, and whether a transaction of a user was seen meanwhile. */
  readonly moves: number;
  readonly sawWriters: boolean;
}

export interface Saver {
  readonly save: (tools: RunTools, step: Step, action: SaveCopy) => Promise<StepResult>;
  /** Why the copies may not be given up; undefined: the log of each stands where its backup left it. */
  readonly lacking: (tools: RunTools, side: "box" | "instance") => Promise<Problem | undefined>;
}

/** One per run: it carries the positions from the backups to the demotion. */
export function createSaver(): Saver {
  const known = new Map<string, Saved>();
  return {
    async save(tools, step, action) {
      const key = `${action.side} ${action.database}`;
      const before = known.get(key);
      if (action.attempt === 2 && before?.isWhole === true) {
        tools.recorder.note({ kind: "stepBegan", stepId: step.id });
        const summary = "Nothing was sent: the first backup holds everything.";
        return { outcome: "skipped", summary, seen: [] };
      }
      const refusal = await asPlannedAndHeld(tools, step);
      if (refusal !== undefined) return refusal;
      const result = await backUp(tools, step, action);
      if ("refused" in result) return result.refused;
      const saved = judged(tools, action, result, before);
      known.set(key, saved);
      return answered(tools, action, result, saved);
    },
    async lacking(tools, side) {
      const copies = await tools.readCopiesToSave(side);
      const asked = await writersNow(tools, side);
      const { serverName } = tools.plan[side];
      if (!("writers" in asked)) return cannotSee(serverName, asked.because.summary);
      if (asked.writers.length > 0) return written(serverName, "a session writes there again");
      const moved = copies.find((copy) => {
        const saved = known.get(`${side} ${copy.database}`);
        return saved?.isWhole !== true || !isSamePosition(saved.position, positionOf(copy));
      });
      return moved === undefined
        ? undefined
        : written(serverName, `the log of ${moved.database} has moved since its backup`);
    },
  };
}

/**
 * A log that stands where it stood: whole. One that moved: once more. One that moved both times is taken to be moved by the
 * backups themselves only where nobody was seen to write and it was typed that nobody can.
 */
function judged(
  { plan }: RunTools,
  action: SaveCopy,
  { before, after, sawWriters }: BackedUp,
  earlier: Saved | undefined,
): Saved {
  if (isSamePosition(before, after)) {
    return { position: after, isWhole: true, moves: 0, sawWriters };
  }
  const moves = (earlier?.moves ?? 0) + 1;
  const saw = sawWriters || earlier?.sawWriters === true;
  const isOwn = action.attempt === 2 && moves === 2 && !saw && plan.reason !== null;
  return { position: after, isWhole: isOwn, moves, sawWriters: saw };
}

function answered(
  tools: RunTools,
  action: SaveCopy,
  { set, after }: BackedUp,
  saved: Saved,
): StepResult {
  const { side, database, to, attempt } = action;
  const { serverName } = tools.plan[side];
  const what = `${database} on ${serverName} is saved in ${to}, up to ${set.lastLsn ?? "no LSN"}; last commit ${after?.lsn ?? "not told"}`;
  const seen = [{ where: side, what: visibleText(what) }] as const;
  if (after === undefined) {
    return {
      outcome: "warning",
      summary: visibleText(
        `${database} on ${serverName} is saved in ${to} and reads back without error. That it holds everything is not proved: no log position is told.`,
      ),
      seen,
    };
  }
  if (saved.isWhole) {
    const own = saved.moves === 0 ? "" : " The log moved by the backup's own commit, as before.";
    return { outcome: "succeeded", summary: visibleText(`${what}, verified.${own}`), seen };
  }
  if (attempt === 1 && tools.plan.move === "demote") {
    const summary = `The log of ${database} on ${serverName} moved while it was saved; it is saved once more.`;
    return { outcome: "succeeded", summary: visibleText(summary), seen };
  }
  return nothingSent(written(serverName, `the log of ${database} moved while it was saved`), seen);
}

function written(serverName: string, how: string): Problem {
  return {
    code: "stillWritten",
    class: "block",
    summary: visibleText(`${serverName} is not given up: ${how}. What was saved stays.`),
    remedy: `Stop what writes on ${serverName}, and start again: it is saved anew.`,
  };
}
