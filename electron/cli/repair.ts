// repair: two primaries, or none, made one again; what is given up is saved first, and the link's name is typed.
import type { RepairChoices } from "../../shared/choices/choices.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { nameOf } from "../../shared/estate/name-of.ts";
import { lossHeading } from "../../shared/plan/plan-words.ts";
import { brokenAs } from "../../shared/repair/input.ts";
import { isUrl, stampOf } from "../../shared/repair/save-target.ts";
import type { SavePlace } from "../../shared/repair/save-target.ts";
import { proposeSurvivor } from "../../shared/repair/survivor.ts";
import { visibleText } from "../../shared/visible-text.ts";
import type { RepairPlanning, RepairRequest } from "../run/make-repair-plan.ts";
import { planRepair } from "../run/make-repair-plan.ts";
import { notConfirmed } from "./confirm.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { answer } from "./output.ts";
import type { TaskOptions } from "./task-options.ts";
import { toDosOf } from "./repair-lines.ts";
import { runTask, showTask } from "./task.ts";
import { UsageError } from "./usage-error.ts";
import { findingLines } from "./words.ts";

type RepairOptions = Extract<TaskOptions, { kind: "repair" }>;

export async function repair(context: Context, given: RepairOptions): Promise<ExitCode> {
  const { options, sources, clock } = context;
  const { keep } = given;
  if (keep === undefined) return ask(context, given);
  const request = requestOf(context, given, keep);
  const plan = () => planRepair(sources, request, clock);
  const planning = await plan();
  if (options.command !== "run") {
    const code = showTask(context, planning);
    if (planning.approved !== undefined) tellStamp(context, request);
    return code;
  }
  return runTask(context, { planning, planAgain: plan }, (approved) =>
    notConfirmed(context, approved, {
      what: "a repair",
      shownBy: "`repair plan`",
      first: [lossHeading(approved.plan), ...(approved.plan.loss ?? []).map(visibleText), ""],
      risk:
        approved.plan.move === "none"
          ? "The link is removed for good, and both copies go on apart."
          : "What only the other side holds is discarded there.",
      purpose: "to repair it",
    }),
  );
}

/** Which side goes on is never chosen by itself: both are told, and the operator names one. */
async function ask(context: Context, given: RepairOptions): Promise<ExitCode> {
  if (context.options.command !== "check") {
    throw new UsageError(
      "repair needs --keep box or --keep instance: the side that is primary afterwards. `repair check` tells both.",
    );
  }
  const planning = await planRepair(
    context.sources,
    requestOf(context, given, "instance"),
    context.clock,
  );
  const findings = planning.findings.filter(({ check }) => check === "linkState");
  answer(context, { findings, copies: planning.input.copies }, [
    ...findingLines(findings),
    ...(brokenAs(planning.input) === undefined ? [] : bothSides(context, planning)),
  ]);
  return brokenAs(planning.input) === undefined ? exitCodes.notReady : exitCodes.done;
}

function bothSides(context: Context, { input, link }: RepairPlanning): readonly string[] {
  const lines = (["box", "instance"] as const).flatMap((side) => copyLines(input, side));
  if (brokenAs(input) !== "noPrimary") {
    return [...lines, "Name the side that stays primary: --keep box or --keep instance."];
  }
  const proposal = proposeSurvivor(input, toDosOf(context).wasForced(link));
  return [
    ...lines,
    proposal.kind === "proposed"
      ? `${visibleText(nameOf(input.estate[proposal.side]))} has hardened more: --keep ${proposal.side}, unless a failover was forced from another computer.`
      : `${proposal.because} Name the side that becomes primary: --keep box or --keep instance.`,
  ];
}

function copyLines({ estate, copies }: RepairPlanning["input"], side: Side): readonly string[] {
  const name = visibleText(nameOf(estate[side]));
  const seen = copies[side];
  if (seen.kind === "unseen") return [`${name}: ${visibleText(seen.problem.summary)}`];
  return seen.copies.map(
    (copy) =>
      `${name}: ${visibleText(copy.database)} ${copy.state ?? "not shown"}, last commit ${copy.lastCommitLsn ?? "not told"}, hardened ${copy.lastHardenedLsn ?? "not told"}, recovery fork ${copy.recoveryForkGuid ?? "not told"}`,
  );
}

function requestOf(
  { options, clock }: Context,
  given: RepairOptions,
  survivor: Side,
): RepairRequest {
  const choices: Omit<RepairChoices, "linkName"> = {
    kind: "repair",
    survivor,
    ending: options.keepLink ? "rejoin" : "alone",
    saveTo: placesOf(given, stampOf(new Date(clock.nowMs()))),
    demoteBy: options.failoverBy,
    roleChangeType: given.roleChangeType,
    writersStopped: given.writersStopped,
  };
  return { linkName: options.linkName, environment: options.environment, choices };
}

/** The files' names are part of what is approved: a run by hash is told the same. */
function tellStamp({ options, terminal }: Context, { choices }: RepairRequest): void {
  const stamp = (choices.saveTo.box ?? choices.saveTo.instance)?.stamp;
  if (stamp === undefined || options.command === "check") return;
  terminal.tell(`To run this very plan: --stamp ${stamp} beside --approve and --link-name.`);
}

/** A URL is the instance's, anything else a folder of SQL Server's. */
function placesOf(
  { saveTo, stamp: named }: RepairOptions,
  made: string,
): Readonly<Record<Side, SavePlace | null>> {
  const stamp = named ?? made;
  const box = saveTo.find((place) => !isUrl(place));
  const instance = saveTo.find(isUrl);
  return {
    box: box === undefined ? null : { folder: box, stamp },
    instance: instance === undefined ? null : { folder: instance, stamp },
  };
}
