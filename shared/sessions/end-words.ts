// How it is said what became of a session that was ended. Pure.
import type { FindingLevel } from "../checks/finding.ts";
import type { SeenSession } from "../sql/end-session.ts";
import { visibleText } from "../visible-text.ts";
import type { SessionEnd, SessionLook } from "./session-end.ts";

export interface EndWords {
  readonly level: FindingLevel;
  readonly sentence: string;
  /** Asking again may show more. */
  readonly isOpen: boolean;
}

export function endWords(end: SessionEnd, seen: SeenSession): EndWords {
  const session = sessionName(seen);
  const server = visibleText(seen.serverName);
  switch (end.kind) {
    case "killed":
      return lookWords(end.look, seen);
    case "goneAlready":
      return said("passed", `${session} was gone from ${server} already. Nothing was sent.`);
    case "otherSession":
      return said(
        "failed",
        `Nothing was ended: the number ${seen.sessionId} belongs to another connection on ${server} now. Look at the list again.`,
      );
    case "refused":
      return said("failed", `Nothing was ended: ${visibleText(end.problem.summary)}`);
    case "unknown":
      return {
        level: "unknown",
        sentence: `Whether ${server} took the KILL is not known: its answer was lost. ${afterwards(end.look, session)}`,
        isOpen: end.look.kind !== "gone",
      };
  }
}

/** What a look at the session shows, after its KILL. */
export function lookWords(look: SessionLook, seen: SeenSession): EndWords {
  const session = sessionName(seen);
  const server = visibleText(seen.serverName);
  switch (look.kind) {
    case "gone":
      return said(
        "passed",
        `${session} is gone from ${server}, read back. What it had not committed is rolled back.`,
      );
    case "rollingBack":
      return open(
        "waits",
        `${session} was ended and rolls back${progressOf(look)}. It holds its locks, and counts as a writer, until that is done.`,
      );
    case "there":
      return open(
        "waits",
        `KILL was accepted, and ${session} is still shown on ${server}: it ends at the next point where it can be.`,
      );
    case "notAllowed":
      return open(
        "unknown",
        `KILL was accepted. This login may not see whether ${session} is gone (VIEW SERVER STATE).`,
      );
    case "noAnswer":
      return open(
        "unknown",
        `KILL was accepted. ${server} could not be asked whether ${session} is gone.`,
      );
  }
}

export function sessionName({ sessionId, login }: SeenSession): string {
  return `Session ${sessionId} (${visibleText(login)})`;
}

function afterwards(look: SessionLook, session: string): string {
  switch (look.kind) {
    case "gone":
      return `${session} is gone, whatever ended it.`;
    case "there":
      return `${session} is still there.`;
    case "rollingBack":
      return `${session} is being rolled back${progressOf(look)}.`;
    case "notAllowed":
    case "noAnswer":
      return `Nor could it be seen whether ${session} is still there.`;
  }
}

function progressOf({
  percent,
  secondsLeft,
}: Extract<SessionLook, { readonly kind: "rollingBack" }>): string {
  if (percent === null) return ", how far is not told";
  const left = secondsLeft === null ? "" : `, about ${secondsLeft} s left`;
  return `: ${percent} % done${left}`;
}

function said(level: FindingLevel, sentence: string): EndWords {
  return { level, sentence, isOpen: false };
}

function open(level: FindingLevel, sentence: string): EndWords {
  return { level, sentence, isOpen: true };
}
