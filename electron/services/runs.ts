// The run of this process: one at a time, told on as it happens, and told again to a window that has missed some of it.
import { AppError } from "../../shared/errors/app-error.ts";
import type { Side } from "../../shared/estate/estate.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { Link } from "../../shared/estate/link.ts";
import {
  isLinkNameTyped,
  linkNameNotTyped,
  typedNamePurpose,
} from "../../shared/forced/confirmed.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import type { DryRun } from "../../shared/run/dry-run.ts";
import type { RunEvent } from "../../shared/run/events.ts";
import { foldEvents, unfinishedStep } from "../../shared/run/state.ts";
import type { SideSource } from "../estate/read.ts";
import { azureFor } from "../run/azure-link.ts";
import type { Clock } from "../run/clock.ts";
import type { LeftRuns } from "../run/conclude-runs.ts";
import { dryRun } from "../run/dry-run.ts";
import { gateReader } from "../run/gate-reader.ts";
import { lookAtLink } from "../run/look-at-link.ts";
import { prepareRunFolder } from "../run/prepare-run-folder.ts";
import { writeReport } from "../run/report-file.ts";
import type { RunSettings } from "../run/run-tools.ts";
import { windowClosed } from "../run/run-tools.ts";
import type { RunAnswer } from "../run/start-run.ts";
import { startRun } from "../run/start-run.ts";
import { targetAlone } from "../run/target-reader.ts";
import { whoRuns } from "../run/who-runs.ts";
import { refuseReadsOnly } from "../sql/session.ts";
import type { AzureService } from "./azure-service.ts";
import type { Connections } from "./connections.ts";
import type { MadePlan, Plans } from "./plans.ts";
import { leftBehind, noDryRun, notInFlight, runInFlight, runLost } from "./run-problems.ts";

export interface Runs {
  /** Resolves when the run has begun, or rejects with AppError when it is refused: then nothing was sent. */
  start(planHash: string, typedLinkName?: string): Promise<RequestOutput<"run.start">>;
  /** The plan of that hash without its changes. Rejects with AppError during a run, and where a side is lost. */
  rehearse(planHash: string): Promise<DryRun>;
  /** Finishes the step in flight and starts no more. Throws AppError for another run than the one in flight. */
  stop(runId: string): void;
  /** The window is closed: as `stop`, and a later start tells how the run ended. Nothing between runs. */
  leave(): void;
  follow(afterSequence: number): RequestOutput<"run.follow">;
  /** The run in flight and the title of its step; undefined between runs. */
  inFlight(): { readonly runId: string; readonly step: string } | undefined;
  /** The events of the run in flight or the last one, if that is it; also those that could not be written. */
  eventsOf(runId: string): readonly RunEvent[] | undefined;
  /** Throws AppError `runInFlight` while one is, is about to begin, or still gives its locks back. */
  refuseDuringRun(): void;
  /** Resolves when a run that has ended has given its locks back and left its report; at once while one is in flight. */
  settled(): Promise<void>;
}

export interface RunsOptions {
  readonly connections: Connections;
  readonly plans: Plans;
  readonly azure: Pick<AzureService, "linkOperations">;
  readonly clock: Clock;
  readonly settings: RunSettings;
  readonly dataFolder: () => string;
  /** Looks at the runs that were left of the link: they come first. */
  readonly concludeLeft: (link: Link, pair: Pair) => Promise<LeftRuns>;
  /** Called before anything is locked or read: whatever else reads the link lets go of it. */
  readonly beforeRun: () => Promise<void>;
  readonly onEvent: (event: RunEvent) => void;
}

interface Run {
  readonly events: RunEvent[];
  readonly stop: AbortController;
}

export function createRuns(options: RunsOptions): Runs {
  let last: Run | undefined;
  let isBusy = false;
  let over: Promise<void> = Promise.resolve();
  const refuseDuringRun = (): void => {
    if (isBusy) throw new AppError(runInFlight());
  };
  const runIdOf = (run: Run | undefined): string | undefined =>
    run === undefined ? undefined : foldEvents(run.events.slice(0, 1)).started?.runId;
  const inFlight = (): ReturnType<Runs["inFlight"]> => {
    const runId = runIdOf(last);
    if (last === undefined || runId === undefined) return undefined;
    return isEnded(last.events) ? undefined : { runId, step: stepTitle(last.events) };
  };
  return {
    async start(planHash, typedLinkName) {
      refuseDuringRun();
      isBusy = true;
      try {
        const made = options.plans.made(planHash);
        refuseUnconfirmed(made, typedLinkName);
        await readyToRun(made, options);
        const run: Run = { events: [], stop: new AbortController() };
        return await new Promise((began, refused) => {
          const onEvent = (event: RunEvent) => {
            last = run;
            run.events.push(event);
            options.onEvent(event);
            if (event.kind === "runStarted") began({ runId: event.runId });
          };
          over = runToEnd(made, { ...options, onEvent }, run)
            .catch(refused)
            .finally(() => {
              isBusy = false;
            });
        });
      } catch (error) {
        isBusy = false;
        throw error;
      }
    },
    async rehearse(planHash) {
      refuseDuringRun();
      const made = options.plans.made(planHash);
      const approved = { plan: made.plan, hash: made.hash };
      if (approved.plan.kind !== "plannedFailover") throw new AppError(noDryRun(approved.plan));
      const { clock } = options;
      const sessions = options.connections.sessions(made.pair);
      return dryRun(approved, {
        sessions,
        clock,
        planAgain: () => options.plans.again(made),
        look: () => lookAtLink(sessions, approved.plan.link, clock),
        readGate: gateReader(approved.plan, sessions, clock),
      });
    },
    stop(runId) {
      if (inFlight()?.runId !== runId) throw new AppError(notInFlight());
      last?.stop.abort();
    },
    leave() {
      if (inFlight() !== undefined) last?.stop.abort(windowClosed);
    },
    follow: (afterSequence) => ({
      runId: runIdOf(last) ?? null,
      isRunning: inFlight() !== undefined,
      events: (last?.events ?? []).filter((event) => event.sequence > afterSequence),
    }),
    inFlight,
    eventsOf: (runId) => (runIdOf(last) === runId ? last?.events : undefined),
    refuseDuringRun,
    settled: () => (inFlight() === undefined ? over : Promise.resolve()),
  };
}

/** Nothing of an earlier run of this link may still be going on. */
async function readyToRun(made: MadePlan, options: RunsOptions): Promise<void> {
  for (const source of Object.values(sessionsFor(made, options.connections))) {
    if (!("unreachable" in source)) refuseReadsOnly(source);
  }
  await options.beforeRun();
  const { link } = await options.plans.again(made);
  const [first] = (await options.concludeLeft(link, made.pair)).runs;
  if (first !== undefined) throw new AppError(leftBehind(first));
}

/** Who is asked during the run: both sides, or in a forced failover the one that takes over alone. Throws AppError `notConnected`. */
function sessionsFor(
  { plan, pair }: MadePlan,
  connections: Connections,
): Readonly<Record<Side, SideSource>> {
  if (plan.kind !== "forcedFailover") return connections.sessions(pair);
  const alone = targetAlone(connections.sources(pair), plan.to);
  const target = alone[plan.to];
  if ("unreachable" in target) throw new AppError(target.unreachable);
  return alone;
}

function refuseUnconfirmed({ plan }: MadePlan, typedLinkName: string | undefined): void {
  const purpose = typedNamePurpose(plan);
  if (purpose === undefined || isLinkNameTyped(plan.link.name, typedLinkName)) return;
  throw new AppError(linkNameNotTyped(plan.link.name, purpose));
}

/** Rejects while nothing has begun; afterwards every end is an event. */
async function runToEnd(made: MadePlan, options: RunsOptions, run: Run): Promise<void> {
  try {
    const answer = await startMade(made, options, run);
    if (answer.kind === "refused") throw new AppError(answer.problem);
    // What cannot be written here is built again from the journal when it is asked for.
    tried(() => writeReport(answer.files, answer.events));
  } catch (error) {
    const lastEvent = run.events.at(-1);
    if (lastEvent === undefined) throw error;
    if (isEnded(run.events)) return;
    options.onEvent({
      sequence: lastEvent.sequence + 1,
      at: new Date(options.clock.nowMs()).toISOString(),
      kind: "runEnded",
      outcome: "unknown",
      summary: runLost(error),
    });
  }
}

async function startMade(made: MadePlan, options: RunsOptions, run: Run): Promise<RunAnswer> {
  const { connections, clock, settings } = options;
  const approved = { plan: made.plan, hash: made.hash };
  const [box, instance] = (["box", "instance"] as const).map(
    (side) =>
      connections.list().find(({ connectionId }) => connectionId === made.pair[side])?.login ?? "",
  );
  return startRun(
    { approved, by: whoRuns({ box: box ?? "", instance: instance ?? "" }) },
    {
      sessions: sessionsFor(made, connections),
      openPinned: (side) => connections.openPinned(made.pair, side),
      azure: await azureFor(made.plan, () => options.azure.linkOperations()),
      clock,
      settings,
      planAgain: () => options.plans.again(made),
      makeFolder: () => prepareRunFolder(options.dataFolder(), clock.nowMs(), approved),
      onEvent: options.onEvent,
      stop: run.stop.signal,
    },
  );
}

function isEnded(events: readonly RunEvent[]): boolean {
  return events.some((event) => event.kind === "runEnded");
}

function stepTitle(events: readonly RunEvent[]): string {
  const state = foldEvents(events);
  const step = unfinishedStep(state) ?? state.steps.findLast((one) => one.outcome !== null);
  return (step ?? state.steps[0])?.step.title ?? "";
}

function tried(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
