// Readings of the gate that a plan waits at, folded one after the other.
import type { Side } from "../../shared/estate/estate.ts";
import type { GateState } from "../../shared/gate/gate.ts";
import { gateAfter } from "../../shared/gate/gate.ts";
import type { GateQuestion } from "../../shared/gate/question.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import { readGate } from "../estate/read-gate.ts";
import type { SqlSession } from "../sql/session.ts";
import type { Clock } from "./clock.ts";

export type GateReader = (
  previous: GateState | undefined,
  signal?: AbortSignal,
) => Promise<GateState>;

/** Rejects only when its signal aborts. */
export function gateReader(
  plan: Plan,
  sessions: Readonly<Record<Side, SqlSession>>,
  clock: Clock,
): GateReader {
  const question = questionOf(plan);
  const [gate] = plan.steps.flatMap(({ action }) =>
    action.kind === "waitForGate" ? [action.gate] : [],
  );
  return async (previous, signal) => {
    if (gate === undefined) throw new Error("A plan without a gate is never built.");
    return gateAfter(previous, await readGate(sessions, question, clock, signal), gate, question);
  };
}

function questionOf(plan: Plan): GateQuestion {
  return {
    linkName: plan.link.name,
    databases: plan.link.databases,
    primary: plan.from,
    serverNames: { box: plan.box.serverName, instance: plan.instance.serverName },
  };
}
