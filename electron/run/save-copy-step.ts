// Saves a copy before it is given up, and judges whether its backups hold everything: what they are, and what moved meanwhile.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
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

/** What is known of one copy's backup, the newest in `path`: where the log stood when it held everything, or that it has moved since. */
interface Saved {
  readonly path: string;
  readonly position: LogPosition | undefined;
  readonly isWhole: boolean;
  /** How often the log moved while a backup of ours ran, and whether a transaction of a user was seen meanwhile. */
  readonly moves: number;
  readonly sawWriters: boolean;
}

export interface Moved {
  readonly because: string;
  /** Nobody could be looked for, somebody writes, or only the log stands elsewhere. */
  readonly kind: "unseen" | "written" | "commits" | "logEnd";
}

export interface Saver {
  readonly save: (tools: RunTools, step: Step, action: SaveCopy) => Promise<StepResult>;
  /** Why the copies may not be given up; undefined: the log of each stands where its backup left it. */
  /** Why the backups hold no longer everything; undefined: the log of each copy stands where its backup left it. */
  readonly movedSince: (tools: RunTools, side: "box" | "instance") => Promise<Moved | undefined>;
  /** Where the newest backup is, if it holds everything. */
  readonly savedIn: (side: "box" | "instance", database: string) => string | undefined;
  readonly lacking: (tools: RunTools, side: "box" | "instance") => Promise<Problem | undefined>;
}

/** One per run: it carries the positions from the backups to the demotion. */
export function createSaver(): Saver {
  const known = new Map<string, Saved>();
  const movedSince: Saver["movedSince"] = async (tools, side) => {
    const copies = await tools.readCopiesToSave(side);
    const asked = await writersNow(tools, side);
    if (!("writers" in asked)) return { because: asked.because.summary, kind: "unseen" };
    if (asked.writers.length > 0)
      return { because: "a session writes there again", kind: "written" };
    const moved = copies.find((copy) => {
      const saved = known.get(`${side} ${copy.database}`);
      return saved?.isWhole !== true || !isSamePosition(saved.position, positionOf(copy));
    });
    if (moved === undefined) return undefined;
    const isEnd = positionOf(moved)?.column === "log_end_lsn";
    return {
      because: `the log of ${moved.database} has moved since its backup`,
      kind: isEnd ? "logEnd" : "commits",
    };
  };
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
    movedSince,
    savedIn(side, database) {
      const saved = known.get(`${side} ${database}`);
      return saved?.isWhole === true ? saved.path : undefined;
    },
    async lacking(tools, side) {
      const moved = await movedSince(tools, side);
      if (moved === undefined) return undefined;
      return moved.kind === "unseen"
        ? cannotSee(tools.plan[side].serverName, moved.because)
        : written(tools.plan, side, moved.because);
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
    return { path: action.to, position: after, isWhole: true, moves: 0, sawWriters };
  }
  const moves = (earlier?.moves ?? 0) + 1;
  const saw = sawWriters || earlier?.sawWriters === true;
  const isOwn = action.attempt === 2 && moves === 2 && !saw && plan.reason !== null;
  return { path: action.to, position: after, isWhole: isOwn, moves, sawWriters: saw };
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
  if (attempt === 1 && tools.plan.move !== "force") {
    const summary = `The log of ${database} on ${serverName} moved while it was saved; it is saved once more.`;
    return { outcome: "succeeded", summary: visibleText(summary), seen };
  }
  return nothingSent(
    written(tools.plan, side, `the log of ${database} moved while it was saved`),
    seen,
  );
}

function written(plan: Plan, side: "box" | "instance", how: string): Problem {
  const { serverName } = plan[side];
  return {
    code: "stillWritten",
    class: "block",
    summary: visibleText(
      `${serverName} is not ${plan.move === "restore" ? "restored from" : "given up"}: ${how}. What was saved stays.`,
    ),
    remedy: `Stop what writes on ${serverName}, and start again: it is saved anew.`,
  };
}
