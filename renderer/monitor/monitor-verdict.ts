// The link document's first sentence: what is, and what it needs. Pure.
import type { LinkState } from "../../shared/estate/link-state.ts";
import { timeOfDay } from "../ui/age-text.ts";
import type { VerdictTone } from "../ui/verdict-tone.ts";
import type { CatchUp } from "../../shared/monitor/catch-up.ts";
import { catchUpSentence } from "./history-words.ts";
import type { LinkPicture } from "./link-picture.ts";
import { writersOf } from "./writers.ts";

export interface MonitorVerdict {
  readonly tone: VerdictTone;
  readonly sentence: string;
  readonly more?: string;
}

/** `estimate`: when the secondary will have caught up. *Ready* is never said here: only the gate, read every second, may say it. */
export function monitorVerdict(
  picture: LinkPicture,
  state: LinkState,
  estimate?: CatchUp,
): MonitorVerdict {
  switch (state.kind) {
    case "splitBrain":
    case "noPrimary":
      return { tone: "loss", sentence: state.sentence };
    case "unreachable":
      return blind(picture, state.sentence);
    case "failedToRead":
    case "notAllowedToSee":
      return {
        tone: "attention",
        sentence: `Cannot say: ${state.sentence}`,
        more: lastKnown(picture),
      };
    case "healthy":
      return healthy(picture, state.sentence);
    case "lagging":
      return {
        tone: "attention",
        sentence: state.sentence,
        ...(estimate === undefined ? {} : { more: catchUpSentence(picture, estimate) }),
      };
    case "roleChanging":
    case "twoPrimariesSeenOnce":
    case "suspended":
    case "disconnected":
    case "seeding":
    case "notHealthy":
    case "absent":
    case "roleNotTold":
      return { tone: "attention", sentence: state.sentence };
  }
}

/** Sentence 6 of the concept: who is silent since when, and why. */
function blind(picture: LinkPicture, why: string): MonitorVerdict {
  const silent = [picture.sides.box, picture.sides.instance].flatMap(({ name, silentSince }) =>
    silentSince === undefined ? [] : [{ name, since: silentSince }],
  );
  const [since] = silent.map((side) => side.since).sort();
  if (since === undefined) {
    return { tone: "attention", sentence: `Cannot say: ${why}`, more: lastKnown(picture) };
  }
  const names = silent.map(({ name }) => name).join(" and ");
  const verb = silent.length === 1 ? "does" : "do";
  return {
    tone: "attention",
    sentence: `Cannot say: ${names} ${verb} not answer since ${timeOfDay(since)}.`,
    more: silent.length === 1 ? `${why} ${lastKnown(picture)}` : lastKnown(picture),
  };
}

function healthy(picture: LinkPicture, sentence: string): MonitorVerdict {
  const writers = writersOf(picture);
  if (writers.kind !== "seen") {
    return { tone: "attention", sentence, more: `Who writes is not known: ${writers.because}` };
  }
  const sessions = writers.sessions.length;
  if (sessions > 0) {
    const many = sessions === 1 ? "1 session is" : `${String(sessions)} sessions are`;
    return {
      tone: "attention",
      sentence: `Not ready yet: ${many} still writing on ${writers.server}.`,
      more: sentence,
    };
  }
  return {
    tone: "neutral",
    sentence,
    more: "Failover… checks both sides and waits until they hold the same log.",
  };
}

function lastKnown({ sides }: LinkPicture): string {
  const roles = [sides.box, sides.instance].map(
    ({ name, end }) => `${name} ${end?.role ?? "role unknown"}`,
  );
  return `Last known: ${roles.join(", ")}.`;
}
