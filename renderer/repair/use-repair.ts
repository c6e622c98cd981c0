// Carries the page of a repair: looks at both copies, has the plan made, starts the run and follows it.
import { useEffect, useState } from "react";
import type { Problem } from "../../shared/errors/app-error.ts";
import type { LinkRef } from "../../shared/estate/pair.ts";
import type { RequestOutput } from "../../shared/ipc.ts";
import type { RepairLook } from "../../shared/repair/contract.ts";
import type { Plan } from "../../shared/plan/plan.ts";
import type { Broken } from "../../shared/repair/input.ts";
import type { Request } from "../api.ts";
import { ask, useRequest } from "../api.ts";
import type { RunLog } from "../run/run-log.ts";
import { useRunLog } from "../run/use-run-log.ts";
import type { RepairAnswers } from "./repair-state.ts";
import { isRepairConfirmed, noAnswers, repairChoices } from "./repair-state.ts";

export interface RepairControls {
  readonly answers: RepairAnswers;
  /** What is planned from changes the plan: it has to be made again. */
  readonly answer: (changed: Partial<RepairAnswers>) => void;
  readonly look: RepairLook | undefined;
  readonly planning: Request<"plan.make">;
  readonly made: RequestOutput<"plan.make"> | undefined;
  readonly plan: Plan | undefined;
  readonly makePlan: (broken: Broken) => void;
  readonly isStarting: boolean;
  /** Why nothing was started, or why Stop could not be asked for. */
  readonly problem: Problem | undefined;
  readonly start: () => void;
  readonly runId: string | undefined;
  readonly log: RunLog;
  readonly isOver: boolean;
  readonly isStopping: boolean;
  readonly stop: () => void;
}

/** `shownRunId`: of a window that comes back to a run. */
export function useRepair(
  { linkName, pair }: LinkRef,
  shownRunId: string | undefined,
): RepairControls {
  const [answers, setAnswers] = useState(noAnswers);
  const look = useLook({ linkName, pair }, shownRunId === undefined);
  const planning = useRequest("plan.make");
  const starting = useRequest("run.start");
  const [startedId, setStartedId] = useState(shownRunId);
  const [problem, setProblem] = useState<Problem>();
  const [isStopping, setIsStopping] = useState(false);
  const run = useRunLog(startedId);
  const made = planning.status.kind === "loaded" ? planning.status.value : undefined;
  const plan = made?.plan?.plan;
  const start = async () => {
    if (made?.plan === undefined || made.plan === null) return;
    if (!isRepairConfirmed(made.plan.plan, answers)) return;
    const answer = await starting.send({
      planHash: made.plan.hash,
      typedLinkName: answers.typedLinkName,
    });
    if (answer === undefined) return;
    if (answer.ok) {
      setStartedId(answer.value.runId);
      return;
    }
    // What was refused is not tried again: both sides are read for another plan, with files of its own.
    setProblem(answer.error);
    planning.reset();
  };
  const stop = async () => {
    if (startedId === undefined) return;
    setIsStopping(true);
    const answer = await ask("run.stop", { runId: startedId });
    if (answer.ok) return;
    setIsStopping(false);
    setProblem(answer.error);
  };
  return {
    answers,
    answer(changed) {
      setAnswers((before) => ({ ...before, ...changed }));
      if (!("typedLinkName" in changed)) planning.reset();
    },
    look,
    planning,
    made,
    plan,
    makePlan(broken) {
      const choices = repairChoices(linkName, broken, answers, new Date());
      setProblem(undefined);
      setAnswers((before) => ({ ...before, typedLinkName: "" }));
      if (choices !== undefined) void planning.send({ pair, choices });
    },
    isStarting: starting.isBusy,
    problem,
    start: () => void start(),
    runId: startedId,
    ...run,
    isStopping,
    stop: () => void stop(),
  };
}

/** Both copies, read once; undefined until they are, and where they cannot be. */
function useLook(
  { linkName, pair: { box, instance } }: LinkRef,
  isWanted: boolean,
): RepairLook | undefined {
  const { send, status } = useRequest("repair.look");
  useEffect(() => {
    if (!isWanted) return undefined;
    const soon = setTimeout(() => void send({ linkName, pair: { box, instance } }), 0);
    return () => {
      clearTimeout(soon);
    };
  }, [send, linkName, box, instance, isWanted]);
  return status.kind === "loaded" ? status.value : undefined;
}
