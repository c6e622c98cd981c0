// Check: who still writes on the side that is to give the databases up.
import type { WritingSession } from "../estate/estate.ts";
import { countedWriters } from "../gate/obstacle.ts";
import { visibleText } from "../visible-text.ts";
import type { Check } from "./check.ts";
import { askFact, askSide, direction, passed, waits } from "./check.ts";

export const writingSessions: Check = (input) =>
  askSide(input, direction(input).from, { name: "writingSessions", blocks: true }, (seen) =>
    askFact(seen, seen.facts.writers, { what: "who writes", blocks: true }, (all) => {
      const { place } = seen;
      const ofLink = all.filter((one) => input.link.databases.includes(one.databaseName));
      const writers = countedWriters(ofLink);
      if (writers.length > 0) {
        return writers.map((one) =>
          waits(
            place,
            `${whoOf(one)} has written to ${visibleText(one.databaseName)} on ${place.server} and has not committed.`,
            "Stop the application, or wait until it has committed.",
          ),
        );
      }
      const system = ofLink.length === 0 ? "" : " System transactions do not count.";
      return [passed(place, `Nobody has an open writing transaction on ${place.server}.${system}`)];
    }),
  );

function whoOf({ session, origin, transactionId }: WritingSession): string {
  if (session === undefined) {
    const kind = origin === "distributed" ? "A distributed transaction" : "A transaction";
    return `${kind} without a session (${visibleText(transactionId)})`;
  }
  const host = session.host === null ? "" : ` from ${visibleText(session.host)}`;
  const program = session.program === null ? "" : ` with ${visibleText(session.program)}`;
  return `${visibleText(session.login)}${host}${program} (session ${session.sessionId})`;
}
