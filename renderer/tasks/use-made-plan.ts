// The plan that a task's window has asked for, and the name typed under it.
import { useState } from "react";
import type { RequestInput, RequestOutput, SaidPlan } from "../../shared/ipc.ts";
import type { Pair } from "../../shared/estate/pair.ts";
import { useRequest } from "../api.ts";

type Planned = RequestOutput<"plan.make">;

export interface MadePlan {
  /** The last request for one: under way, or why it was refused. */
  readonly making: ReturnType<typeof useRequest<"plan.make">>;
  /** What the checks said and, where they allow it, the plan. */
  readonly planned: Planned | undefined;
  readonly said: SaidPlan | undefined;
  readonly typed: string;
  readonly type: (typed: string) => void;
  /** What was typed under an earlier plan counts no more. */
  readonly make: (choices: RequestInput<"plan.make">["choices"]) => Promise<void>;
  /** Back to the choices. */
  readonly drop: () => void;
}

/** `pair`: the servers that it is for. */
export function useMadePlan(pair: Pair): MadePlan {
  const making = useRequest("plan.make");
  const [planned, setPlanned] = useState<Planned>();
  const [typed, setTyped] = useState("");
  return {
    making,
    planned,
    said: planned?.plan ?? undefined,
    typed,
    type: setTyped,
    async make(choices) {
      setTyped("");
      const answer = await making.send({ pair, choices });
      if (answer?.ok === true) setPlanned(answer.value);
    },
    drop() {
      setPlanned(undefined);
    },
  };
}
