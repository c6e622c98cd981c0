// Check: the gate, as far as somebody has looked through it. The run waits at the same gate.
import { seenDatabases } from "../gate/obstacle.ts";
import type { Check } from "./check.ts";
import { direction, passed, placeOf, unknown, waits } from "./check.ts";

export const gate: Check = (input) => {
  const place = placeOf("gate", input.estate[direction(input).from]);
  if (input.gate === undefined) {
    return [
      waits(
        place,
        `Whether both sides hold the same log is watched before ${place.server} fails over.`,
        "The run waits at the gate until it opens.",
      ),
    ];
  }
  const { verdict, sentence, last } = input.gate;
  if (verdict.kind === "open") {
    const queueKb = seenDatabases(last).reduce(
      (most, { remote }) => Math.max(most, remote.logSendQueueKb ?? 0),
      0,
    );
    // Beside equal logs a send queue is a row that was not written again while nothing happened.
    const stale = queueKb > 0 ? ` A send queue of ${queueKb} KB is still shown.` : "";
    return [passed(place, `${sentence}${stale}`)];
  }
  const remedy = "The run waits at the gate until it opens.";
  return verdict.because === "notAllowedToSee"
    ? [unknown(place, true, { summary: sentence, remedy: "Ask for the right named there." })]
    : [waits(place, sentence, remedy)];
};
