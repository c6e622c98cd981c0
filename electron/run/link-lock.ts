// The lock on both sides of a link: SQL Server first, the same order for everybody, so that two operators cannot block each other.
import type { Side } from "../../shared/estate/estate.ts";
import type { RunEventBody } from "../../shared/run/events.ts";
import type { PinnedSession } from "../sql/session.ts";
import type { Clock } from "./clock.ts";
import type { HeldLock, LockAnswer } from "./lock.ts";
import { lockLoss, releaseLock, takeLock } from "./lock.ts";
import { sides } from "./link-look.ts";
import { waitUnless } from "./pacing.ts";

const checkEveryMs = 5_000;

export interface LockRequest {
  readonly linkName: string;
  /** Null for a side that was not read, and is not locked. */
  readonly groupIds: Readonly<Record<Side, string | null>>;
  readonly openPinned: (side: Side) => Promise<PinnedSession>;
}

export type LockEvent = Extract<
  RunEventBody,
  { readonly kind: "lockTaken" | "lockNotTaken" | "lockLost" }
>;

/** `refused`: somebody else holds it on one side; what had been taken is given back already. */
export type LinkLockAnswer =
  | { readonly kind: "taken"; readonly lock: LinkLock; readonly events: readonly LockEvent[] }
  | { readonly kind: "refused"; readonly because: string };

export interface LinkLock {
  /** Sides on which it was held and is no more; empty while all is well. */
  readonly lost: ReadonlySet<Side>;
  /** Checks every 5 s until the signal, telling each loss once. Resolves when the signal aborts. */
  watch(clock: Clock, onLost: (event: LockEvent) => void, signal: AbortSignal): Promise<void>;
  /** Looks now. */
  check(onLost: (event: LockEvent) => void): Promise<void>;
  /** Tries to take it again where it was lost. Answers what happened, side by side. */
  takeAgain(): Promise<readonly LockEvent[]>;
  release(): Promise<void>;
}

/** A side that does not answer is told and left out: the lock then stands on the other side alone. */
export async function takeLinkLock(request: LockRequest): Promise<LinkLockAnswer> {
  const held = new Map<Side, HeldLock>();
  const events: LockEvent[] = [];
  for (const side of sides) {
    const answer = await takeSide(request, side);
    switch (answer.kind) {
      case "taken":
        held.set(side, answer.lock);
        events.push({ kind: "lockTaken", side });
        break;
      case "failed":
        events.push({ kind: "lockNotTaken", side, because: answer.problem.summary });
        break;
      case "heldBySomebody":
        await releaseAll(held);
        return { kind: "refused", because: somebodyRuns(answer.owner, request.linkName) };
    }
  }
  return { kind: "taken", lock: linkLock(request, held), events };
}

/** Sentence 26 of the concept. */
function somebodyRuns(owner: string, linkName: string): string {
  return `${owner} is running a failover of ${linkName}. Another cannot be started.`;
}

function linkLock(request: LockRequest, held: Map<Side, HeldLock>): LinkLock {
  const lost = new Set<Side>();
  const check = async (onLost: (event: LockEvent) => void) => {
    for (const [side, lock] of held) {
      if (lost.has(side)) continue;
      const because = await lockLoss(lock);
      if (because === undefined) continue;
      lost.add(side);
      onLost({ kind: "lockLost", side, because });
    }
  };
  return {
    lost,
    check,
    async watch(clock, onLost, signal) {
      while (await waitUnless(clock, checkEveryMs, signal)) await check(onLost);
    },
    async takeAgain() {
      const events: LockEvent[] = [];
      for (const side of [...lost]) {
        await held.get(side)?.session.close();
        const answer = await takeSide(request, side);
        if (answer.kind === "taken") {
          held.set(side, answer.lock);
          lost.delete(side);
          events.push({ kind: "lockTaken", side });
        } else {
          const because =
            answer.kind === "failed"
              ? answer.problem.summary
              : somebodyRuns(answer.owner, request.linkName);
          events.push({ kind: "lockNotTaken", side, because });
        }
      }
      return events;
    },
    release: () => releaseAll(held),
  };
}

function takeSide(request: LockRequest, side: Side): Promise<LockAnswer> {
  const groupId = request.groupIds[side];
  return groupId === null
    ? Promise.resolve({ kind: "failed", problem: notRead })
    : takeLock(() => request.openPinned(side), groupId);
}

const notRead = {
  code: "sideNotRead",
  class: "info",
  summary: "That side was not read when the plan was made.",
  remedy: "The lock stands on the other side alone.",
} as const;

async function releaseAll(held: Map<Side, HeldLock>): Promise<void> {
  await Promise.all([...held.values()].map(releaseLock));
  held.clear();
}
