// Checks and plans of a link between two connected servers, from a fresh reading each time; the plans made are kept by their hash.
import { AppError } from "../../shared/errors/app-error.ts";
import type {
  FailoverChoices,
  ForcedFailoverChoices,
  PlannedFailoverChoices,
  RepairChoices,
  TaskChoices,
} from "../../shared/choices/choices.ts";
import { defaultGateSettings } from "../../shared/choices/choices.ts";
import { isWatchOver } from "../../shared/forced/confirmed.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import type { TargetWatch } from "../../shared/forced/watch.ts";
import type { LinkMemory } from "../../shared/forced/link-memory.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { RequestInput, RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import type { OfflineWanted } from "../../shared/offline/contract.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import type { EstateSources } from "../estate/read.ts";
import type { Clock } from "../run/clock.ts";
import type { ForcedPlanning, ForcedRequest } from "../run/make-forced-plan.ts";
import { planForced } from "../run/make-forced-plan.ts";
import type { LinkOfEstate, Planning, PlanRequest } from "../run/make-plan.ts";
import { lookThroughGate, planFor, readLinkOfEstate } from "../run/make-plan.ts";
import type { OfflineRequest } from "../run/make-offline-plan.ts";
import { planOffline } from "../run/make-offline-plan.ts";
import type { RepairRequest } from "../run/make-repair-plan.ts";
import { planRepair } from "../run/make-repair-plan.ts";
import type { Connections } from "./connections.ts";
import type { TaskRequest, Tasks } from "./tasks.ts";

type AnyRequest = PlanRequest | ForcedRequest | RepairRequest | OfflineRequest | TaskRequest;

/** What it takes to build a plan again: between which servers, and what was asked for. */
export interface PlanSource {
  readonly pair: Pair;
  readonly request: AnyRequest;
}

/** A plan as it was shown. */
export interface MadePlan extends SaidPlan, PlanSource {}

/** A link between these two servers. */
type Between<Choices> = Readonly<{ pair: Pair; choices: Choices }>;

/** What all of these plans have in common once they are built. */
type Built = Pick<Planning, "estate" | "link" | "findings" | "approved">;

export interface Plans {
  /** The checks with a look through the gate, or with what the watch of the target has seen; and the plan they allow. */
  check(
    asked: Between<FailoverChoices>,
    signal: AbortSignal,
  ): Promise<RequestOutput<"readiness.check">>;
  /** None that is forced before the watch of its target is over. */
  make(
    asked: Between<FailoverChoices | RepairChoices | OfflineWanted | TaskChoices>,
    signal: AbortSignal,
  ): Promise<RequestOutput<"plan.make">>;
  /** The link of these choices as both sides show it now. Throws AppError `noSuchLink`, `notConnected`, ... */
  readLink(asked: Between<PlannedFailoverChoices>, signal: AbortSignal): Promise<LinkOfEstate>;
  /** Reads both sides, or the one that takes over, and builds the plan of that request again. */
  again(source: PlanSource): Promise<Built>;
  /** Throws AppError `planNotMade` for a hash that was never shown. */
  made(planHash: string): MadePlan;
  scripts(planHash: string): RequestOutput<"plan.scripts">;
}

export interface PlansOptions {
  readonly connections: Connections;
  readonly clock: Clock;
  /** What the gate watch has seen of these very choices, where it runs. */
  readonly watched: (asked: Between<PlannedFailoverChoices>) => GateState | undefined;
  /** What the watch of the side that is to take over has seen, where it runs. */
  readonly watchedTarget: (target: RequestInput<"target.watch">) => TargetWatch | undefined;
  /** What was remembered of the link while both sides answered; undefined: nothing. */
  readonly recall: (groupId: string) => LinkMemory | undefined;
  readonly tasks: Pick<Tasks, "plan">;
}

/** Enough for a wizard that goes back and forth; a plan's hash is worth nothing once both sides have moved on. */
const mostKept = 32;

export function createPlans(options: PlansOptions): Plans {
  const { connections, clock, watched, watchedTarget, recall, tasks } = options;
  const kept = new Map<string, MadePlan>();
  const readLink = (pair: Pair, request: PlanRequest, signal?: AbortSignal) =>
    readLinkOfEstate(connections.sources(pair), request, clock, signal);
  const shown = (
    source: PlanSource,
    { findings, approved }: Pick<Built, "findings" | "approved">,
  ): RequestOutput<"plan.make"> => {
    if (approved === undefined) return { findings, plan: null };
    const oldest = kept.keys().next();
    if (kept.size >= mostKept && oldest.done === false) kept.delete(oldest.value);
    kept.set(approved.hash, { ...approved, ...source });
    return { findings, plan: approved };
  };
  const requestOf = ({
    pair,
    choices: { linkName, ...choices },
  }: Between<PlannedFailoverChoices>): PlanRequest => ({
    linkName,
    choices,
    environment: connections.environment(pair),
  });
  const forced = async (
    pair: Pair,
    choices: ForcedFailoverChoices,
  ): Promise<RequestOutput<"plan.make">> => {
    const { linkName, ...rest } = choices;
    const environment = connections.environment(pair);
    const request = { linkName, choices: rest, environment, recall: rememberedOnce(recall) };
    const watch = watchedTarget({ pair, linkName, to: choices.to });
    const planning = await planForced(connections.sources(pair), request, clock, watch);
    return shown({ pair, request }, onlyWatched(planning, watch));
  };
  const repair = async (pair: Pair, { linkName, ...choices }: RepairChoices) => {
    const request = { linkName, choices, environment: connections.environment(pair) };
    const planning = await planRepair(connections.sources(pair), request, clock);
    return shown({ pair, request }, planning);
  };
  const offline = async (pair: Pair, { linkName, restoreAs, ...rest }: OfflineWanted) => {
    const request: OfflineRequest = {
      linkName: linkName ?? undefined,
      choices: { ...rest, restoreAs: restoreAs ?? undefined, gate: defaultGateSettings },
      environment: connections.environment(pair),
    };
    const planning = await planOffline(connections.sources(pair), request, clock);
    return shown({ pair, request }, planning);
  };
  const made = (planHash: string): MadePlan => {
    const found = kept.get(planHash);
    if (found === undefined) throw notMade();
    return found;
  };
  return {
    async check({ pair, choices }, signal) {
      if (choices.kind === "forcedFailover") return forced(pair, choices);
      const request = requestOf({ pair, choices });
      const seen = await readLink(pair, request, signal);
      const gate =
        watched({ pair, choices }) ??
        (await lookNow(connections.sources(pair), seen, clock, signal));
      return shown({ pair, request }, planFor(seen, request.environment, gate));
    },
    async make({ pair, choices }, signal) {
      if (choices.kind === "cleanUp" || choices.kind === "hybridBenefit") {
        const task = { choices, environment: connections.environment(pair) };
        return shown({ pair, request: task }, await tasks.plan(pair, task));
      }
      if (choices.kind === "forcedFailover") return forced(pair, choices);
      if (choices.kind === "repair") return repair(pair, choices);
      if (choices.kind === "offlineFailBack") return offline(pair, choices);
      const request = requestOf({ pair, choices });
      const seen = await readLink(pair, request, signal);
      return shown({ pair, request }, planFor(seen, request.environment));
    },
    readLink: (asked, signal) => readLink(asked.pair, requestOf(asked), signal),
    async again({ pair, request }) {
      if (isTask(request)) return tasks.plan(pair, request);
      if (isRepair(request)) return planRepair(connections.sources(pair), request, clock);
      if (isOffline(request)) return planOffline(connections.sources(pair), request, clock);
      return isForced(request)
        ? planForced(connections.sources(pair), request, clock)
        : planFor(await readLink(pair, request), request.environment);
    },
    made,
    scripts(planHash) {
      const { plan, hash } = made(planHash);
      return scriptsOf(plan, hash).map(({ fileName, server, text }) => ({
        fileName,
        server,
        text,
      }));
    },
  };
}

function isTask(request: AnyRequest): request is TaskRequest {
  return request.choices.kind === "cleanUp" || request.choices.kind === "hybridBenefit";
}

function isForced(request: AnyRequest): request is ForcedRequest {
  return request.choices.kind === "forcedFailover";
}

function isRepair(request: AnyRequest): request is RepairRequest {
  return request.choices.kind === "repair";
}

function isOffline(request: AnyRequest): request is OfflineRequest {
  return request.choices.kind === "offlineFailBack";
}

/**
 * What is remembered is kept while both sides answer, which an alive primary does: what was approved is stated with the same
 * memory when it is planned once more.
 */
function rememberedOnce(recall: PlansOptions["recall"]): PlansOptions["recall"] {
  const known = new Map<string, LinkMemory | undefined>();
  return (groupId) => {
    if (!known.has(groupId)) known.set(groupId, recall(groupId));
    return known.get(groupId);
  };
}

/** Nothing forced is shown for approval before somebody has looked whether the primary is really gone. */
function onlyWatched(
  planning: ForcedPlanning,
  watch: TargetWatch | undefined,
): Pick<Built, "findings" | "approved"> {
  return isWatchOver(watch, planning.choices.despite)
    ? planning
    : { ...planning, approved: undefined };
}

/** A side that is not connected leaves the gate unread; the checks say so. */
async function lookNow(
  { box, instance }: EstateSources,
  seen: LinkOfEstate,
  clock: Clock,
  signal: AbortSignal,
): Promise<GateState | undefined> {
  if ("unreachable" in box || "unreachable" in instance) return undefined;
  return lookThroughGate({ box, instance }, seen, clock, signal);
}

function notMade(): AppError {
  return new AppError({
    code: "planNotMade",
    class: "block",
    summary: "There is no plan of that hash here. Nothing was sent.",
    remedy: "Make the plan again and look at it.",
  });
}
