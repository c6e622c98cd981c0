// One BACKUP of a copy that is to be given up: sent once, watched for writers, and proved by msdb and by reading it back.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Action, Plan, Step } from "../../shared/plan/plan.ts";
import type { BackupSet, CopyToSave, LogPosition } from "../../shared/repair/copy-to-save.ts";
import { lackOf, positionOf } from "../../shared/repair/copy-to-save.ts";
import { verifyBackupStatement } from "../../shared/sql/save-copy.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { PinnedSession } from "../sql/session.ts";
import { waitUnless } from "./pacing.ts";
import { writersEveryMs, writersNow } from "./quiet-step.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";

type SaveCopy = Extract<Action, { readonly kind: "saveCopy" }>;

export interface BackedUp {
  readonly before: LogPosition | undefined;
  readonly after: LogPosition | undefined;
  readonly set: BackupSet;
  readonly sawWriters: boolean;
}

/**
 * Its begin is flushed before the statement. An error ends it; a lost answer is settled by what becomes of the connection, and
 * then msdb says whether there is a backup. Where the log stood is read directly before and after the statement, with the
 * writers watched from the one to the other: what moves it while the backup is read back is seen later, by the last look.
 */
export async function backUp(
  tools: RunTools,
  step: Step,
  action: SaveCopy,
): Promise<BackedUp | { readonly refused: StepResult }> {
  const { side, to } = action;
  const { statement } = step;
  if (statement === undefined) throw new Error(`Step ${step.id} does not say what it sends.`);
  const { serverName } = tools.plan[side];
  const refuse = (problem: Problem | undefined, because: string) => ({
    refused: notSaved(tools, action, problem, because),
  });
  const watch = watchWriters(tools, side);
  try {
    const noted = await copyOf(tools, action);
    if (noted.backups.some(({ path }) => path === to)) {
      return refuse(undefined, `msdb on ${serverName} has a backup in ${to} already`);
    }
    const session = await tools.openPinned(side);
    try {
      const problem = await sendBackup(tools, step, { session, statement });
      if (problem !== undefined) return refuse(problem, "");
      const copy = await copyOf(tools, action);
      const sawWriters = await watch.end();
      const lack = lackOf(copy, [to], positionOf(noted));
      if ("because" in lack) return refuse(undefined, lack.because);
      await session.execute(verifyBackupStatement(to, lack.set.position));
      return { before: positionOf(noted), after: positionOf(copy), set: lack.set, sawWriters };
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(error.problem, "");
  } finally {
    await watch.end();
  }
}

/** Undefined: it ended without error, or its answer was lost and it does not run any more. */
async function sendBackup(
  tools: RunTools,
  step: Step,
  { session, statement }: { readonly session: PinnedSession; readonly statement: string },
): Promise<Problem | undefined> {
  const { recorder, clock, settings } = tools;
  const { side, sessionId, loginTime } = session;
  const connection = { side, sessionId, loginTime };
  recorder.begin({ kind: "stepBegan", stepId: step.id, statement, connection });
  const beganMs = clock.nowMs();
  try {
    await session.execute(statement);
    const elapsedMs = clock.nowMs() - beganMs;
    recorder.note({ kind: "statementReturned", stepId: step.id, elapsedMs });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { problem } = error;
    const isLost = problem.class === "ambiguous" && problem.sqlNumber === undefined;
    recorder.note({ kind: isLost ? "answerLost" : "statementFailed", stepId: step.id, problem });
    if (!isLost) return problem;
    const untilMs = clock.nowMs() + settings.operationPatienceMs;
    while (clock.nowMs() < untilMs) {
      const activity = await tools.activity(connection);
      if (activity === "gone" || activity === "idle") return undefined;
      await waitUnless(clock, settings.lookEveryMs, undefined);
    }
    return problem;
  }
}

export interface WriterWatch {
  /** Whether anybody was seen to write, or could not be seen; ends the watch. */
  end(): Promise<boolean>;
}

/** Looks every 0.5 s, from now on, and once more at its end. */
export function watchWriters(tools: RunTools, side: "box" | "instance"): WriterWatch {
  const over = new AbortController();
  const isWritten = async (): Promise<boolean> => {
    const asked = await writersNow(tools, side);
    // What could not be read was not seen to be quiet.
    return !("writers" in asked) || asked.writers.length > 0;
  };
  const watch = async (): Promise<boolean> => {
    let sawWriters = false;
    while (!over.signal.aborted) {
      sawWriters = (await isWritten()) || sawWriters;
      await waitUnless(tools.clock, writersEveryMs, over.signal);
    }
    return (await isWritten()) || sawWriters;
  };
  const watched = watch();
  return {
    end() {
      over.abort();
      return watched;
    },
  };
}

function notSaved(
  { plan }: RunTools,
  { side, database }: SaveCopy,
  problem: Problem | undefined,
  because: string,
): StepResult {
  const { serverName } = plan[side];
  return {
    ...nothingSent({
      code: "notSaved",
      class: "block",
      summary: visibleText(
        `${database} on ${serverName} is not proved to be saved: ${problem?.summary ?? `${because}.`} ${nothingDone(plan)}`,
      ),
      ...(problem?.sqlNumber === undefined ? {} : { sqlNumber: problem.sqlNumber }),
      remedy: problem?.remedy ?? "Look at msdb and at the place of the backup, and start again.",
    }),
  };
}

/** What a copy that is not saved keeps from being done. */
export function nothingDone({ move }: Plan): string {
  return move === "restore" ? "Nothing was restored." : "Nothing was given up.";
}

export function cannotSee(serverName: string, because: string): Problem {
  return {
    code: "notSeen",
    class: "block",
    summary: visibleText(`Whether anybody writes on ${serverName} cannot be seen: ${because}`),
    remedy: "Nothing was given up. Start again when it can be read.",
  };
}

async function copyOf(tools: RunTools, { side, database }: SaveCopy): Promise<CopyToSave> {
  const copy = (await tools.readCopiesToSave(side)).find((one) => one.database === database);
  if (copy !== undefined) return copy;
  throw new AppError(cannotSee(tools.plan[side].serverName, `${database} is not shown.`));
}
