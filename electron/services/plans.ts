// Checks and plans of the connected link, from a fresh reading each time; the plans made are kept by their hash.
import { AppError } from "../../shared/errors/app-error.ts";
import type { PlannedFailoverChoices } from "../../shared/choices/choices.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import type { RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import { scriptsOf } from "../../shared/script/all.ts";
import type { Clock } from "../run/clock.ts";
import type { LinkOfEstate, Planning, PlanRequest } from "../run/make-plan.ts";
import { lookThroughGate, planFor, readLinkOfEstate } from "../run/make-plan.ts";
import type { Connections } from "./connections.ts";

/** A plan as it was shown, and what it takes to build it again. */
export interface MadePlan extends SaidPlan {
  readonly request: PlanRequest;
}

export interface Plans {
  /** The checks with a look through the gate, and the plan they allow. */
  check(
    choices: PlannedFailoverChoices,
    signal: AbortSignal,
  ): Promise<RequestOutput<"readiness.check">>;
  make(choices: PlannedFailoverChoices, signal: AbortSignal): Promise<RequestOutput<"plan.make">>;
  /** The link of these choices as both sides show it now. Throws AppError `noSuchLink`, `notConnected`, ... */
  readLink(choices: PlannedFailoverChoices, signal: AbortSignal): Promise<LinkOfEstate>;
  /** Reads both sides and builds the plan of that request again. */
  again(request: PlanRequest): Promise<Planning>;
  /** Throws AppError `planNotMade` for a hash that was never shown. */
  made(planHash: string): MadePlan;
  scripts(planHash: string): RequestOutput<"plan.scripts">;
}

export interface PlansOptions {
  readonly connections: Connections;
  readonly clock: Clock;
  /** What the gate watch has seen of these very choices, where it runs. */
  readonly watched: (choices: PlannedFailoverChoices) => GateState | undefined;
}

/** Enough for a wizard that goes back and forth; a plan's hash is worth nothing once both sides have moved on. */
const mostKept = 32;

export function createPlans({ connections, clock, watched }: PlansOptions): Plans {
  const kept = new Map<string, MadePlan>();
  const readLink = (request: PlanRequest, signal?: AbortSignal) =>
    readLinkOfEstate(connections.sources(), request, clock, signal);
  const shown = (request: PlanRequest, planning: Planning): RequestOutput<"plan.make"> => {
    const { findings, approved } = planning;
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
  const made = (planHash: string): MadePlan => {
    const found = kept.get(planHash);
    if (found === undefined) throw notMade();
    return found;
  };
  return {
    async check(choices, signal) {
      const request = requestOf(choices);
      const seen = await readLink(request, signal);
      const gate = watched(choices) ?? (await lookNow(connections, seen, clock, signal));
      return shown(request, planFor(seen, request.environment, gate));
    },
    async make(choices, signal) {
      const request = requestOf(choices);
      return shown(request, planFor(await readLink(request, signal), request.environment));
    },
    readLink: (choices, signal) => readLink(requestOf(choices), signal),
    async again(request) {
      return planFor(await readLink(request), request.environment);
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
