// Whether a statement happened, judged from what both sides show again and again; never from its answer alone.
import type { Problem } from "../../shared/errors/app-error.ts";
import { groupAbsent } from "./absent-or-hidden.ts";
import type { LinkLook } from "./link-look.ts";
import type { SessionActivity } from "./session-activity.ts";

/** What is known of the statement itself. `lost`: nobody knows whether the server still works on it. */
export type StatementEnd =
  | { readonly kind: "running" }
  | { readonly kind: "returned" }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "lost"; readonly problem: Problem };

/** What the statement is to bring about. */
export interface Aim {
  /** Enough when the server answered OK. */
  readonly isDone: (look: LinkLook) => boolean;
  /** Enough when it did not: stricter. */
  readonly isProved: (look: LinkLook) => boolean;
  /** Everything is as it was before the statement, on both sides. */
  readonly isAsBefore: (look: LinkLook) => boolean;
}

export interface JudgeTimes {
  readonly patienceMs: number;
  /** Also after an error that says "wait", or leaves open what was done. */
  readonly steadyAfterLostMs: number;
  readonly steadyAfterRefusalMs: number;
  readonly steadyWithoutAnswerMs: number;
}

/** Since when each picture has held without a break, ms since 1970; null while it does not. */
export interface Picture {
  readonly doneSinceMs: number | null;
  readonly provedSinceMs: number | null;
  readonly asBeforeSinceMs: number | null;
}

export const noPicture: Picture = {
  doneSinceMs: null,
  provedSinceMs: null,
  asBeforeSinceMs: null,
};

export type Judgement =
  | { readonly kind: "keepLooking" }
  | { readonly kind: "happened" }
  | { readonly kind: "didNotHappen" }
  | { readonly kind: "cannotSay"; readonly because: string };

/** A look in which a side is missing breaks every picture: silence is not a state. */
export function pictureAfter(before: Picture, look: LinkLook, aim: Aim): Picture {
  const since = (holds: boolean, from: number | null) => (holds ? (from ?? look.atMs) : null);
  return {
    doneSinceMs: since(aim.isDone(look), before.doneSinceMs),
    provedSinceMs: since(aim.isProved(look), before.provedSinceMs),
    asBeforeSinceMs: since(aim.isAsBefore(look), before.asBeforeSinceMs),
  };
}

/** `endedAtMs`: when the statement's end became known; null while it runs. `activity` is asked for only after a lost answer. */
export interface Evidence {
  readonly picture: Picture;
  readonly end: StatementEnd;
  readonly endedAtMs: number | null;
  readonly nowMs: number;
  readonly activity: SessionActivity | undefined;
}

export function judge(evidence: Evidence, times: JudgeTimes): Judgement {
  const { picture, end, nowMs } = evidence;
  const endedAtMs = evidence.endedAtMs ?? nowMs;
  const hasHeld = (sinceMs: number | null, forMs: number) =>
    sinceMs !== null && nowMs - sinceMs >= forMs;
  const oldSinceMs =
    picture.asBeforeSinceMs === null ? null : Math.max(picture.asBeforeSinceMs, endedAtMs);
  if (end.kind === "running") {
    return hasHeld(picture.provedSinceMs, times.steadyWithoutAnswerMs)
      ? { kind: "happened" }
      : { kind: "keepLooking" };
  }
  if (end.kind === "returned" && picture.doneSinceMs !== null) return { kind: "happened" };
  // The guard ended the batch before the statement: whatever both sides show now, it was not this run.
  if (end.kind === "refused" && end.problem.code === "guardRefused")
    return { kind: "didNotHappen" };
  if (end.kind !== "returned" && picture.provedSinceMs !== null) return { kind: "happened" };
  // A statement about a group that is not there has done nothing, whatever the roles are.
  if (end.kind === "refused" && end.problem.code === groupAbsent) return { kind: "didNotHappen" };
  if (end.kind === "refused" && hasHeld(oldSinceMs, steadyAfter(end.problem, times))) {
    return { kind: "didNotHappen" };
  }
  if (end.kind === "lost" && hasHeld(oldSinceMs, times.steadyAfterLostMs)) {
    const nothingInFlight = afterSilence(evidence.activity);
    if (nothingInFlight.kind !== "keepLooking") return nothingInFlight;
  }
  return nowMs - endedAtMs < times.patienceMs
    ? { kind: "keepLooking" }
    : { kind: "cannotSay", because: "Both sides did not show one clear state in time." };
}

/** What may still change both sides after its error is looked after for as long as a lost answer; it is never sent again. */
function steadyAfter({ class: kind }: Problem, times: JudgeTimes): number {
  const mayStillHappen = kind === "wait" || kind === "ambiguous";
  return mayStillHappen ? times.steadyAfterLostMs : times.steadyAfterRefusalMs;
}

/** Old roles alone prove nothing while the server may still be working on the statement. */
function afterSilence(activity: SessionActivity | undefined): Judgement {
  switch (activity) {
    case "gone":
    case "idle":
      return { kind: "didNotHappen" };
    case "notAllowed":
      return {
        kind: "cannotSay",
        because:
          "This login may not see whether the server still works on the statement (VIEW SERVER STATE).",
      };
    default:
      return { kind: "keepLooking" };
  }
}
