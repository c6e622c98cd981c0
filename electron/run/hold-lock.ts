// The lock before something is sent: looked at now, taken again where it was lost, or the run goes no further.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { RunTools } from "./run-tools.ts";

/** Answers why the run may not go on, or undefined. What happens to the lock is written down. */
export async function holdLock(tools: RunTools): Promise<Problem | undefined> {
  const { lock, recorder } = tools;
  await lock.check((event) => {
    recorder.note(event);
  });
  if (lock.lost.size === 0) return undefined;
  const events = await lock.takeAgain();
  events.forEach((event) => {
    recorder.note(event);
  });
  const reasons = events.flatMap((event) => (event.kind === "lockNotTaken" ? [event.because] : []));
  return lock.lost.size === 0
    ? undefined
    : {
        code: "lockLost",
        class: "block",
        summary: `The lock of this run was lost and could not be taken again: ${reasons.join(" ")} Nothing was sent.`,
        remedy: "Look who else works on this link, read both sides and start a new run.",
      };
}
