// Whether a run found writes on the old copy that are on no other server: the first thing said of it, wherever it is said.
import type { RunState } from "../run/state.ts";

export interface LossAtRisk {
  /** Begins with 'Loss at risk:' and names database, server and sessions. */
  readonly sentence: string;
  readonly remedy: string;
}

export function lossAtRisk({ steps }: RunState): LossAtRisk | undefined {
  const problem = steps.find((step) => step.problem?.code === "lossAtRisk")?.problem;
  return problem === undefined ? undefined : { sentence: problem.summary, remedy: problem.remedy };
}
