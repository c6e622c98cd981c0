// A whole plan as T-SQL files, one for each server and phase, for SSMS, sqlcmd and FreeTDS alike.
import type { Side } from "../estate/estate.ts";
import { actionForm } from "../plan/actions/all.ts";
import { kindOfServer } from "../plan/actions/action-form.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { linkWords, lossHeading, planWords } from "../plan/plan-words.ts";
import { placeName } from "../plan/where.ts";
import { closeOldCopyBatch, reopenOldCopyBatch } from "../sql/close-old-copy.ts";
import type { GuardedPlace } from "../sql/guard.ts";
import { scriptComments as comments } from "../sql/quote.ts";
import { joinBatches, releaseLockLines, useMaster } from "../sql/script-batch.ts";
import { orderOf } from "./order.ts";
import { byteOrderMark } from "./script-file.ts";
import type { ScriptFile } from "./script-file.ts";
import { startupParameters } from "./whole-plan.ts";
import type { Phase } from "./tsql-file-names.ts";
import {
  closeFileName,
  fileSidesOf,
  phasesOf,
  reopenFileName,
  stepsOf,
  tsqlFileName,
} from "./tsql-file-names.ts";
import { lockOf } from "../plan/planned-server.ts";

export interface TsqlFile extends ScriptFile {
  readonly side: Side;
}

/**
 * The scripts in the order in which an operator opens them. They need no variables, no sqlcmd mode and hold no password.
 * `planHash` is the fingerprint that was approved, as hexadecimal digits.
 */
export function toTsqlScripts(plan: Plan, planHash: string): readonly TsqlFile[] {
  const files = phasesOf(plan).flatMap((phase) =>
    fileSidesOf(plan).map((side) => ({
      fileName: tsqlFileName(plan, side, phase),
      side,
      purpose: purposeOf(plan, side, phase),
      batches: [...stepBatches(plan, side, phase), ...releaseBatch(plan, side, phase)],
    })),
  );
  return [...files, ...closingFiles(plan)].map(({ fileName, side, purpose, batches }) => ({
    fileName,
    side,
    server: plan[side].serverName,
    text:
      byteOrderMark + joinBatches([headerOf(plan, planHash, side, purpose), useMaster, ...batches]),
  }));
}

/** What stands in the header beyond what every file says. */
function purposeOf(plan: Plan, side: Side, phase: Phase): readonly string[] {
  if (phase === "after") {
    return [
      "Run it only when the link is gone in Azure. It proves nothing of Azure itself.",
      ...(side === "box"
        ? [
            "A distributed group whose other side still answers is not dropped (error 50008). SQL Server may take a minute to",
            "notice that it is gone: then run this file again.",
          ]
        : []),
    ];
  }
  if (plan.loss !== null) {
    return [lossHeading(plan), ...plan.loss, ...onlyLooks(plan)];
  }
  if (plan.move === "none") return startupParameters(plan);
  if (plan.kind === "offlineFailBack") return [];
  if (side === plan.from) return commitModeNote(plan);
  return [
    "This file changes nothing. Run it in two parts:",
    `'Before' (step ${gateNumber(plan)}) when the workload has stopped, then ${tsqlFileName(plan, plan.from, "first")} on ${plan[plan.from].serverName},`,
    plan.move === "failover"
      ? "'After' (every step behind it) when that has ended."
      : "and what comes then stands below.",
  ];
}

function onlyLooks({ move }: Plan): readonly string[] {
  return move === "delete"
    ? [
        "",
        "This file changes nothing: it looks whether log still arrives. No T-SQL deletes a link.",
      ]
    : [];
}

function gateNumber({ steps }: Plan): number {
  return steps.findIndex(({ action }) => action.kind === "waitForGate") + 1;
}

/** A file has no memory: who stops in the middle sets the commit mode back by hand. */
function commitModeNote({ steps }: Plan): readonly string[] {
  const setting = steps.find(({ action }) => action.kind === "setCommitMode");
  if (setting?.action.kind !== "setCommitMode") return [];
  const modes = setting.action.modes.map(({ replica, previous }) => `${replica} ${previous}`);
  return [
    `Step ${steps.indexOf(setting) + 1} stays in force if you stop here: set the availability modes of the link back (${modes.join(", ")}).`,
  ];
}

interface Closing {
  readonly fileName: string;
  readonly side: Side;
  readonly purpose: readonly string[];
  readonly batches: readonly string[];
}

function closingFiles(plan: Plan): readonly Closing[] {
  if (plan.closeOldCopy !== "script") return [];
  const side = plan.from;
  const place: GuardedPlace = { side, server: plan[side], link: plan.link, roles: [] };
  return [
    {
      fileName: closeFileName,
      side,
      purpose: [
        "It keeps the old copy from being written: it disables the logins that have a user in its databases.",
        "Such a login cannot connect to any other database of this server either. Sessions that are open stay open.",
        "Left alone: sysadmin, the login that runs this, what is disabled already, Windows and Entra groups.",
        `Which ones it disabled is remembered as the members of a server role; ${reopenFileName} enables only those.`,
      ],
      batches: [closeOldCopyBatch(place)],
    },
    {
      fileName: reopenFileName,
      side,
      purpose: [
        `It undoes ${closeFileName}: it enables exactly the logins that were disabled there.`,
      ],
      batches: [reopenOldCopyBatch(place)],
    },
  ];
}

/** Comments alone: a tool that sends the byte order mark on to the server loses nothing but this batch. */
function headerOf(plan: Plan, planHash: string, side: Side, purpose: readonly string[]): string {
  const here = plan[side].serverName;
  return comments([
    `${plan.environment.toUpperCase()}. MI Link Failover: ${planWords(plan)} ${linkWords(plan)}.`,
    `Run this file on ${here} (${kindOfServer(side)}, ${plan[side].productVersion ?? "version not read"}, ${plan[side].edition ?? "edition not read"}).`,
    `Plan ${planHash}`,
    "",
    plan.summary,
    "",
    "In this order:",
    ...orderOf(plan),
    "",
    ...(purpose.length === 0 ? [] : [...purpose, ""]),
    "Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed",
    "nothing; an error 50020 says that the end is not proved: read both sides before anything else.",
  ]);
}

/** The steps in the plan's order; parts that must not be passed after a THROW share one batch. */
function stepBatches(plan: Plan, side: Side, phase: Phase): readonly string[] {
  const batches: string[] = [];
  let open: string[] = [];
  for (const index of stepsOf(plan, phase)) {
    const step = plan.steps[index];
    if (step === undefined) continue;
    const heading = comments([
      `Step ${index + 1} of ${plan.steps.length}, ${step.id}: ${step.title}`,
      `Done when: ${step.doneWhen}`,
    ]);
    const part = actionForm(step.action, plan).script[side];
    if (part === undefined) {
      const elsewhere = comments([`Nothing to do here: it runs on ${placeOf(plan, step)}.`]);
      open.push(`${heading}\n${elsewhere}`);
      continue;
    }
    open.push(`${heading}\n${part.text}`);
    if (part.endsWith === "nextPart") continue;
    batches.push(open.join("\n\n"));
    open = [];
  }
  return open.length === 0 ? batches : [...batches, open.join("\n\n")];
}

/** The lock is taken before the failover, and again when the old copy was looked at. */
function releaseBatch(plan: Plan, side: Side, phase: Phase): readonly string[] {
  if (side !== plan.from && plan.kind !== "offlineFailBack") return [];
  const isTaken = stepsOf(plan, phase).some((index) => {
    const kind = plan.steps[index]?.action.kind;
    return (
      kind === "waitForGate" ||
      kind === "lookAtOldCopy" ||
      kind === "waitForNoWriters" ||
      kind === "restoreCopy"
    );
  });
  if (!isTaken) return [];
  return [
    [
      comments(["The end: gives the lock of this session back."]),
      ...releaseLockLines(lockOf(plan, side)),
    ].join("\n"),
  ];
}

function placeOf(plan: Plan, step: Step): string {
  return placeName(plan, step.runsOn);
}
