// Checks and plans of the connected link, from a fresh reading each time; the plans made are kept by their hash.
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
import type { TargetWatch } from "../../shared/forced/watch.ts";
import type { LinkMemory } from "../../shared/forced/link-memory.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { RequestInput, RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import type { OfflineWanted } from "../../shared/offline/contract.ts";
import { scriptsOf } from "../../shared/script/all.ts";
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

/** A plan as it was shown, and what it takes to build it again. */
export interface MadePlan extends SaidPlan {
  readonly request: PlanRequest | ForcedRequest | RepairRequest | OfflineRequest | TaskRequest;
}

/** What all of these plans have in common once they are built. */
type Built = Pick<Planning, "estate" | "link" | "findings" | "approved">;

export interface Plans {
  /** The checks with a look through the gate, or with what the watch of the target has seen; and the plan they allow. */
  check(choices: FailoverChoices, signal: AbortSignal): Promise<RequestOutput<"readiness.check">>;
  /** None that is forced before the watch of its target is over. */
  make(
    choices: FailoverChoices | RepairChoices | OfflineWanted | TaskChoices,
    signal: AbortSignal,
  ): Promise<RequestOutput<"plan.make">>;
  /** The link of these choices as both sides show it now. Throws AppError `noSuchLink`, `notConnected`, ... */
  readLink(choices: PlannedFailoverChoices, signal: AbortSignal): Promise<LinkOfEstate>;
  /** Reads both sides, or the one that takes over, and builds the plan of that request again. */
  again(request: MadePlan["request"]): Promise<Built>;
  /** Throws AppError `planNotMade` for a hash that was never shown. */
  made(planHash: string): MadePlan;
  scripts(planHash: string): RequestOutput<"plan.scripts">;
}

export interface PlansOptions {
  readonly connections: Connections;
  readonly clock: Clock;
  /** What the gate watch has seen of these very choices, where it runs. */
  readonly watched: (choices: PlannedFailoverChoices) => GateState | undefined;
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
  const readLink = (request: PlanRequest, signal?: AbortSignal) =>
    readLinkOfEstate(connections.sources(), request, clock, signal);
  const shown = (
    request: MadePlan["request"],
    { findings, approved }: Pick<Built, "findings" | "approved">,
  ): RequestOutput<"plan.make"> => {
    if (approved === undefined) return { findings, plan: null };
    const oldest = kept.keys().next();
    if (kept.size >= mostKept && oldest.done === false) kept.delete(oldest.value);
    kept.set(approved.hash, { ...approved, request });
    return { findings, plan: approved };
  };
  const requestOf = ({ linkName, ...choices }: PlannedFailoverChoices): PlanRequest => ({
    linkName,
    choices,
    environment: connections.environment(),
  });
  const forced = async (choices: ForcedFailoverChoices): Promise<RequestOutput<"plan.make">> => {
    const { linkName, ...rest } = choices;
    const environment = connections.environment();
    const request = { linkName, choices: rest, environment, recall: rememberedOnce(recall) };
    const watch = watchedTarget({ linkName, to: choices.to });
    const planning = await planForced(connections.sources(), request, clock, watch);
    return shown(request, onlyWatched(planning, watch));
  };
  const repair = async ({ linkName, ...choices }: RepairChoices) => {
    const request = { linkName, choices, environment: connections.environment() };
    return shown(request, await planRepair(connections.sources(), request, clock));
  };
  const offline = async ({ linkName, restoreAs, ...rest }: OfflineWanted) => {
    const request: OfflineRequest = {
      linkName: linkName ?? undefined,
      choices: { ...rest, restoreAs: restoreAs ?? undefined, gate: defaultGateSettings },
      environment: connections.environment(),
    };
    return shown(request, await planOffline(connections.sources(), request, clock));
  };
  const made = (planHash: string): MadePlan => {
    const found = kept.get(planHash);
    if (found === undefined) throw notMade();
    return found;
  };
  return {
    async check(choices, signal) {
      if (choices.kind === "forcedFailover") return forced(choices);
      const request = requestOf(choices);
      const seen = await readLink(request, signal);
      const gate = watched(choices) ?? (await lookNow(connections, seen, clock, signal));
      return shown(request, planFor(seen, request.environment, gate));
    },
    async make(choices, signal) {
      if (choices.kind === "cleanUp" || choices.kind === "hybridBenefit") {
        const task = { choices, environment: connections.environment() };
        return shown(task, await tasks.plan(task));
      }
      if (choices.kind === "forcedFailover") return forced(choices);
      if (choices.kind === "repair") return repair(choices);
      if (choices.kind === "offlineFailBack") return offline(choices);
      const request = requestOf(choices);
      return shown(request, planFor(await readLink(request, signal), request.environment));
    },
    readLink: (choices, signal) => readLink(requestOf(choices), signal),
    async again(request) {
      if (isTask(request)) return tasks.plan(request);
      if (isRepair(request)) return planRepair(connections.sources(), request, clock);
      if (isOffline(request)) return planOffline(connections.sources(), request, clock);
      return isForced(request)
        ? planForced(connections.sources(), request, clock)
        : planFor(await readLink(request), request.environment);
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

function isTask(request: MadePlan["request"]): request is TaskRequest {
  return request.choices.kind === "cleanUp" || request.choices.kind === "hybridBenefit";
}

function isForced(request: MadePlan["request"]): request is ForcedRequest {
  return request.choices.kind === "forcedFailover";
}

function isRepair(request: MadePlan["request"]): request is RepairRequest {
  return request.choices.kind === "repair";
}

function isOffline(request: MadePlan["request"]): request is OfflineRequest {
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
  connections: Connections,
  seen: LinkOfEstate,
  clock: Clock,
  signal: AbortSignal,
): Promise<GateState | undefined> {
  const { box, instance } = connections.sources();
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
