// What a run was, as data for every form of report: a fold over the run's state, in which only what was read back is proved.
import type { Finding } from "../checks/finding.ts";
import type { Side } from "../estate/estate.ts";
import type { Environment, Plan } from "../plan/plan.ts";
import type { AzureReadBack, GateSeen, RunOutcome, SideReadBack } from "../run/events.ts";
import { nextStep } from "../run/next.ts";
import type { RunStarted, RunState } from "../run/state.ts";
import { unfinishedStep } from "../run/state.ts";
import type { MigrationItem } from "./after-migration.ts";
import { afterMigration } from "./after-migration.ts";
import type { LaterReading } from "./later.ts";
import type { LossAtRisk } from "./loss-at-risk.ts";
import { lossAtRisk } from "./loss-at-risk.ts";
import type { Moment } from "./moment.ts";
import { momentOf } from "./moment.ts";
import { proved } from "./proved.ts";
import { commitModes, lastAzure, lastReadBack } from "./readings.ts";
import type { ReportStep } from "./report-step.ts";
import { reportStep } from "./report-step.ts";
import type { Repoint } from "./repoint.ts";
import { repoint } from "./repoint.ts";
import type { TakenBack } from "./taken-back.ts";
import { takenBack } from "./taken-back.ts";
import { stillToDo } from "./to-do.ts";
import { unknowns } from "./unknowns.ts";

export interface Report {
  readonly environment: Environment;
  /** `unknown` for a run that was left without an end, until a look says more. */
  readonly outcome: RunOutcome;
  /** The first thing to be said, where it is so. */
  readonly lossAtRisk: LossAtRisk | undefined;
  /** The run's own last sentence. */
  readonly verdict: string;
  readonly runId: string;
  readonly operator: string;
  readonly toolHost: string;
  readonly toolVersion: string;
  readonly started: Moment;
  /** Absent where the run has no end on disk. */
  readonly ended: Moment | undefined;
  readonly plan: Plan;
  readonly planHash: string;
  readonly logins: Readonly<Record<Side, string>>;
  readonly findings: readonly Finding[];
  readonly steps: readonly ReportStep[];
  readonly gate: ReportGate | undefined;
  /** Both sides as they were last read back; undefined when they never were. */
  readonly readBack:
    { readonly at: Moment; readonly sides: Readonly<Record<Side, SideReadBack>> } | undefined;
  /** The link's resource as Azure last told it; undefined where it was not asked. */
  readonly azure: AzureReadBack | undefined;
  /** Commit mode of the link as it was last told. */
  readonly commitModes: { readonly at: Moment; readonly sentences: readonly string[] } | undefined;
  /** Later looks at a run that was left without an end. */
  readonly looks: readonly ReportLook[];
  readonly stopRequested: Moment | undefined;
  /** Sentences about what both sides said themselves. */
  readonly proved: readonly string[];
  readonly unknown: readonly string[];
  readonly toDo: readonly string[];
  /** Connection strings to the new primary; undefined where none was read back. */
  readonly repoint: Repoint | undefined;
  /** One sentence for each step that was taken back, or was to be. */
  readonly takenBack: readonly TakenBack[];
  /** Undefined where the run did not come to it. */
  readonly afterMigration: readonly MigrationItem[] | undefined;
  /** What was read by hand after the run; no event of it. */
  readonly later?: readonly LaterReading[];
}

export interface ReportGate {
  readonly sentence: string;
  readonly verdict: "open" | "shut";
  readonly by: "commitLsn" | "fallback" | "tick" | undefined;
  readonly heldSince: Moment | undefined;
  readonly positions: GateSeen["positions"];
}

export interface ReportLook {
  readonly at: Moment;
  readonly conclusion: "happened" | "didNotHappen" | "stillRunning" | "cannotSay";
  readonly summary: string;
  readonly seen: readonly string[];
}

/** The report of a run that has begun; undefined for a journal without its first event. */
export function buildReport(state: RunState): Report | undefined {
  const { started } = state;
  return started === undefined ? undefined : reportOf(state, started);
}

function reportOf(state: RunState, started: RunStarted): Report {
  const at = (time: string): Moment => momentOf(time, started.plan, started.serverTimes ?? {});
  const readBack = lastReadBack(state);
  const modes = commitModes(state);
  return {
    environment: started.plan.environment,
    outcome: outcomeOf(state),
    lossAtRisk: lossAtRisk(state),
    verdict: verdictOf(state),
    runId: started.runId,
    operator: started.operator,
    toolHost: started.toolHost,
    toolVersion: started.toolVersion,
    started: at(started.at),
    ended: state.ended === undefined ? undefined : at(state.ended.at),
    plan: started.plan,
    planHash: started.planHash,
    logins: started.logins,
    findings: started.findings,
    steps: state.steps.map((step, index) => reportStep(step, index + 1, at)),
    gate: gateOf(state, at),
    readBack: readBack === undefined ? undefined : { at: at(readBack.at), sides: readBack.sides },
    azure: lastAzure(state),
    commitModes: modes === undefined ? undefined : { ...modes, at: at(modes.at) },
    looks: state.looks.map((look) => ({
      at: at(look.at),
      conclusion: look.conclusion,
      summary: look.summary,
      seen: look.seen.map((one) => one.what),
    })),
    stopRequested: state.stopRequestedAt === null ? undefined : at(state.stopRequestedAt),
    proved: proved(started.plan, state),
    unknown: unknowns(state),
    toDo: stillToDo(state, started.plan),
    repoint: repoint(state, started.plan),
    takenBack: takenBack(state),
    afterMigration: afterMigration(state, started.plan),
  };
}

function gateOf(state: RunState, at: (time: string) => Moment): ReportGate | undefined {
  const gate = state.steps.find((step) => step.gate !== undefined)?.gate;
  if (gate === undefined) return undefined;
  return {
    sentence: gate.sentence,
    verdict: gate.verdict,
    by: gate.by,
    heldSince: gate.heldSince === null ? undefined : at(gate.heldSince),
    positions: gate.positions,
  };
}

/** A run without an end is judged by what is known of its steps. */
function outcomeOf(state: RunState): RunOutcome {
  const next = nextStep(state);
  return next.kind === "ended" ? next.outcome : "unknown";
}

function verdictOf(state: RunState): string {
  const look = state.looks.at(-1);
  if (look !== undefined) return look.summary;
  if (state.ended !== undefined) return state.ended.summary;
  const open = unfinishedStep(state);
  return open === undefined
    ? "The run has no end on disk: it is still running, or it was interrupted between two steps."
    : `The run has no end on disk: it is still running, or it was interrupted in "${open.step.title}".`;
}
