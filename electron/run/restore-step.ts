// Restores the proved backup on SQL Server while the instance is watched, and proves at the end that nothing was written there.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Action, Step } from "../../shared/plan/plan.ts";
import { backupLine } from "../../shared/sql/restore-copy.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { watchWriters } from "./back-up.ts";
import { asPlannedAndHeld } from "./change-steps.ts";
import type { Aim } from "./judge.ts";
import type { LinkLook } from "./link-look.ts";
import { lookUntil } from "./look-until.ts";
import type { RunTools } from "./run-tools.ts";
import type { Moved, Saver } from "./save-copy-step.ts";
import { performStatement } from "./statement-step.ts";
import type { StepResult } from "./step-result.ts";
import { nothingSent } from "./step-result.ts";
import { areReadWrite } from "./verify-step.ts";

type RestoreCopy = Extract<Action, { readonly kind: "restoreCopy" }>;
type VerifyRestored = Extract<Action, { readonly kind: "verifyRestored" }>;

/** Sent once, and only while the instance's log stands where the backup left it; its writers are watched to the end. */
export async function restoreCopy(
  tools: RunTools,
  step: Step,
  action: RestoreCopy,
  saver: Saver,
): Promise<StepResult> {
  const { plan, settings } = tools;
  const { as, covered } = action;
  const path = saver.savedIn("instance", covered.database);
  if (path === undefined) return nothingSent(noBackup(tools, action));
  const watch = watchWriters(tools, "instance");
  try {
    const sent = await performStatement(tools, {
      step: { ...step, statement: `${backupLine(path)}\n${step.statement ?? ""}` },
      aim: restoreAim(action),
      times: { ...settings, patienceMs: settings.readBackPatienceMs },
      lastCheck: () => mayBeRestored(tools, step, action, { path, saver }),
      done: `${covered.database} is restored on ${plan.box.serverName} as ${as}, from ${path}.`,
    });
    if (sent.outcome !== "succeeded" && sent.outcome !== "warning") return sent;
    return (await stale(tools, as, { saver, sawWriters: await watch.end() })) ?? sent;
  } finally {
    await watch.end();
  }
}

/** The look of such a plan shows the restored database among SQL Server's own. */
export function restoreAim({ as }: Pick<RestoreCopy, "as">): Aim {
  const isDone = ({ box }: LinkLook) => areReadWrite([as], box);
  return { isDone, isProved: isDone, isAsBefore: (look) => isMissing(look, as) };
}

function isMissing({ box }: LinkLook, as: string): boolean {
  return (
    box.kind === "seen" &&
    box.facts.databases.some(({ name, state }) => name === as && state === null)
  );
}

/** Reads both: the restored database, and the instance once more, watched meanwhile. */
export async function verifyRestored(
  tools: RunTools,
  step: Step,
  { as }: VerifyRestored,
  saver: Saver,
): Promise<StepResult> {
  const [box, instance] = [tools.plan.box.serverName, tools.plan.instance.serverName];
  const watch = watchWriters(tools, "instance");
  try {
    const looked = await lookUntil(tools, step, {
      look: tools.look,
      isThere: (look) => areReadWrite([as], look.box),
      done: `${as} is ONLINE and can be written on ${box}, and nothing was written on ${instance} since its backup.`,
      notSeen: `It could not be read back that ${as} can be written on ${box}`,
    });
    if (looked.outcome !== "succeeded") return looked;
    return (await stale(tools, as, { saver, sawWriters: await watch.end() })) ?? looked;
  } finally {
    await watch.end();
  }
}

async function mayBeRestored(
  tools: RunTools,
  step: Step,
  action: RestoreCopy,
  { path, saver }: { readonly path: string; readonly saver: Saver },
): Promise<StepResult | undefined> {
  const refusal = await asPlannedAndHeld(tools, step);
  if (refusal !== undefined) return refusal;
  try {
    const moved = await saver.movedSince(tools, "instance");
    if (moved !== undefined && !isServersOwn(tools, moved))
      return nothingSent(notRestored(tools, action, moved.because));
    const other = otherFiles(action, await tools.readBackupFiles(path));
    if (other !== undefined) return nothingSent(notRestored(tools, action, other));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return nothingSent(error.problem);
  }
  return tools.stop.aborted
    ? { outcome: "stopped", summary: "Nothing was restored.", seen: [] }
    : undefined;
}

/** The plan was approved with the files that the instance showed; the backup alone knows them for certain. */
function otherFiles({ files }: RestoreCopy, inBackup: readonly string[]): string | undefined {
  const planned = files.map(({ logicalName }) => logicalName);
  const isSame =
    planned.length === inBackup.length && planned.every((name) => inBackup.includes(name));
  return isSame
    ? undefined
    : `its files are ${inBackup.join(", ")}, and ${planned.join(", ")} were planned; restore it by hand, with a MOVE for each`;
}

/** Undefined: it holds everything. */
async function stale(
  tools: RunTools,
  as: string,
  { saver, sawWriters }: { readonly saver: Saver; readonly sawWriters: boolean },
): Promise<StepResult | undefined> {
  const { plan } = tools;
  const { serverName } = plan.instance;
  try {
    const moved = await saver.movedSince(tools, "instance");
    if (!sawWriters && (moved === undefined || isServersOwn(tools, moved))) {
      return moved === undefined ? undefined : notOfAnybody(tools, as, moved);
    }
    const because = moved?.because ?? `a session wrote on ${serverName}, or could not be ruled out`;
    return nothingSent(staleCopy(plan.box.serverName, as, because));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return nothingSent(staleCopy(plan.box.serverName, as, error.problem.summary));
  }
}

/** log_end_lsn moves with every log backup of the service: told apart from a commit only by what was typed. */
function isServersOwn({ plan }: RunTools, { kind }: Moved): boolean {
  return kind === "logEnd" && plan.reason !== null;
}

function notOfAnybody({ plan }: RunTools, as: string, { because }: Moved): StepResult {
  const summary = visibleText(
    `${as} on ${plan.box.serverName} can be written, but ${because}. Nobody was seen to write, and that nobody can was typed: it is taken for the service's own.`,
  );
  return { outcome: "warning", summary, seen: [{ where: "instance", what: summary }] };
}

function staleCopy(box: string, as: string, because: string): Problem {
  return {
    code: "restoredCopyStale",
    class: "block",
    summary: visibleText(
      `${as} on ${box} must not be used: ${because}. What was written since the backup is not in it.`,
    ),
    remedy: `Stop what writes, drop ${visibleText(as)} on ${box}, and start again: it is backed up anew.`,
  };
}

function notRestored(tools: RunTools, { covered }: RestoreCopy, because: string): Problem {
  return {
    code: "notRestored",
    class: "block",
    summary: visibleText(`The backup of ${covered.database} is not restored: ${because}.`),
    remedy: `Stop what writes on ${tools.plan.instance.serverName}, and start again: it is backed up anew.`,
  };
}

function noBackup(tools: RunTools, action: RestoreCopy): Problem {
  return notRestored(tools, action, "none of this run is proved to hold everything");
}
