// A step that only reads: looks every second until what it is for is seen in one look, or the patience is over.
import type { Step } from "../../shared/plan/plan.ts";
import type { LinkLook } from "./link-look.ts";
import { azureReadBackOf, readBackOf, seenWords } from "./link-look.ts";
import { changeOrHeartbeat, waitUnless } from "./pacing.ts";
import type { RunTools } from "./run-tools.ts";
import type { StepResult } from "./step-result.ts";

export interface LookFor {
  readonly look: () => Promise<LinkLook>;
  readonly isThere: (look: LinkLook) => boolean;
  /** The sentence when it was seen. */
  readonly done: string;
  /** The beginning of the sentence when it was not: 'It could not be read back that ...', without its end. */
  readonly notSeen: string;
}

/** Its begin must have been written. Outcome `unknown` where it was not seen in time. */
export async function lookUntil(tools: RunTools, step: Step, what: LookFor): Promise<StepResult> {
  const { clock, settings, recorder } = tools;
  const beganMs = clock.nowMs();
  const isWorthNoting = changeOrHeartbeat(clock, settings.heartbeatMs);
  for (;;) {
    const look = await what.look();
    const seen = seenWords(look);
    const elapsedMs = clock.nowMs() - beganMs;
    if (isWorthNoting(JSON.stringify(seen))) {
      recorder.note({ kind: "stepProgress", stepId: step.id, seen, elapsedMs });
    }
    const isThere = what.isThere(look);
    if (isThere || elapsedMs >= settings.readBackPatienceMs) {
      const readBack = { sides: readBackOf(look), ...azureReadBackOf(look) };
      recorder.note({ kind: "readBack", stepId: step.id, ...readBack });
      return {
        outcome: isThere ? "succeeded" : "unknown",
        summary: isThere
          ? what.done
          : `${what.notSeen}, within ${String(settings.readBackPatienceMs / 1000)} s.`,
        seen,
      };
    }
    await waitUnless(clock, settings.lookEveryMs, undefined);
  }
}
