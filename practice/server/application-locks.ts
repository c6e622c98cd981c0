// The application locks of one server: sp_getapplock, sp_releaseapplock and APPLOCK_MODE with the session as owner.
import type { ApplicationLock, LockMode } from "../catalog/context.ts";

/** A resource is one per database; names compare binary, as the documentation says. */
export interface LockedResource {
  readonly database: string;
  readonly resource: string;
}

export interface LockRequest extends LockedResource {
  readonly sessionId: number;
  readonly mode: LockMode;
  /** -1 waits for ever, 0 not at all. */
  readonly timeoutMs: number;
}

/** sp_getapplock: 0 at once, 1 after waiting, -1 time-out, -2 cancelled, -3 deadlock victim. */
export type LockOutcome = 0 | 1 | -1 | -2 | -3;

export interface ApplicationLocks {
  /** Grants or waits. Ends with -2 soon after `signal` aborts. */
  acquire(request: LockRequest, signal: AbortSignal): Promise<LockOutcome>;
  /** Takes one grant back; false when the session holds none. */
  release(resource: LockedResource, sessionId: number): boolean;
  /** The session is gone or was reset. */
  releaseAll(sessionId: number): void;
  /** The mode the session holds, undefined for none. */
  modeOf(resource: LockedResource, sessionId: number): LockMode | undefined;
  /** All locks held and waited for, as sys.dm_tran_locks shows them. */
  list(): readonly ApplicationLock[];
}

interface Entry extends LockedResource {
  readonly sessionId: number;
  mode: LockMode;
  count: number;
}

interface Waiter extends LockRequest {
  finish(outcome: LockOutcome): void;
}

/** Modes that two sessions may hold at once ("Lock Compatibility", transaction locking guide). */
const compatible: Record<LockMode, readonly LockMode[]> = {
  IntentShared: ["IntentShared", "Shared", "Update", "IntentExclusive"],
  Shared: ["IntentShared", "Shared", "Update"],
  Update: ["IntentShared", "Shared"],
  IntentExclusive: ["IntentShared", "IntentExclusive"],
  Exclusive: [],
};

/** `wait` passes time of the world; it rejects when its signal aborts. */
export function createApplicationLocks(
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): ApplicationLocks {
  const held: Entry[] = [];
  const waiting: Waiter[] = [];

  const find = (resource: LockedResource, sessionId: number) =>
    held.find((entry) => entry.sessionId === sessionId && isSame(entry, resource));
  const holdersAgainst = (request: LockRequest) =>
    held.filter(
      (entry) =>
        isSame(entry, request) &&
        entry.sessionId !== request.sessionId &&
        !compatible[entry.mode].includes(modeAfter(find(request, request.sessionId), request.mode)),
    );
  /** Waiters are served in order; who already holds the lock goes first. */
  const mayGrant = (request: LockRequest, ahead: readonly Waiter[]) =>
    holdersAgainst(request).length === 0 &&
    (find(request, request.sessionId) !== undefined ||
      !ahead.some((other) => isSame(other, request)));

  function grant(request: LockRequest): void {
    const own = find(request, request.sessionId);
    if (own === undefined) held.push({ ...pick(request), mode: request.mode, count: 1 });
    else {
      own.mode = modeAfter(own, request.mode);
      own.count += 1;
    }
  }

  function serveWaiters(): void {
    for (const waiter of [...waiting]) {
      const ahead = waiting.slice(0, waiting.indexOf(waiter));
      if (!mayGrant(waiter, ahead)) continue;
      grant(waiter);
      waiter.finish(1);
    }
  }

  /** Whether waiting would close a circle of sessions that wait for each other. */
  function wouldDeadlock(request: LockRequest): boolean {
    const seen = new Set<number>();
    const reaches = (sessionId: number): boolean => {
      if (sessionId === request.sessionId) return true;
      if (seen.has(sessionId)) return false;
      seen.add(sessionId);
      return waiting
        .filter((waiter) => waiter.sessionId === sessionId)
        .some((waiter) => holdersAgainst(waiter).some((entry) => reaches(entry.sessionId)));
    };
    return holdersAgainst(request).some((entry) => reaches(entry.sessionId));
  }

  function waitFor(request: LockRequest, signal: AbortSignal): Promise<LockOutcome> {
    return new Promise((resolve) => {
      const timer = new AbortController();
      const cancelled = () => {
        waiter.finish(-2);
      };
      const waiter: Waiter = {
        ...request,
        finish: (outcome) => {
          const place = waiting.indexOf(waiter);
          if (place < 0) return;
          waiting.splice(place, 1);
          signal.removeEventListener("abort", cancelled);
          timer.abort();
          resolve(outcome);
        },
      };
      waiting.push(waiter);
      signal.addEventListener("abort", cancelled);
      if (request.timeoutMs < 0) return;
      wait(request.timeoutMs, timer.signal).then(
        () => {
          waiter.finish(-1);
        },
        () => undefined,
      );
    });
  }

  return {
    acquire(request, signal) {
      if (mayGrant(request, waiting)) {
        grant(request);
        return Promise.resolve(0);
      }
      if (request.timeoutMs === 0) return Promise.resolve(-1);
      if (signal.aborted) return Promise.resolve(-2);
      if (wouldDeadlock(request)) return Promise.resolve(-3);
      return waitFor(request, signal);
    },
    release(resource, sessionId) {
      const own = find(resource, sessionId);
      if (own === undefined) return false;
      own.count -= 1;
      if (own.count === 0) held.splice(held.indexOf(own), 1);
      serveWaiters();
      return true;
    },
    releaseAll(sessionId) {
      for (const waiter of waiting.filter((one) => one.sessionId === sessionId)) waiter.finish(-2);
      const kept = held.filter((entry) => entry.sessionId !== sessionId);
      held.splice(0, held.length, ...kept);
      serveWaiters();
    },
    modeOf: (resource, sessionId) => find(resource, sessionId)?.mode,
    list: () => [
      ...held.map((entry): ApplicationLock => ({ ...entry, status: "GRANT" })),
      ...waiting.map((waiter): ApplicationLock => ({
        ...pick(waiter),
        mode: waiter.mode,
        count: 1,
        status: "WAIT",
      })),
    ],
  };
}

function pick({ database, resource, sessionId }: LockRequest) {
  return { database, resource, sessionId };
}

function isSame(one: LockedResource, other: LockedResource): boolean {
  return one.database === other.database && one.resource === other.resource;
}

/** What a session holds after asking for one mode more; two different strengths that include no other become Exclusive. */
function modeAfter(own: Entry | undefined, asked: LockMode): LockMode {
  if (own === undefined || own.mode === asked) return asked;
  const pair = new Set([own.mode, asked]);
  if (pair.has("IntentShared")) return own.mode === "IntentShared" ? asked : own.mode;
  return pair.has("Shared") && pair.has("Update") ? "Update" : "Exclusive";
}
